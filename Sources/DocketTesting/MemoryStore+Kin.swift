package import Docket

extension MemoryStore {
  package func kin(of id: DocumentID) throws(DocketError) -> [Kin] {
    let own = try rows[index(id)].kin
    return rows.compactMap { row in
      own.first { $0.document == row.document.id }
        ?? row.kin.first { $0.document == id }.map {
          Kin(document: row.document.id, kind: $0.kind, likeness: $0.likeness)
        }
    }
  }

  /// Links a document to its kin, and tells those that are in no silent state.
  func link(_ index: Int) -> [Kin] {
    guard let traits = rows[index].work?.traits else { return [] }
    let pipeline = rows[index].document.pipeline
    rows[index].kin = rows.indices.compactMap { other in
      guard other != index, rows[other].document.pipeline == pipeline, let known = rows[other].work?.traits else {
        return nil
      }
      return Kin(rows[other].document.id, known, to: traits)
    }
    let silent = Set(rows.filter { Kin.silent.contains($0.document.state) }.map(\.document.id))
    return rows[index].kin.filter { !silent.contains($0.document) }
  }
}
