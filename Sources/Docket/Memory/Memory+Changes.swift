/// Every change makes a new snapshot; the old one stays as it is.
extension Memory {
  /// With what was confirmed since; nil where nothing changes.
  /// - Parameters:
  ///   - documents: by contract's name; one that is remembered already takes the place of what is.
  ///   - at: now, in seconds since 1970.
  package func growing(to number: Int, at: Double, with documents: [String: [RememberedDocument]]) -> Memory? {
    var all = documents
    for part in parts { all[part.contract, default: []] += self.documents(of: part.contract) }
    let grown = Memory(number: number, parent: self.number, madeAt: at, documents: all, forgotten: forgotten)
    return grown.parts == parts ? nil : grown
  }

  /// Without some documents, which are not remembered again; nil where there are none of them.
  package func forgetting(
    in number: Int, at: Double, _ isForgotten: (_ contract: String, RememberedDocument) -> Bool
  ) -> (memory: Memory, count: Int)? {
    var kept: [String: [RememberedDocument]] = [:]
    var gone = Set<String>()
    for part in parts {
      let documents = self.documents(of: part.contract)
      gone.formUnion(documents.filter { isForgotten(part.contract, $0) }.map(\.id))
      kept[part.contract] = documents
    }
    guard !gone.isEmpty else { return nil }
    let memory = Memory(
      number: number, parent: self.number, madeAt: at, documents: kept, forgotten: forgotten.union(gone))
    return (memory, gone.count)
  }
}
