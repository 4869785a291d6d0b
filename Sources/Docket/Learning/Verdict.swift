/// What Docket made of a document, held against what a person, or a file of truth, says.
package struct Verdict: Hashable, Sendable {
  package var id: String
  /// As it came, for people.
  package var name: String
  /// What Docket took it for.
  package var contract: ContractReference
  /// What it is; another one makes the record wrong.
  package var trueContract: String?
  /// `Record.confidence`.
  package var confidence: Double
  /// Nothing but a proof stands between the record and its destination.
  package var isCandidate: Bool
  /// A person refused the document: that it had gone would have been a mistake.
  package var isRefused: Bool
  /// Documents of one vendor are alike.
  package var vendor: String
  package var fields: [FieldVerdict]
  /// Why it was asked, by code.
  package var reasons: [String]

  /// A field that Docket or the truth has a value for; a table is one, its cells are the values.
  package struct FieldVerdict: Hashable, Sendable {
    package var path: String
    /// Nil where Docket gave nothing.
    package var confidence: Double?
    package var given: [String]
    package var expected: [String]
    /// How many of those given are among those expected, each once.
    package var right: Int

    package init(
      path: String, confidence: Double?, given: [String], expected: [String], alike: (String, String) -> Bool
    ) {
      self.path = path
      self.confidence = confidence
      self.given = given
      self.expected = expected
      var left = expected
      right = given.count { value in
        guard let index = left.firstIndex(where: { alike(value, $0) }) else { return false }
        left.remove(at: index)
        return true
      }
    }

    package var isWrong: Bool { right < max(given.count, expected.count) }
  }

  package init(
    id: String, name: String, contract: ContractReference, trueContract: String?, confidence: Double,
    isCandidate: Bool, isRefused: Bool = false, vendor: String, fields: [FieldVerdict], reasons: [String] = []
  ) {
    self.id = id
    self.name = name
    self.contract = contract
    self.trueContract = trueContract
    self.confidence = confidence
    self.isCandidate = isCandidate
    self.isRefused = isRefused
    self.vendor = vendor
    self.fields = fields
    self.reasons = reasons
  }

  /// A record is wrong if any of its fields is.
  package var isWrong: Bool {
    isRefused || (trueContract.map { $0 != contract.name } ?? false) || fields.contains(where: \.isWrong)
  }

  /// For the promise over records.
  package var judged: Judged {
    Judged(id: id, confidence: isCandidate ? confidence : 0, isWrong: isWrong, cluster: vendor)
  }

  /// For the promise over fields: those that Docket gave.
  package var judgedFields: [Judged] {
    let isLost = isRefused || (trueContract.map { $0 != contract.name } ?? false)
    return fields.compactMap { field in
      field.confidence.map {
        Judged(id: "\(id) \(field.path)", confidence: $0, isWrong: isLost || field.isWrong, cluster: vendor)
      }
    }
  }
}

extension Verdict {
  /// Where a document is once people have said what they had to say.
  package static let settledStates: Set<DocumentState> = [
    .held, .delivering, .delivered, .stored, .undelivered, .rejected,
  ]

  /// By the answers of a person.
  ///
  /// - Parameters:
  ///   - made: what Docket made of the document, and decided.
  ///   - said: the record as the person left it.
  /// - Returns: nil where the person did not answer all that needs a proof.
  package init?(
    of document: Document, made: StoredRecord, said: Record, contract: Contract?, skipping: Set<String> = []
  ) {
    guard said.producer.hasPrefix("person "), Verdict.settledStates.contains(document.state) else { return nil }
    let isRefused = document.state == .rejected
    let settled = skipping.union(made.record.pathsAsBefore)
    guard isRefused || said.isAnswered(but: settled) else { return nil }
    self.init(
      id: document.id.hex, name: document.name, contract: made.record.contract, trueContract: said.contract.name,
      confidence: made.decision.standing?.confidence ?? made.record.confidence,
      isCandidate: made.decision.standing?.isCandidate ?? false, isRefused: isRefused,
      vendor: said.vendor(by: contract) ?? document.id.hex, fields: [],
      reasons: Set(made.decision.fields.values.compactMap { $0.isAccepted ? nil : $0.reason }).sorted())
    guard !isRefused, said.contract.name == made.record.contract.name else { return }
    let leaves = made.record.leaves.merging(said.leaves) { mine, _ in mine }
    fields = leaves.keys.sorted().filter { !skipping.contains($0) }.compactMap { path in
      let mine = made.record.leaves[path]
      if mine?.isExact == true { return nil }
      let field = FieldVerdict(
        path: path, confidence: mine?.confidence, given: mine?.values ?? [], expected: said.leaves[path]?.values ?? [],
        alike: ==)
      return field.given.isEmpty && field.expected.isEmpty ? nil : field
    }
  }
}

extension Record {
  /// A field's, or a table's, values as texts.
  struct Leaf {
    var values: [String]
    var confidence: Double
    var isExact: Bool
  }

  /// Those with a value, by path.
  var leaves: [String: Leaf] {
    var leaves: [String: Leaf] = [:]
    for field in fields where !field.values.isEmpty {
      leaves[field.path] = Leaf(
        values: field.values.map(\.value.canonical), confidence: field.confidence, isExact: field.isExact)
    }
    for table in tables {
      let cells = table.rows.enumerated().flatMap { row, cells in
        cells.filter { !$0.values.isEmpty }.map { (row: row + 1, cell: $0) }
      }
      guard !cells.isEmpty else { continue }
      leaves[table.path] = Leaf(
        values: cells.map { row, cell in
          "\(row) \(cell.column) \(cell.values.map(\.value.canonical).joined(separator: "; "))"
        }, confidence: sureness(of: table.path), isExact: cells.allSatisfy(\.cell.isExact))
    }
    return leaves
  }

  /// Fields that were not asked about, as the vendor had the same before. A person may have said otherwise.
  fileprivate var pathsAsBefore: Set<String> {
    Set(findings.filter { $0.code == Finding.sameOfVendor }.compactMap(\.field))
  }

  /// A person has answered every value that is not of a structured original.
  fileprivate func isAnswered(but skipped: Set<String>) -> Bool {
    let cells = tables.filter { !skipped.contains($0.path) }.flatMap { $0.rows.joined() }
    return (fields.filter { !skipped.contains($0.path) } + cells).allSatisfy {
      $0.values.isEmpty || $0.isExact || $0.isAnswered
    }
  }

  /// Who issued the document, as far as the contract says which field that is.
  func vendor(by contract: Contract?) -> String? {
    vendorName(by: contract).map { LabelKeyless.compact($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// As it is printed.
  package func vendorName(by contract: Contract?) -> String? {
    guard let issuer = contract?.fields.first(where: { $0.role == .issuer }) else { return nil }
    return (value("\(issuer.name).name") ?? value(issuer.name))?.canonical
  }
}
