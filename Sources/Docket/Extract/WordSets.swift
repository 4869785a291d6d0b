/// The words of all languages by kind, as keys.
struct WordSets {
  private let sets: [LanguageWords.Kind: Set<String>]

  init(_ languages: [LanguageWords]) {
    var sets: [LanguageWords.Kind: Set<String>] = [:]
    for language in languages {
      for (kind, words) in language.words {
        for word in words { sets[kind, default: []].insert(LabelKey.of(word)) }
      }
    }
    self.sets = sets.mapValues { $0.subtracting([""]) }
  }

  func has(_ key: String, _ kind: LanguageWords.Kind) -> Bool { sets[kind]?.contains(key) ?? false }

  subscript(kind: LanguageWords.Kind) -> Set<String> { sets[kind] ?? [] }

  /// Whether one, two or three words that end at `place` are of a kind: `SDN BHD`.
  func ends(_ keys: [String], at place: Int, _ kind: LanguageWords.Kind) -> Bool {
    (1...3).contains { count in
      place - count + 1 >= 0 && has(keys[(place - count + 1)...place].joined(), kind)
    }
  }

  func contains(_ keys: [String], _ kind: LanguageWords.Kind) -> Bool {
    keys.indices.contains { ends(keys, at: $0, kind) }
  }
}
