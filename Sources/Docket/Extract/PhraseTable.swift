/// Phrases by their keys, found as printed or, where words were read from a picture, as OCR may have garbled them.
struct PhraseTable<Meaning> {
  /// What a found phrase means, and how much finding it so is worth: 1 as printed, less where letters differ.
  struct Match {
    var meaning: Meaning
    var likeness: Double
  }

  fileprivate struct Entry {
    var bytes: [UInt8]
    var letters: UInt64
    var meanings: [Meaning]
  }

  private var places: [String: Int] = [:]
  private var entries: [Entry] = []
  private var byLength: [Int: [Int]] = [:]
  /// Lengths of phrases that may end a longer word, the longest first.
  private var endingLengths: [Int] = []
  private static var leastEnding: Int { 6 }

  static var mostLettersWrong: Int { 2 }
  static var garbledLikeness: Double { 0.85 }

  var isEmpty: Bool { entries.isEmpty }

  /// The phrases' keys, in the order added.
  var keys: [String] { entries.map { String(decoding: $0.bytes, as: UTF8.self) } }

  /// The meanings of a key, to look at and to change.
  subscript(key: String) -> [Meaning] {
    get { places[key].map { entries[$0].meanings } ?? [] }
    set {
      if let place = places[key] {
        entries[place].meanings = newValue
        return
      }
      let bytes = Array(key.utf8)
      places[key] = entries.count
      if bytes.count >= PhraseTable.leastEnding, byLength[bytes.count] == nil {
        endingLengths.append(bytes.count)
        endingLengths.sort(by: >)
      }
      byLength[bytes.count, default: []].append(entries.count)
      entries.append(Entry(bytes: bytes, letters: PhraseTable.letters(bytes), meanings: newValue))
    }
  }

  /// What the words of a key mean; the nearest phrase where none is equal.
  ///
  /// - Parameter isLenient: whether letters may differ: one of five to eight, two of more.
  func matches(_ key: String, isLenient: Bool) -> [Match] {
    if let place = places[key] { return entries[place].meanings.map { Match(meaning: $0, likeness: 1) } }
    guard isLenient, let place = nearest(Array(key.utf8)) else { return [] }
    return entries[place].meanings.map { Match(meaning: $0, likeness: PhraseTable.garbledLikeness) }
  }

  /// The longest phrase that a key ends with, or is: `RECHNUNG` of `HANDELSRECHNUNG`. Short ones end many words.
  func ending(of key: String) -> String? {
    let length = key.utf8.count
    for count in endingLengths where count <= length {
      let ending = String(key.suffix(count))
      if places[ending] != nil { return ending }
    }
    return nil
  }

  /// Whether a key means something.
  func contains(_ key: String, isLenient: Bool) -> Bool {
    places[key] != nil || isLenient && nearest(Array(key.utf8)) != nil
  }

  private func nearest(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 5 else { return nil }
    let allowed = bytes.count >= 9 ? PhraseTable.mostLettersWrong : 1
    let letters = PhraseTable.letters(bytes)
    var best: (place: Int, distance: Int)?
    for length in (bytes.count - allowed)...(bytes.count + allowed) where length >= 5 {
      for place in byLength[length] ?? [] {
        guard (entries[place].letters ^ letters).nonzeroBitCount <= 2 * allowed,
          let distance = EditDistance.between(entries[place].bytes, bytes, atMost: (best?.distance ?? allowed + 1) - 1)
        else { continue }
        best = (place, distance)
      }
    }
    return best?.place
  }

  /// A bit for each letter that occurs.
  private static func letters(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }
}

extension PhraseTable: Sendable where Meaning: Sendable {}
extension PhraseTable.Entry: Sendable where Meaning: Sendable {}
