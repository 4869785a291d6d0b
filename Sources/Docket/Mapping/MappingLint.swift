/// What a mapping says that cannot be, seen beside the contract and the vocabularies that it names.
package struct MappingLint {
  let file: String
  let library: Library
  private var mistakes: [Mistake] = []

  package static func mistakes(of loaded: Loaded<Mapping>, in library: Library) -> [Mistake] {
    guard let mapping = loaded.value else { return [] }
    var lint = MappingLint(file: loaded.file.path, library: library)
    guard let contract = library.contract(mapping.contract.text) else {
      let near = Spelling.suggestion(for: mapping.contract.text, in: library.contracts.map(\.name))
      lint.note("There is no contract `\(mapping.contract.text)`\(near)", mapping.contract.place)
      return lint.mistakes
    }
    for field in mapping.fields { lint.look(at: field, of: contract) }
    return lint.mistakes
  }

  private init(file: String, library: Library) {
    self.file = file
    self.library = library
  }

  private mutating func note(_ message: String, _ place: Place) {
    mistakes.append(Mistake(file: file, place: place, message: message))
  }

  private mutating func look(at field: MappedField, of contract: Contract) {
    switch field.source {
    case .value(let value): look(at: value, of: contract, in: nil)
    case .rows(let each, let fields):
      guard let table = contract.field(each.text), table.type == .rows else {
        let tables = contract.fields.filter { $0.type == .rows }.map(\.name)
        let near = Spelling.suggestion(for: each.text, in: tables)
        return note("The contract has no table `\(each.text)`\(near)", each.place)
      }
      for inner in fields {
        if case .value(let value) = inner.source { look(at: value, of: contract, in: table) }
      }
    }
  }

  private mutating func look(at value: MappedValue, of contract: Contract, in table: Field?) {
    var types: [FieldType] = []
    for path in value.from {
      if let type = type(of: path, of: contract, in: table) { types.append(type) }
    }
    if let by = value.by {
      if let vocabulary = library.vocabulary(by.text) {
        let lists = Set(vocabulary.values.flatMap(\.codes.keys)).sorted()
        if let code = value.code, !lists.contains(code.text) {
          let near = Spelling.suggestion(for: code.text, in: lists)
          note("The vocabulary `\(by.text)` has no code list `\(code.text)`\(near)", code.place)
        }
      } else {
        let near = Spelling.suggestion(for: by.text, in: library.vocabularies.map(\.name))
        note("There is no vocabulary `\(by.text)`\(near)", by.place)
      }
    }
    // What is cut or looked up is a text, whatever it was before.
    guard value.split == nil, value.by == nil, let odd = types.first(where: { !value.fits($0) }) else { return }
    let what = value.times == nil || odd.isNumber ? "`as: \(value.form?.rawValue ?? "")`" : "`times`"
    note("\(what) does not go with a field of the type `\(odd.rawValue)`.", value.place)
  }

  private mutating func type(of path: PlacedText, of contract: Contract, in table: Field?) -> FieldType? {
    if let table, let leaf = contract.leaf("\(table.name).\(path.text)") { return whole(leaf.type, path) }
    guard let leaf = contract.leaf(path.text), leaf.type != .rows else {
      let columns = table.map { table in table.columns.flatMap(\.paths) } ?? []
      if contract.leaf(path.text) != nil {
        note("`\(path.text)` is a table: write `{ each: \(path.text), fields: {…} }`.", path.place)
      } else {
        let near = Spelling.suggestion(for: path.text, in: columns + contract.knownPaths)
        note("The contract has no field `\(path.text)`\(near)", path.place)
      }
      return nil
    }
    if let inner = leaf.table, inner != table?.name {
      note("`\(path.text)` is a column: write `{ each: \(inner), fields: {…} }`.", path.place)
      return nil
    }
    return whole(leaf.type, path)
  }

  private mutating func whole(_ type: FieldType, _ path: PlacedText) -> FieldType? {
    guard type.parts.isEmpty else {
      let parts = type.parts.map { "`\(path.text).\($0)`" }.joined(separator: ", ")
      note("`\(path.text)` has parts; name one of them: \(parts).", path.place)
      return nil
    }
    return type
  }
}

extension MappedValue {
  fileprivate func fits(_ type: FieldType) -> Bool {
    if times != nil, !type.isNumber { return false }
    switch form {
    case .integer, .decimal: return type.isNumber || type == .id || type == .text || type == .category
    case .date, .dateBasic, .datetime, .epoch: return type == .date || type == .datetime
    case .text, .upper, .lower, nil: return true
    }
  }
}
