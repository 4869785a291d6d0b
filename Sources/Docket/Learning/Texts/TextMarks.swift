/// What a text is known by: hashes of its words, of pairs of neighbours, and of pieces of words, with how often each
/// stands in it. The words themselves are not kept.
package struct TextMarks: Hashable, Sendable {
  /// Words and pairs, ascending.
  var words: [Mark] = []
  /// Pieces of words, ascending; none where the form asks for none.
  var pieces: [Mark] = []

  struct Mark: Hashable, Sendable {
    var hash: UInt32
    var count: Int32
  }

  var isEmpty: Bool { words.isEmpty }

  /// Changes whenever the same text may have other marks: what was learned from them fits no others.
  package static let version = "texts 1"

  /// What of a text is looked at.
  package enum Form: String, Sendable, CaseIterable {
    /// A document: words and pairs.
    case document
    /// A few sentences: pieces of words as well, so that a rare form of a word is known by its stem.
    case note

    var hasPieces: Bool { self == .note }
  }

  /// The groups that a hash begins with, so that a word is no pair and no piece.
  private enum Group {
    static let word = UInt8(ascii: "w")
    static let pair = UInt8(ascii: "p")
    static let piece = UInt8(ascii: "c")
  }

  /// Of words as `TextWords` gives them.
  package init(_ words: [String], form: Form) {
    let hash = FeatureHash()
    var counts: [UInt32: Int32] = [:]
    for (place, word) in words.enumerated() {
      counts[hash.of(Group.word, word.utf8), default: 0] += 1
      if place > 0 { counts[hash.of(Group.pair, "\(words[place - 1]) \(word)".utf8), default: 0] += 1 }
    }
    self.words = TextMarks.sorted(counts)
    guard form.hasPieces else { return }
    counts = [:]
    for word in words {
      let letters = Array(" \(word) ".utf8.prefix(TextMarks.longestWord))
      for length in TextMarks.pieceLengths {
        guard letters.count >= length else { break }
        for start in 0...(letters.count - length) {
          counts[hash.of(Group.piece, letters[start..<start + length]), default: 0] += 1
        }
      }
    }
    pieces = TextMarks.sorted(counts)
  }

  /// In bytes; longer words are no words.
  private static let longestWord = 42
  private static let pieceLengths = 3...5

  private static func sorted(_ counts: [UInt32: Int32]) -> [Mark] {
    counts.map { Mark(hash: $0.key, count: $0.value) }.sorted { $0.hash < $1.hash }
  }
}

extension TextMarks: Comparable {
  /// Some order that is the same everywhere.
  package static func < (left: TextMarks, right: TextMarks) -> Bool {
    left.words.lexicographicallyPrecedes(right.words) { ($0.hash, $0.count) < ($1.hash, $1.count) }
  }
}

/// The words of a document's beginning, in lower case, digits as zeros.
package enum TextWords {
  private static let mostPages = 2
  /// In scalars; what comes after says no more about what a document is.
  private static let mostScalars = 6_000

  package static func of(_ reading: Reading) -> [String] {
    var words = Words(left: mostScalars)
    switch reading.content {
    case .pages(let pages):
      for page in pages.prefix(mostPages) { for word in page.words { words.add(word.text) } }
    case .text(let text):
      for header in text.headers where header.name == "subject" { words.add(header.value) }
      words.add(text.text)
    case .table(let table):
      for sheet in table.sheets { for row in sheet.rows { for cell in row { words.add(cell) } } }
    case .tree(let node): words.add(node)
    }
    return words.list
  }

  private struct Words {
    var list: [String] = []
    var left: Int

    mutating func add(_ text: String) {
      guard left > 0 else { return }
      var word = ""
      for scalar in text.unicodeScalars.prefix(left) {
        left -= 1
        let properties = scalar.properties
        if scalar.isASCII {
          switch scalar {
          case "a"..."z": word.unicodeScalars.append(scalar)
          case "A"..."Z": word.unicodeScalars.append(Unicode.Scalar(scalar.value + 32) ?? scalar)
          case "0"..."9": word += "0"
          default: close(&word)
          }
        } else if properties.isAlphabetic {
          word += properties.lowercaseMapping
        } else if properties.numericType != nil {
          word += "0"
        } else if properties.generalCategory != .nonspacingMark {
          close(&word)
        }
      }
      close(&word)
    }

    private mutating func close(_ word: inout String) {
      if !word.isEmpty { list.append(word) }
      word = ""
    }

    mutating func add(_ node: TreeNode) {
      guard left > 0 else { return }
      add(node.name)
      add(node.text)
      for child in node.children { add(child) }
    }
  }
}
