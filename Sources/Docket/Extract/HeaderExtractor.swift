/// Values of a message's headers: each contract field whose standard is `RFC 5322 Name` takes that header.
package struct HeaderExtractor: Extractor {
  package let producer = "headers 3"
  /// Of a contract that a message's headers fill.
  static let standard = "RFC 5322"
  package init() {}

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard case .text(let text) = reading.content, !text.headers.isEmpty else { return Extraction() }
    var extraction = Extraction()
    for field in contract.fields {
      guard let standard = field.standard, standard.hasPrefix("RFC 5322 ") else { continue }
      let name = standard.dropFirst(9).lowercased()
      var ordinal = 0
      for header in text.headers where header.name == name {
        ordinal += 1
        for (raw, value) in HeaderExtractor.values(header.value, of: field) {
          extraction.candidates[field.name, default: []].append(
            Candidate(
              path: field.name, value: .text(value), raw: raw, score: 20, locators: [.header(name, ordinal: ordinal)],
              producer: producer, isExact: true))
        }
        if !field.isList, extraction.candidates[field.name] != nil { break }
      }
    }
    return extraction
  }

  private static func values(_ header: String, of field: Field) -> [(String, String)] {
    let text = header.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { return [] }
    switch field.type {
    case .email:
      let parts = MailAddresses.split(text).map { ($0, MailAddresses.address(in: $0)) }.filter { !$0.1.isEmpty }
      return field.isList ? parts : Array(parts.prefix(1))
    case .datetime: return [(text, MailDate.iso(text) ?? text)]
    // A program that had none to write.
    case .id where text == "<>": return []
    default: return [(text, text)]
    }
  }
}
