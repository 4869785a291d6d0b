/// One thing that memory knows of a vendor's documents, and from which of them.
package struct MemoryFact: Hashable, Sendable {
  package var path: String
  package var kind: Kind
  /// `Lesson.id` of each, in order.
  package var documents: [String]
  /// When it was confirmed last, in seconds since 1970.
  package var confirmedAt: Double

  package enum Kind: Hashable, Sendable {
    case value(String)
    case absent
    /// Right of some words, below some words; either may be empty.
    case place(left: String, above: String)
  }

  /// From then on new snapshots do without it, in seconds since 1970.
  package var holdsUntil: Double { confirmedAt + Memory.lifetime }
}

/// A vendor as memory knows it.
package struct RememberedVendor: Hashable, Sendable {
  package var contract: String
  /// Empty: documents of which no vendor is known.
  package var name: String
  package var documents: [RememberedDocument]

  package var confirmedAt: Double { documents.map(\.answeredAt).max() ?? 0 }
  package var holdsUntil: Double { confirmedAt + Memory.lifetime }

  /// By field; what most documents say first.
  package var facts: [MemoryFact] {
    var found: [Fact: [RememberedDocument]] = [:]
    for document in documents {
      for (path, field) in document.fields {
        if let value = field.value { found[Fact(path, .value(value)), default: []].append(document) }
        if field.isAbsent { found[Fact(path, .absent), default: []].append(document) }
        guard let place = field.place else { continue }
        found[Fact(path, .place(left: place.left, above: place.above)), default: []].append(document)
      }
    }
    return found.map { fact, documents in
      MemoryFact(
        path: fact.path, kind: fact.kind, documents: documents.map(\.id).sorted(),
        confirmedAt: documents.map(\.answeredAt).max() ?? 0)
    }.sorted {
      ($0.path, $0.rank, -$0.documents.count, "\($0.kind)") < ($1.path, $1.rank, -$1.documents.count, "\($1.kind)")
    }
  }

  private struct Fact: Hashable {
    var path: String
    var kind: MemoryFact.Kind

    init(_ path: String, _ kind: MemoryFact.Kind) {
      self.path = path
      self.kind = kind
    }
  }
}

extension MemoryFact {
  /// Values before places.
  fileprivate var rank: Int {
    switch kind {
    case .value: 0
    case .absent: 1
    case .place: 2
    }
  }
}

extension Memory {
  /// By contract and name.
  package var vendors: [RememberedVendor] {
    contracts.flatMap { contract in
      Dictionary(grouping: documents(of: contract), by: \.vendorKey).sorted { $0.key < $1.key }.map { _, documents in
        RememberedVendor(
          contract: contract, name: documents.max { $0.answeredAt < $1.answeredAt }?.vendor ?? "",
          documents: documents)
      }
    }
  }

  /// What people call vendors by: letters and digits alone.
  package static func key(of vendor: String) -> String { LabelKeyless.compact(vendor) }
}
