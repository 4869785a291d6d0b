/// Reads the fields of a contract.
enum FieldReading {
  private enum Key: String, YAMLKey {
    case type, required, list, vocabulary, labels, phrases, range, role, mail, bias, standard, sensitivity, columns
    case `default`
    case notLabels = "not_labels"
    case notPhrases = "not_phrases"
  }

  static func fields(_ value: YAMLValue) -> [Field] {
    let entries = value.entries("fields by name") ?? []
    if entries.isEmpty { value.mistake("A contract has at least one field.") }
    return entries.compactMap { key, name, value in
      guard key.name("a field's name") != nil else { return nil }
      return field(name, value, isColumn: false)
    }
  }

  private static func field(_ name: String, _ value: YAMLValue, isColumn: Bool) -> Field? {
    guard let map = value.keys(Key.self, "a field such as `{ type: text }`"),
      let (type, isListType) = map.required(.type).flatMap(fieldType)
    else { return nil }
    var field = Field(name: name, type: type)
    field.required = map[.required]?.truth() ?? false
    field.isList = (map[.list]?.truth() ?? false) || isListType
    field.vocabulary = map[.vocabulary]?.reference(.vocabulary, "a vocabulary")
    field.labels = map[.labels]?.phrases() ?? [:]
    field.notLabels = map[.notLabels]?.phrases() ?? [:]
    field.phrases = map[.phrases]?.phrases() ?? [:]
    field.notPhrases = map[.notPhrases]?.phrases() ?? [:]
    field.range = map[.range]?.word(Field.RangeEnd.self, "an end of a period")
    field.role = map[.role]?.word(Field.Role.self, "a role")
    field.mail = map[.mail]?.word(Field.MailPart.self, "a part of a mail")
    field.bias = map[.bias]?.weight() ?? 0
    field.standard = map[.standard]?.text()
    field.sensitivity = map[.sensitivity]?.word(Sensitivity.self, "a sensitivity")
    field.defaultValue = map[.default]?.text()
    field.columns = map[.columns].map(columns) ?? []
    fit(map, field, isColumn: isColumn)
    return field
  }

  private static func columns(_ value: YAMLValue) -> [Field] {
    (value.entries("columns by name") ?? []).compactMap { key, name, value in
      guard key.name("a column's name") != nil else { return nil }
      return field(name, value, isColumn: true)
    }
  }

  /// Keys that go with some types only.
  private static func fit(_ map: YAMLMap<Key>, _ field: Field, isColumn: Bool) {
    if field.type == .rows {
      if field.columns.isEmpty, map[.columns] == nil { map.value.mistake("A field of type `rows` needs `columns`.") }
      if isColumn { map.value.mistake("A column cannot hold rows.") }
      if field.isList { map.value.mistake("A field of type `rows` is a list by itself.") }
    } else {
      map[.columns]?.mistake("Only a field of type `rows` has `columns`.")
    }
    if field.type == .category {
      if field.vocabulary == nil, map[.vocabulary] == nil {
        map.value.mistake("A field of type `category` needs a `vocabulary`.")
      }
    } else {
      map[.vocabulary]?.mistake("Only a field of type `category` has a `vocabulary`.")
    }
    if field.type != .party, field.type != .person { map[.role]?.mistake("Only a party or person has a `role`.") }
    if ![.date, .datetime, .time].contains(field.type) { map[.range]?.mistake("Only a date or time has a `range`.") }
  }

  private static func fieldType(_ value: YAMLValue) -> (FieldType, isList: Bool)? {
    guard let text = value.text("a field type") else { return nil }
    let isList = text.hasPrefix("list of ")
    let word = isList ? String(text.dropFirst(8)) : text
    if let type = FieldType(rawValue: word) { return (type, isList) }
    let near = Spelling.nearest(to: word, in: FieldType.all).map { "; did you mean `\($0)`?" }
    value.mistake("`\(text)` is not a field type\(near ?? "; known are \(FieldType.all.joined(separator: " ")).")")
    return nil
  }
}

extension FieldType: YAMLKey {}
extension Field.RangeEnd: YAMLKey {}
extension Field.Role: YAMLKey {}
extension Field.MailPart: YAMLKey {}
extension Sensitivity: YAMLKey {}

extension YAMLValue {
  /// Phrases by language: `{ en: [total, { grand total: 1.25 }] }`.
  func phrases() -> [String: [WeightedPhrase]] {
    var phrases: [String: [WeightedPhrase]] = [:]
    for (key, name, value) in entries("phrases by language") ?? [] {
      guard name.utf8.count == 2, name.utf8.allSatisfy({ (97...122).contains($0) }) else {
        key.mistake("`\(name)` is not a language; they have two letters, such as `en`.")
        continue
      }
      phrases[name] = value.oneOrMore().flatMap { $0.weightedPhrases() }
    }
    return phrases
  }

  private func weightedPhrases() -> [WeightedPhrase] {
    guard isMapping else { return text("a phrase").map { [WeightedPhrase($0)] } ?? [] }
    return (entries() ?? []).compactMap { _, phrase, weight in
      weight.weight().map { WeightedPhrase(phrase, weight: $0) }
    }
  }
}
