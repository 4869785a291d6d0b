/// The words of all languages by kind, as keys.
struct WordSets {
  private let sets: [LanguageWords.Kind: Set<String>]
  /// In bytes, the longest key of each kind.
  private let longest: [LanguageWords.Kind: Int]
  /// Legal forms of several words, or long ones, as people write them.
  private let forms: [[String]]
  /// Numbers in words, by their keys.
  let numbers: [String: Int]
  /// Codes of countries by the keys of their names, and by themselves.
  let countries: [String: String]

  init(_ languages: [LanguageWords]) {
    var sets: [LanguageWords.Kind: Set<String>] = [:]
    for language in languages {
      for (kind, words) in language.words {
        for word in words { sets[kind, default: []].insert(LabelKey.of(word)) }
      }
    }
    self.sets = sets.mapValues { $0.subtracting([""]) }
    longest = sets.mapValues { $0.reduce(0) { max($0, $1.utf8.count) } }
    var numbers: [String: Int] = [:]
    var countries: [String: String] = [:]
    for language in languages {
      for (number, word) in language.words[.number, default: []].enumerated() { numbers[LabelKey.of(word)] = number }
      for (code, names) in language.countries { for name in names + [code] { countries[LabelKey.of(name)] = code } }
    }
    self.numbers = numbers
    self.countries = countries
    let written: [[String]] = languages.flatMap { $0.words[.legalForm, default: []] }
      .map { (form: String) in form.split(separator: " ").map { String($0) } }
    forms = written.filter { $0.count > 1 || $0[0].count >= 7 }
  }

  func has(_ key: String, _ kind: LanguageWords.Kind) -> Bool { sets[kind]?.contains(key) ?? false }

  subscript(kind: LanguageWords.Kind) -> Set<String> { sets[kind] ?? [] }

  /// Whether one, two or three words that end at `place` are of a kind: `SDN BHD`.
  func ends(_ keys: [String], at place: Int, _ kind: LanguageWords.Kind) -> Bool {
    guard let words = sets[kind], let longest = longest[kind] else { return false }
    var joined = keys[place]
    if words.contains(joined) { return true }
    for first in stride(from: place - 1, through: max(0, place - 2), by: -1) {
      guard joined.utf8.count < longest else { return false }
      joined = keys[first] + joined
      if words.contains(joined) { return true }
    }
    return false
  }

  func contains(_ keys: [String], _ kind: LanguageWords.Kind) -> Bool {
    keys.indices.contains { ends(keys, at: $0, kind) }
  }

  /// A name whose legal form was read with wrong letters (`SON BHD`, `LIMITEO`), with the right ones; nil where
  /// nothing is to be mended.
  func mended(_ name: String) -> String? {
    let read = name.split(separator: " ").map(String.init)
    var words = read.enumerated().map { place, word in
      place > 0 ? MisreadName.form(word, among: self[.legalForm]) ?? MisreadName.word(word) ?? word : word
    }
    let lettered = words == read ? nil : words.joined(separator: " ")
    for form in forms where words.count > form.count {
      let keys = form.map { LabelKey.of($0) }
      for start in (max(1, words.count - form.count - 1)...(words.count - form.count)).reversed() {
        let read = words[start..<(start + form.count)].map { LabelKey.of($0) }
        if read == keys { return lettered }
        guard WordSets.isMisread(read, keys) else { continue }
        let isUpper = !words[0].contains(where: \.isLowercase)
        words.replaceSubrange(start..<(start + form.count), with: isUpper ? form.map { $0.uppercased() } : form)
        return words.joined(separator: " ")
      }
    }
    return lettered
  }

  /// Whether words are a legal form and nothing else, as written or misread.
  func isLegalForm(_ keys: [String], isLenient: Bool) -> Bool {
    if has(keys.joined(), .legalForm) { return true }
    return isLenient
      && forms.contains { form in
        form.count == keys.count && WordSets.isMisread(keys, form.map { LabelKey.of($0) })
      }
  }

  /// One letter apart; two where another word of the form is right.
  private static func isMisread(_ read: [String], _ form: [String]) -> Bool {
    let right = zip(read, form).count { $0 == $1 }
    let allowed = form.count > 1 && right == form.count - 1 ? 2 : 1
    guard form.count == 1 || right > 0 else { return false }
    let distance = EditDistance.between(Array(read.joined().utf8), Array(form.joined().utf8), atMost: allowed)
    return distance.map { $0 > 0 } ?? false
  }
}
