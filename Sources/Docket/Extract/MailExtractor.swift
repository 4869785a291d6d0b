/// What a mail says by itself for a record that is written in its body: who asks is who sent it, what about is its
/// subject. Fields say so by `mail:`; what the body says behind a label counts for more. A plain text that reads like
/// such a mail is its body.
package struct MailExtractor: Extractor {
  package let producer = "mail 2"
  private let lexicon: Lexicon
  /// Less than a labelled value has, more than one that stands anywhere.
  private static let score = 1.6
  private static let longestBody = 20_000

  package init(words: [LanguageWords]) { self.init(Lexicon(words)) }

  init(_ lexicon: Lexicon) { self.lexicon = lexicon }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard case .text(let text) = reading.content, contract.standard != HeaderExtractor.standard,
      contract.fields.contains(where: { $0.mail != nil }), !text.headers.isEmpty || isNote(reading, contract)
    else { return Extraction() }
    let body = MailBody(text, words: lexicon.words)
    var extraction = Extraction()
    for field in contract.fields {
      guard let mail = field.mail else { continue }
      for candidate in candidates(field, mail, text, body) {
        extraction.candidates[candidate.path, default: []].append(candidate)
      }
    }
    return extraction
  }

  private func isNote(_ reading: Reading, _ contract: Contract) -> Bool {
    let evidence = WrittenNote(reading, words: lexicon.words)?.evidence(lexicon.book.phrases(of: contract))
    return evidence.map { $0.value > 0 } ?? false
  }

  private func candidates(
    _ field: Field, _ mail: Field.MailPart, _ text: TextReading, _ body: MailBody
  ) -> [Candidate] {
    if mail == .body {
      guard let own = own(text, body) else { return [] }
      return [candidate(field.name, .text(own), raw: own, body.ranges.map { .span($0) })]
    }
    let said: (value: String, locator: Locator)
    if let inner = body.forwarded[mail.rawValue] {
      said = (inner.value, .span(inner.range))
    } else if let header = text.headers.first(where: { $0.name == mail.rawValue }) {
      let value = header.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      said = (value, .header(mail.rawValue, ordinal: 1))
    } else {
      return []
    }
    guard !said.value.isEmpty else { return [] }
    return values(said.value, field).map { path, value in
      candidate(path, value, raw: said.value, [said.locator])
    }
  }

  private func values(_ text: String, _ field: Field) -> [(path: String, value: Value)] {
    switch field.type {
    case .party:
      let address = MailAddresses.address(in: text)
      let name = MailAddresses.name(in: text).map { [("\(field.name).name", Value.text($0))] } ?? []
      return name + (address.contains("@") ? [("\(field.name).email", .text(address))] : [])
    case .person: return [(field.name, .text(MailAddresses.name(in: text) ?? MailAddresses.address(in: text)))]
    case .email:
      let address = MailAddresses.address(in: text)
      return address.contains("@") ? [(field.name, .text(address))] : []
    case .date, .datetime:
      guard let moment = MailDate.iso(text) else { return [] }
      if field.type == .datetime { return [(field.name, .text(moment))] }
      return CalendarDate(iso: String(moment.prefix(10))).map { [(field.name, .date($0))] } ?? []
    default: return [(field.name, .text(withoutPrefixes(text)))]
    }
  }

  /// `Re: Fwd: Printer` is about `Printer`.
  private func withoutPrefixes(_ subject: String) -> String {
    var rest = Substring(subject)
    while let colon = rest.firstIndex(of: ":") {
      let key = LabelKey.of(rest[..<colon])
      guard lexicon.words.has(key, .forwardPrefix) || lexicon.words.has(key, .replyPrefix) else { break }
      rest = rest[rest.index(after: colon)...].drop { $0.isWhitespace }
    }
    return rest.isEmpty ? subject : String(rest)
  }

  private func own(_ text: TextReading, _ body: MailBody) -> String? {
    let scalars = Array(text.text.unicodeScalars)
    var own = String.UnicodeScalarView()
    for range in body.ranges { own.append(contentsOf: scalars[range].prefix(MailExtractor.longestBody - own.count)) }
    let said = String(own).trimmed
    return said.isEmpty ? nil : said
  }

  private func candidate(_ path: String, _ value: Value, raw: String, _ locators: [Locator]) -> Candidate {
    Candidate(path: path, value: value, raw: raw, score: MailExtractor.score, locators: locators, producer: producer)
  }
}
