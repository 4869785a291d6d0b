/// Reads a vocabulary: `vocabularies/<name>.v<version>.yaml`.
package enum VocabularyFile {
  private enum Key: String, YAMLKey { case format, vocabulary, version, summary, values }
  private enum EntryKey: String, YAMLKey { case labels, codes }

  package static func load(_ file: WrittenFile) -> Loaded<Vocabulary> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a vocabulary") else { return nil }
      map.required(.format)?.format(.vocabulary)
      let name = map.required(.vocabulary)?.name("a vocabulary's name")
      let version = map.required(.version)?.whole("a version", in: 1...9999)
      let values = (map.required(.values)?.entries("values by name") ?? []).compactMap(entry)
      guard let name, let version else { return nil }
      return Vocabulary(name: name, version: version, values: values, digest: file.digest)
    }
  }

  private static func entry(_ key: YAMLValue, _ name: String, _ value: YAMLValue) -> Vocabulary.Entry? {
    guard let map = value.keys(EntryKey.self, "a value such as `{ labels: {…} }`") else { return nil }
    var codes: [String: String] = [:]
    for (_, list, code) in map[.codes]?.entries("codes by code list") ?? [] { codes[list] = code.text("a code") }
    return Vocabulary.Entry(name: name, labels: map[.labels]?.phrases() ?? [:], codes: codes)
  }
}

/// Reads the words of a language: `words/<language>.yaml`.
package enum WordsFile {
  private enum Key: String, YAMLKey { case format, language, words, months, countries }

  package static func load(_ file: WrittenFile) -> Loaded<LanguageWords> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "words") else { return nil }
      map.required(.format)?.format(.words)
      let language = map.required(.language)?.text("a language")
      if let language, language.utf8.count != 2 {
        map[.language]?.mistake("`\(language)` is not a language; they have two letters, such as `en`.")
      }
      let kinds = map.required(.words).map(words) ?? [:]
      let months = map[.months].map(months) ?? [:]
      let countries = map[.countries].map(countries) ?? [:]
      guard let language else { return nil }
      return LanguageWords(
        language: language, words: kinds, months: months, countries: countries, digest: file.digest)
    }
  }

  private static func words(_ value: YAMLValue) -> [LanguageWords.Kind: [String]] {
    var kinds: [LanguageWords.Kind: [String]] = [:]
    for (key, _, list) in value.entries("words by kind") ?? [] {
      guard let kind = key.word(LanguageWords.Kind.self, "a kind of words") else { continue }
      kinds[kind] = list.texts("a word")
    }
    return kinds
  }

  private static func months(_ value: YAMLValue) -> [Int: [String]] {
    var months: [Int: [String]] = [:]
    for (key, _, list) in value.entries("names by month") ?? [] {
      guard let month = key.whole("a month", in: 1...12) else { continue }
      months[month] = list.texts("a month's name")
    }
    return months
  }

  private static func countries(_ value: YAMLValue) -> [String: [String]] {
    var countries: [String: [String]] = [:]
    for (key, code, list) in value.entries("names by country") ?? [] {
      if code.utf8.count != 2 || !code.utf8.allSatisfy({ (65...90).contains($0) }) {
        key.mistake("`\(code)` is not a country; they have two capitals, such as `DE`.")
      }
      countries[code] = list.texts("a country's name")
    }
    return countries
  }
}

extension LanguageWords.Kind: YAMLKey {}
