private import Synchronization

/// The rows of a system of record, with what finds them: made when it is first asked for, so that a table that no
/// record needs costs its reading alone.
package final class LookUpTable: Sendable {
  package let columns: [String]
  /// Each as long as `columns`.
  let rows: [[String]]
  package let digest: ContentDigest
  private let legalWords: Set<String>
  private let codes = Mutex<[Int: [String: [Int]]]>([:])
  private let names = Mutex<[Int: NameIndex]>([:])

  /// - Parameter legalForms: as languages write them: `GmbH`, `Sdn Bhd`.
  package init(columns: [String], rows: [[String]], digest: ContentDigest, legalForms: [String]) {
    self.columns = columns
    self.rows = rows.map { row in
      row.count == columns.count ? row : columns.indices.map { row.indices.contains($0) ? row[$0] : "" }
    }
    self.digest = digest
    legalWords = Set(legalForms.flatMap(NameKey.words))
  }

  package var count: Int { rows.count }

  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  func nameKey(_ text: String) -> NameKey { NameKey(text, without: legalWords) }

  /// Rows that have this code in a column, with or without a country in front.
  func rows(code: String, in column: Int) -> [Int] {
    codes.withLock { codes in
      if codes[column] == nil {
        var index: [String: [Int]] = [:]
        for (number, row) in rows.enumerated() {
          for key in CodeKey.keys(row[column]) { index[key, default: []].append(number) }
        }
        codes[column] = index
      }
      var found: [Int] = []
      for key in CodeKey.keys(code) {
        for row in codes[column]?[key] ?? [] where !found.contains(row) && found.count < 50 { found.append(row) }
      }
      return found
    }
  }

  /// Rows whose name in a column may be this one, the likeliest first.
  func rows(name: String, in column: Int) -> [Int] {
    let key = nameKey(name)
    return names.withLock { names in
      if names[column] == nil { names[column] = NameIndex(rows.map { nameKey($0[column]) }) }
      return names[column]?.rows(like: key) ?? []
    }
  }
}

/// Finds names by their words, each of which may be read a little wrong.
struct NameIndex: Sendable {
  private let keys: [NameKey]
  /// Rows by word.
  private var rows: [String: [Int]] = [:]
  /// Words by their first, and by their last, three letters: a misread letter spares one of the two.
  private var heads: [String: [String]] = [:]
  private var tails: [String: [String]] = [:]

  init(_ keys: [NameKey]) {
    self.keys = keys
    for (number, key) in keys.enumerated() {
      for word in key.words where rows[word, default: []].last != number { rows[word, default: []].append(number) }
    }
    for word in rows.keys where word.utf8.count >= 4 {
      heads[String(word.prefix(3)), default: []].append(word)
      tails[String(word.suffix(3)), default: []].append(word)
    }
  }

  /// At most twenty.
  func rows(like key: NameKey) -> [Int] {
    var weights: [Int: Double] = [:]
    for word in Set(key.words) {
      // Of rows that share a misread word and the word itself, each counts once.
      var seen: Set<Int> = []
      for known in near(word) {
        let found = rows[known, default: []]
        // A word that a tenth of all have tells nothing.
        guard found.count <= max(2000, keys.count / 10) || key.words.count == 1 else { continue }
        for row in found.prefix(5000) where seen.insert(row).inserted {
          weights[row, default: 0] += 1 / Double(found.count + 5)
        }
      }
    }
    let likely = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(200)
    return likely.map { (row: $0.key, likeness: keys[$0.key].likeness(to: key)) }
      .sorted { ($1.likeness, $0.row) < ($0.likeness, $1.row) }.prefix(20).map(\.row)
  }

  private func near(_ word: String) -> [String] {
    var near = rows[word] == nil ? [] : [word]
    guard word.utf8.count >= 4 else { return near }
    let letters = Array(word.utf8)
    let others = Set(heads[String(word.prefix(3)), default: []] + tails[String(word.suffix(3)), default: []])
    near += others.filter { other in
      other != word && EditDistance.between(letters, Array(other.utf8), atMost: max(1, letters.count / 4)) != nil
    }.sorted()
    return near
  }
}
