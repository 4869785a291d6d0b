/// What people confirmed on documents of a workspace, found again by similarity: a numbered snapshot, never edited.
package struct Memory: Sendable {
  /// Counted from 1; 0 is empty.
  package var number: Int
  /// The snapshot that it was made from; 0: none.
  package var parent: Int
  /// In seconds since 1970.
  package var madeAt: Double
  /// By contract's name, ascending.
  var parts: [Part]
  /// `Lesson.id` of documents that are not to be remembered again.
  package var forgotten: Set<String>
  /// Of all that it holds.
  package var digest: ContentDigest

  /// The documents of one contract, whatever its version.
  struct Part: Hashable, Sendable {
    var contract: String
    var index: MemoryIndex
    var documents: DocumentColumn
  }

  package static let empty = Memory(
    number: 0, parent: 0, madeAt: 0, parts: [], forgotten: [], digest: ContentDigest(of: "memory 0"))

  /// More documents are not remembered, the newest are; of one vendor's so many.
  package static let mostDocuments = 100_000
  package static let mostOfVendor = 50
  /// How long a fact holds after it was confirmed, in seconds: three years.
  package static let lifetime = 1095.0 * 86_400
  /// Longer values are cut, in characters.
  package static let longestValue = 300

  package var isEmpty: Bool { parts.isEmpty }
  package var count: Int { parts.reduce(0) { $0 + $1.documents.count } }
  package var contracts: [String] { parts.map(\.contract) }

  /// As provenance names it.
  package var producer: String { "memory \(number)" }

  func part(_ contract: String) -> Part? { parts.first { $0.contract == contract } }

  /// Whether a contract's documents are remembered at all.
  func knows(_ contract: ContractReference) -> Bool { part(contract.name) != nil }

  /// All that is remembered of a contract, in the order of its documents' ids.
  package func documents(of contract: String) -> [RememberedDocument] {
    guard let part = part(contract) else { return [] }
    return zip(part.index.signatures, 0...).compactMap { signature, place in
      guard var document = part.documents[place] else { return nil }
      document.signature = signature
      return document
    }
  }
}

extension Memory {
  /// - Parameters:
  ///   - documents: by contract's name.
  ///   - at: now, in seconds since 1970: what was confirmed longer ago than the lifetime is left out.
  package init(
    number: Int, parent: Int = 0, madeAt at: Double, documents: [String: [RememberedDocument]],
    forgotten: Set<String> = []
  ) {
    var left = Memory.mostDocuments
    parts = documents.sorted { $0.key < $1.key }.compactMap { contract, documents in
      let kept = Memory.kept(documents.filter { !forgotten.contains($0.id) }, at: at, most: left)
      left -= kept.count
      guard !kept.isEmpty else { return nil }
      return Part(
        contract: contract, index: MemoryIndex(kept.map(\.signature)), documents: DocumentColumn(kept))
    }
    self.number = number
    self.parent = parent
    madeAt = at
    self.forgotten = forgotten
    digest = ContentDigest(of: "")
    digest = MemoryFile.digest(of: self)
  }

  /// Each document once, as it was answered last; the newest, by id.
  private static func kept(_ documents: [RememberedDocument], at: Double, most: Int) -> [RememberedDocument] {
    var byID: [String: RememberedDocument] = [:]
    for document in documents where at - document.answeredAt <= lifetime {
      if let known = byID[document.id], known.answeredAt > document.answeredAt { continue }
      byID[document.id] = document
    }
    let newest = byID.values.sorted { ($1.answeredAt, $0.id) < ($0.answeredAt, $1.id) }
    var ofVendor: [String: Int] = [:]
    let fair = newest.filter { document in
      guard !document.vendorKey.isEmpty else { return true }
      ofVendor[document.vendorKey, default: 0] += 1
      return ofVendor[document.vendorKey, default: 0] <= mostOfVendor
    }
    return fair.prefix(max(0, most)).sorted { $0.id < $1.id }
  }
}

extension Memory: Hashable {
  package static func == (left: Memory, right: Memory) -> Bool {
    left.number == right.number && left.digest == right.digest
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
