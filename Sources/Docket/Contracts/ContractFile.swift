/// Reads a contract: `contracts/<name>.v<version>.yaml`.
package enum ContractFile {
  private enum Key: String, YAMLKey {
    case format, contract, version, summary, standard, owner, headings, phrases, written, identity, fields, checks
    case status, access, dates
    case sourceOfTruth = "source_of_truth"
    case freshFor = "fresh_for"
    case notHeadings = "not_headings"
  }

  package static func load(_ file: WrittenFile) -> Loaded<Contract> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a contract") else { return nil }
      map.required(.format)?.format(.contract)
      let name = map.required(.contract)?.name("a contract's name")
      let version = map.required(.version)?.whole("a version", in: 1...9999)
      let fields = map.required(.fields).map(FieldReading.fields) ?? []
      guard let name, let version else { return nil }
      var contract = Contract(
        name: name, version: version, summary: map.required(.summary)?.text() ?? "",
        standard: map[.standard]?.text(), owner: map[.owner]?.text(), sourceOfTruth: map[.sourceOfTruth]?.text(),
        headings: map[.headings].map { $0.phrases() } ?? [:],
        notHeadings: map[.notHeadings].map { $0.phrases() } ?? [:], phrases: map[.phrases].map { $0.phrases() } ?? [:],
        written: map[.written].map { $0.phrases() } ?? [:],
        fields: fields, freshFor: map[.freshFor]?.text(), dates: map[.dates]?.word(DateOrder.self, "an order"),
        digest: file.digest)
      _ = map[.freshFor]?.seconds()
      contract.identity = map[.identity].map { identity($0, of: contract) } ?? []
      contract.checks = map[.checks].map { CheckReading(contract: contract).checks($0) } ?? []
      contract.status = map[.status].flatMap(status)
      contract.access = map[.access].flatMap { access($0, of: contract) }
      return contract
    }
  }

  private static func identity(_ value: YAMLValue, of contract: Contract) -> [[String]] {
    (value.list("a list of lists of fields") ?? []).map { list in
      (list.list("a list of fields") ?? []).compactMap { $0.leaf(of: contract)?.path }
    }
  }

  private enum StatusKey: String, YAMLKey { case initial, next, final }

  private static func status(_ value: YAMLValue) -> Contract.StatusGraph? {
    guard let map = value.keys(StatusKey.self), let initial = map.required(.initial) else { return nil }
    var graph = Contract.StatusGraph(initial: initial.name("a state") ?? "", next: [:], final: [])
    var isState: Set<String> = []
    for (_, name, targets) in map.required(.next)?.entries("states by state") ?? [] {
      graph.next[name] = targets.oneOrMore().compactMap { $0.name("a state") }
      isState.formUnion([name] + (graph.next[name] ?? []))
    }
    for final in map.required(.final)?.oneOrMore() ?? [] {
      guard let name = final.name("a state") else { continue }
      graph.final.append(name)
      if graph.next[name] != nil { final.mistake("The state `\(name)` is final and has a next one.") }
      if !isState.contains(name) {
        final.mistake("No state leads to `\(name)`\(Spelling.suggestion(for: name, in: isState.sorted()))")
      }
    }
    if !graph.initial.isEmpty, graph.next[graph.initial] == nil {
      initial.mistake(
        "The state `\(graph.initial)` has no next one"
          + Spelling.suggestion(for: graph.initial, in: graph.next.keys.sorted()))
    }
    return graph
  }

  private enum AccessKey: String, YAMLKey { case read, write }

  private static func access(_ value: YAMLValue, of contract: Contract) -> Contract.Access? {
    guard let map = value.keys(AccessKey.self) else { return nil }
    var access = Contract.Access(read: map[.read]?.texts("a role") ?? [], write: [:])
    for (key, name, roles) in map[.write]?.entries("roles by field") ?? [] {
      if name != "default", contract.field(name) == nil {
        key.mistake(
          "The contract has no field `\(name)`"
            + Spelling.suggestion(for: name, in: contract.fields.map(\.name) + ["default"]))
      }
      access.write[name] = roles.texts("a role")
    }
    return access
  }
}

/// A leaf of a contract: a field, a compound field's part, or a table's column.
package struct Leaf: Hashable, Sendable {
  package var path: String
  package var type: FieldType
  /// The `rows` field that it is a column of.
  package var table: String?
}

extension Contract {
  /// What stands at a dotted path; a compound field without a part counts too, with its own type.
  package func leaf(_ path: String) -> Leaf? {
    let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = names.first, let field = field(first), names.count <= 3 else { return nil }
    if names.count == 1 { return Leaf(path: path, type: field.type) }
    if field.type == .rows {
      guard let column = field.columns.first(where: { $0.name == names[1] }) else { return nil }
      if names.count == 2 { return Leaf(path: path, type: column.type, table: first) }
      return column.type.partType(names[2]).map { Leaf(path: path, type: $0, table: first) }
    }
    guard names.count == 2 else { return nil }
    return field.type.partType(names[1]).map { Leaf(path: path, type: $0) }
  }

  /// Every path that `leaf` knows, in the order written; a compound field comes before its parts.
  package var leafPaths: [String] {
    fields.flatMap { field in
      if field.type == .rows { return [field.name] + field.columns.map { "\(field.name).\($0.name)" } }
      return field.type.parts.isEmpty ? [field.name] : [field.name] + field.paths
    }
  }
}

extension YAMLValue {
  /// A path of the contract; noted where the contract has none such.
  func leaf(of contract: Contract, _ text: String? = nil) -> Leaf? {
    guard let path = text ?? self.text("a field") else { return nil }
    if let leaf = contract.leaf(path) { return leaf }
    mistake("The contract has no field `\(path)`\(Spelling.suggestion(for: path, in: contract.leafPaths))")
    return nil
  }
}

extension Loaded<Contract> {
  /// A mistake for each vocabulary that the contract names and nobody has.
  package func unknownVocabularies(in libraries: [Library]) -> [Mistake] {
    references.filter { reference in
      reference.kind == .vocabulary && libraries.allSatisfy { $0.vocabulary(reference.name) == nil }
    }.map { reference in
      let known = Set(libraries.flatMap { $0.vocabularies.map(\.name) }).sorted()
      return Mistake(
        file: file.path, place: reference.place,
        message: "There is no vocabulary `\(reference.name)`\(Spelling.suggestion(for: reference.name, in: known))")
    }
  }
}
