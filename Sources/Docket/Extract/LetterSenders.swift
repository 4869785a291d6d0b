/// Who sends a letter, by the places where a sender names himself: the line above the window, his own block, the foot
/// of the page. What several of them say is likelier than what one says.
extension PartyCandidates {
  /// Proposals beside those of the letterhead, for contracts whose documents are written to somebody.
  func senders(_ field: Field) -> [Candidate] {
    let path = "\(field.name).name"
    var found: [Candidate] = []
    for line in blocks.inline {
      let keys = Array(view.keys[line.row][line.name])
      guard mayBeName(line.row, line.name), !view.words.contains(keys, .street) else { continue }
      var score = 2.6
      if view.words.contains(keys, .legalForm) { score += 1 }
      found += named(path, line.row, line.name, score: score)
    }
    for block in blocks.all {
      guard let (row, range) = nameLine(block, field) else { continue }
      let keys = Array(view.keys[row][range])
      var score = 1.0
      if view.words.contains(keys, .legalForm) { score += 1 }
      if let recipient = blocks.recipient, recipient.lines.first?.row == block.lines.first?.row,
        recipient.x0 == block.x0
      {
        score -= 3
      }
      found += named(path, row, range, score: score)
    }
    return found
  }

  private func named(_ path: String, _ row: Int, _ range: Range<Int>, score: Double) -> [Candidate] {
    [
      view.candidate(
        path, .text(cleaned(view.layout.text(view.layout.rows[row], range))), row: row, range: range, score: score)
    ]
  }

  /// Scores raised by how much else on the page agrees that the name is the sender's, lowered where it stands among
  /// what is another's.
  func weighed(_ candidates: [Candidate], _ field: Field) -> [Candidate] {
    let mentions = Mentions(view: view, except: blocks.recipient)
    let inline = blocks.inline.map { view.keys[$0.row][$0.name].joined() }
    let full = candidates.filter { candidate in
      let words = candidate.value.canonical.split(separator: " ").map { LabelKey.of($0) }
      let hasForm = words.indices.last.map { view.words.ends(words, at: $0, .legalForm) } == true
      return candidate.score > -1 && (hasForm || inline.contains(words.joined()))
    }.map { LabelKey.of($0.value.canonical) }
    var supports: [String: Double] = [:]
    return candidates.map { candidate in
      guard case .region(let region)? = candidate.locators.first else { return candidate }
      var weighed = candidate
      let name = candidate.value.canonical
      if supports[name] == nil { supports[name] = mentions.support(for: name) }
      weighed.score += supports[name] ?? 0
      let middle = region.y + region.height / 2
      if let row = view.layout.rows.first(where: { $0.page == region.page && $0.bottom > middle }),
        let owner = blocks.sections.owner(row: row.number, x: region.x)
      {
        if owner.isNegative {
          weighed.score -= 1.5
        } else {
          weighed.score += (owner.field == field.name ? 1 : -3) * owner.weight
        }
      }
      // `Anna` in large letters is short for `Anna Ltd`.
      let key = LabelKey.of(candidate.value.canonical)
      if full.contains(where: { $0.utf8.count > key.utf8.count && $0.hasPrefix(key) }) { weighed.score -= 2 }
      return weighed
    }
  }
}

/// How often, and in which places, a page names somebody.
struct Mentions {
  private let view: DocumentView
  /// The keys of its lines, which are ASCII.
  private let lines: [[UInt8]]
  private let domains: [String]

  /// - Parameter except: a block that does not count: the recipient's.
  init(view: DocumentView, except block: AddressBlocks.Block?) {
    self.view = view
    // A line that comes again on every page at one height is one.
    var seen: Set<String> = []
    lines = view.layout.rows.filter { row in
      guard seen.insert("\(Int(row.top / view.layout.unit)) \(view.keys[row.number].joined())").inserted else {
        return false
      }
      return block.map { !$0.holds(row.number, near: 0, x: $0.x0) } ?? true
    }.map { Array(view.keys[$0.number].joined().utf8) }
    domains = view.layout.tokens.compactMap { Mentions.domain(in: $0.text) }
  }

  /// `anna-mill` of `www.anna-mill.example` and `info@anna-mill.example`, as letters.
  private static func domain(in text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
    var host = text[...]
    if let at = host.lastIndex(of: "@") {
      host = host[host.index(after: at)...]
    } else {
      guard host.lowercased().contains("www.") || host.contains("://") else { return nil }
      if let start = host.range(ofText: "://") { host = host[start...] }
    }
    host = host.prefix { $0 != "/" && $0 != "," && $0 != ")" }
    let parts = host.split(separator: ".").filter { $0.lowercased() != "www" }
    guard parts.count >= 2 else { return nil }
    let key = LabelKey.of(parts[parts.count - 2])
    return key.utf8.count >= 4 ? key : nil
  }

  /// From 0 to about 3.
  func support(for name: String) -> Double {
    let key = LabelKey.of(name)
    guard key.utf8.count >= 4 else { return 0 }
    let count = lines.count { Mentions.holds($0, Array(key.utf8)) }
    var support = 0.7 * Double(min(3, max(0, count - 1)))
    let words = name.split { !$0.isLetter }.map { LabelKey.of($0) }.filter { $0.utf8.count >= 4 }
    if domains.contains(where: { domain in key.hasPrefix(domain) || words.contains { domain.contains($0) } }) {
      support += 1
    }
    return support
  }

  private static func holds(_ line: [UInt8], _ key: [UInt8]) -> Bool {
    guard line.count >= key.count else { return false }
    return (0...(line.count - key.count)).contains { start in
      line[start] == key[0] && line[start...].starts(with: key)
    }
  }
}

extension Substring {
  /// Where the text behind some other text begins.
  fileprivate func range(ofText other: String) -> Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) { return index(start, offsetBy: other.count) }
      start = index(after: start)
    }
    return nil
  }
}
