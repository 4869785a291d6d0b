/// A company's name as look-ups compare it: without its legal form, accents, case and punctuation, and with letters
/// that OCR takes for one another made one.
package struct NameKey: Hashable, Sendable {
  /// Skeletons of its words, in order.
  package let words: [String]
  /// Of all words, one after the other.
  package let text: String

  /// - Parameter legalWords: skeletons of words such as `gmbh` and `ltd`.
  package init(_ name: String, without legalWords: Set<String>) {
    let all = NameKey.words(of: name)
    let telling = all.filter { !legalWords.contains($0) }
    words = telling.isEmpty ? all : telling
    text = words.joined()
  }

  /// 0 to 1: by how many letters differ, whichever order the words have.
  package func likeness(to other: NameKey) -> Double {
    guard !text.isEmpty, !other.text.isEmpty else { return 0 }
    if text == other.text { return 1 }
    let straight = NameKey.likeness(text, other.text)
    let sorted = NameKey.likeness(words.sorted().joined(), other.words.sorted().joined())
    return max(straight, sorted)
  }

  private static func likeness(_ a: String, _ b: String) -> Double {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    let longest = max(a.count, b.count)
    // Below a half nobody asks how much.
    guard let distance = EditDistance.between(a, b, atMost: longest / 2) else { return 0 }
    return 1 - Double(distance) / Double(longest)
  }

  /// Skeletons of a text's words.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.lowercased().unicodeScalars {
      if let plain = NameKey.plain[scalar] {
        word += plain
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.unicodeScalars.append(scalar)
      } else if scalar != "." && scalar != "'" && scalar != "’" && !scalar.properties.isDiacritic {
        if !word.isEmpty { words.append(skeleton(word)) }
        word = ""
      }
    }
    if !word.isEmpty { words.append(skeleton(word)) }
    return words
  }

  /// `rn` is read for `m`, `0` for `o`, `1` and `i` for `l`, `5` for `s`, `8` for `b`.
  private static func skeleton(_ word: String) -> String {
    var out: [UInt8] = []
    for byte in word.utf8 {
      switch byte {
      case 48: out.append(111)
      case 49, 105, 124: out.append(108)
      case 53: out.append(115)
      case 56: out.append(98)
      case 110 where out.last == 114: out[out.count - 1] = 109
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static let plain: [Unicode.Scalar: String] = {
    var plain: [Unicode.Scalar: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    ]
    for (letter, accented) in [
      ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ď"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
      ("i", "ìíîïĩīĭį"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀ"), ("n", "ñńņňŉ"), ("o", "òóôõöōŏő"), ("r", "ŕŗř"),
      ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    ] {
      for scalar in accented.unicodeScalars { plain[scalar] = letter }
    }
    return plain
  }()
}

/// A code as look-ups compare it: letters and digits alone, in capitals.
enum CodeKey {
  static func key(_ text: String) -> String { LabelKeyless.compact(text) }

  /// One may lack the country in front; two with different countries are two.
  static func areSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (keys(a), keys(b))
    guard let first = a.first, let second = b.first else { return false }
    return first == second || (a.count != b.count && a.last == b.last)
  }

  /// A tax number is written with its country in front or without.
  static func keys(_ text: String) -> [String] {
    let key = key(text)
    let country = key.utf8.prefix(2)
    let rest = String(key.dropFirst(2))
    let hasCountry = country.count == 2 && country.allSatisfy { (65...90).contains($0) }
    return hasCountry && rest.utf8.count >= 7 ? [key, rest] : key.isEmpty ? [] : [key]
  }
}
