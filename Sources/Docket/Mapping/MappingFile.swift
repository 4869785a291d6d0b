/// Reads a mapping: `mappings/<name>.v<version>.yaml`.
package enum MappingFile {
  private enum Key: String, YAMLKey { case format, mapping, version, summary, contract, fields }

  package static func load(_ file: WrittenFile) -> Loaded<Mapping> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a mapping") else { return nil }
      map.required(.format)?.format(.mapping)
      let name = map.required(.mapping)?.name("a mapping's name")
      let version = map.required(.version)?.whole("a version", in: 1...9999)
      let contract = map.required(.contract).flatMap { value in
        value.reference(.contract, "a contract").map { PlacedText(text: $0, place: value.place) }
      }
      let fields = map.required(.fields).map { self.fields($0, isTop: true) } ?? []
      guard let name, let version, let contract else { return nil }
      return Mapping(name: name, version: version, contract: contract, fields: fields, digest: file.digest)
    }
  }

  private static func fields(_ value: YAMLValue, isTop: Bool) -> [MappedField] {
    var taken: Set<String> = []
    return (value.entries("fields by name") ?? []).compactMap { key, name, value in
      if name.isEmpty || name.unicodeScalars.count > 120 || name.unicodeScalars.contains(where: { $0.value < 32 }) {
        key.mistake("A field's name has 1 to 120 letters.")
      }
      // Databases tell names apart without case.
      if !taken.insert(name.lowercased()).inserted { key.mistake("The field `\(name)` is written twice.") }
      return source(value, isTop: isTop).map {
        MappedField(name: PlacedText(text: name, place: key.place), source: $0)
      }
    }
  }

  private enum FieldKey: String, YAMLKey {
    case from, each, fields, times, first, last, join, split, part, constant, by, code
    case form = "as"
    case fallback = "default"
  }

  private static func source(_ value: YAMLValue, isTop: Bool) -> MappedField.Source? {
    guard value.isMapping else {
      return value.text("a field of the contract, or `{ from: … }`").map { path in
        .value(MappedValue(from: [PlacedText(text: path, place: value.place)], place: value.place))
      }
    }
    guard let map = value.keys(FieldKey.self, "a field's source") else { return nil }
    if let each = map[.each] {
      guard isTop else {
        each.mistake("Rows hold no rows.")
        return nil
      }
      for key in map.present.subtracting([.each, .fields]) {
        map[key]?.mistake("`\(key.rawValue)` does not go with `each`, which has `fields`.")
      }
      let inner = map.required(.fields).map { fields($0, isTop: false) } ?? []
      return each.text("a table of the contract").map {
        .rows(each: PlacedText(text: $0, place: each.place), fields: inner)
      }
    }
    map[.fields]?.mistake("`fields` goes with `each`.")
    return .value(mapped(map))
  }

  private static func mapped(_ map: YAMLMap<FieldKey>) -> MappedValue {
    var mapped = MappedValue(place: map.value.place)
    mapped.from = (map[.from]?.oneOrMore() ?? []).compactMap { placed($0, "a field") }
    mapped.constant = map[.constant]?.text()
    if (map[.from] == nil) == (map[.constant] == nil) {
      map.value.mistake("A field has one of `from`, `each` and `constant`.")
    }
    mapped.split = map[.split]?.text("what to cut at")
    mapped.part = map[.part]?.whole("a part's number", in: 1...1000)
    if mapped.split?.isEmpty == true { map[.split]?.mistake("There is nothing to cut at.") }
    if (map[.split] == nil) != (map[.part] == nil), map[.join] == nil || map[.split] == nil {
      (map[.split] ?? map[.part])?.mistake("`split` says where to cut, and `part` which part is meant.")
    }
    mapped.by = map[.by].flatMap { value in
      value.reference(.vocabulary, "a vocabulary").map { PlacedText(text: $0, place: value.place) }
    }
    mapped.code = map[.code].flatMap { placed($0, "a code list") }
    if map[.code] != nil, map[.by] == nil { map[.code]?.mistake("`code` is a code list of the vocabulary `by`.") }
    mapped.times = map[.times]?.decimal()
    mapped.form = map[.form]?.word(MappedValue.Form.self, "a form")
    mapped.first = map[.first]?.whole("a number of letters", in: 1...100_000)
    mapped.last = map[.last]?.whole("a number of letters", in: 1...100_000)
    if map[.first] != nil, map[.last] != nil { map[.last]?.mistake("Either `first` or `last`.") }
    mapped.join = map[.join]?.text("what stands between")
    mapped.fallback = map[.fallback]?.text()
    return mapped
  }

  private static func placed(_ value: YAMLValue, _ what: String) -> PlacedText? {
    value.text(what).map { PlacedText(text: $0, place: value.place) }
  }
}

extension MappedValue.Form: YAMLKey {}
