/// Names in sentences: of companies by their legal form and capitals, of people by their capitals.
struct NameScanner {
  let prose: Prose
  let words: WordSets
  /// Keys of month names: a date is no name.
  let months: [String: Int]
  /// Words that join others in a name.
  private static let joining: Set<String> = ["OF", "DE", "DES", "DU", "VAN", "VON", "DER", "DEN", "LA", "LE", "DI"]
  private static let and: Set<String> = ["AND", "UND", "ET"]
  private static let longest = 12

  /// The names of a list that begins where a stretch does: `A, a Delaware corporation (“A”), and B (“B”)`.
  func list(_ range: Range<Int>) -> [ProseExtractor.Find] {
    var found: [ProseExtractor.Find] = []
    var place = range.lowerBound
    var depth = 0
    var mayBegin = true
    while place < range.upperBound {
      let item = prose.items[place]
      if mayBegin, depth == 0, let name = name(at: place, in: range) {
        // What does not begin with a name is no list of them.
        found.append(find(name, order: found.count))
        place = name.upperBound
        mayBegin = prose.items[place - 1].text.hasSuffix(",") || prose.items[place - 1].text.hasSuffix(";")
        continue
      }
      if found.isEmpty, place - range.lowerBound > 2 { return [] }
      depth += item.text.count { $0 == "(" } - item.text.count { $0 == ")" }
      depth = max(0, depth)
      if depth == 0, found.count > 0, isSentenceEnd(place) { break }
      let isAnd = NameScanner.and.contains(item.key)
      mayBegin = depth == 0 && (isAnd || found.isEmpty || item.text.hasSuffix(";") || item.text.hasSuffix("),"))
      place += 1
    }
    return found
  }

  /// The name that ends before a place, a clause about it left out: `A, a Delaware corporation` before
  /// `(the “Company”)`.
  func before(_ end: Int) -> ProseExtractor.Find? {
    guard end > 0 else { return nil }
    var last = end
    if !isCapital(end - 1) {
      let clause = (max(1, end - 16)..<end).last {
        ["A", "AN", "EINE", "UNE"].contains(prose.items[$0].key) && prose.items[$0 - 1].endsClause
      }
      guard let clause else { return nil }
      last = clause
    }
    var best: Range<Int>?
    for start in stride(from: last - 1, through: max(0, last - NameScanner.longest), by: -1) {
      guard let name = name(at: start, in: start..<end) else { continue }
      // Marks and legal forms behind the name belong to it or to nothing.
      if name.upperBound >= last { best = name } else if best != nil { break }
    }
    return best.map { find($0, order: 0) }
  }

  private func find(_ name: Range<Int>, order: Int) -> ProseExtractor.Find {
    var score = -0.2 * Double(order)
    let keys = prose.items[name].map(\.key)
    if hasLegalForm(keys) { score += 0.5 } else if name.count == 1 { score -= 2 }
    if name.upperBound < prose.items.count, prose.items[name.upperBound].opensBracket { score += 0.4 }
    var text = prose.text(name)[...]
    while let mark = text.last, ",;:".contains(mark) { text = text.dropLast() }
    return ProseExtractor.Find(value: .text(String(text)), range: name, score: score)
  }

  private func hasLegalForm(_ keys: [String]) -> Bool { words.ends(keys, at: keys.count - 1, .legalForm) }

  /// The name that begins at a place; nil where none does, or where it is a word for a party's part in the matter.
  private func name(at start: Int, in range: Range<Int>) -> Range<Int>? {
    guard months[prose.items[start].key] == nil else { return nil }
    // `99¢ Only Stores`, but no number of a clause.
    let isNumberWord = prose.items[start].text.first?.isNumber == true && !isClauseNumber(start)
    guard isCapital(start) && !isClauseNumber(start) || isNumberWord else { return nil }
    var end = start
    while end < range.upperBound, end - start < NameScanner.longest {
      let item = prose.items[end]
      if end > start {
        if item.opensBracket { break }
        let isForm = isLegalForm(at: end)
        if prose.items[end - 1].endsClause, !isForm { break }
        if isSentenceEnd(end - 1) { break }
        if !isCapital(end), item.text != "&" {
          let next = end + 1
          guard next < range.upperBound else { break }
          let joins = NameScanner.joining.contains(item.key) && isCapital(next)
          let joinsForm = NameScanner.and.contains(item.key) && isLegalForm(at: next)
          if !joins && !joinsForm { break }
        } else if NameScanner.and.contains(item.key) {
          // In capitals: `ACME CORP. AND JOHN DOE`.
          guard isLegalForm(at: end + 1) else { break }
        }
        // `Acme, Inc. Beta Corp.`: nothing follows a legal form but another.
        if isLegalForm(at: end - 1), end - 1 > start, !isForm, item.text != "&" { break }
      }
      end += 1
    }
    while end > start, prose.items[end - 1].key.isEmpty || NameScanner.and.contains(prose.items[end - 1].key) {
      end -= 1
    }
    guard end > start else { return nil }
    let keys = prose.items[start..<end].map(\.key)
    let letters = keys.joined().filter(\.isLetter).count
    return letters >= 3 && !isRole(keys) ? start..<end : nil
  }

  /// `Company`, `the Employee`, `This Agreement`: words for somebody or something named elsewhere.
  private func isRole(_ keys: [String]) -> Bool {
    let own = keys.first == "THE" ? Array(keys.dropFirst()) : keys
    guard let last = own.last else { return true }
    // `Confidentiality Agreement`, `Severance Plan`: named things, not names of somebody.
    if words.has(last, .definedTerm), own.count == 1 || !words.has(last, .legalForm) { return true }
    return own.allSatisfy { key in
      [.definedTerm, .stop, .title, .legalForm, .region].contains { words.has(key, $0) }
    }
  }

  private func isLegalForm(at place: Int) -> Bool {
    guard prose.items.indices.contains(place) else { return false }
    if words.has(prose.items[place].key, .legalForm) { return true }
    // `Sdn Bhd`, `L. P.`
    return place + 1 < prose.items.count && words.has(prose.items[place].key + prose.items[place + 1].key, .legalForm)
  }

  private func isCapital(_ place: Int) -> Bool {
    guard let first = prose.items[place].text.first(where: { $0.isLetter || $0.isNumber }) else { return false }
    return first.isUppercase && !prose.items[place].opensBracket
  }

  /// `2.`, `7.5`, `11`: digits and points alone.
  private func isClauseNumber(_ place: Int) -> Bool {
    prose.items[place].text.allSatisfy { $0.isNumber || ".()".contains($0) }
  }

  private func isSentenceEnd(_ place: Int) -> Bool { prose.isSentenceEnd(place, words) }
}
