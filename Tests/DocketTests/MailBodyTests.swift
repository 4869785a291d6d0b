import Testing

@testable import Docket

private let words = WordSets([
  LanguageWords(
    language: "en",
    words: [
      .wrote: ["wrote"], .originalMessage: ["Original Message"], .forwardedMessage: ["Forwarded message"],
      .forwardPrefix: ["Fwd"], .replyPrefix: ["Re"], .mailFrom: ["From"], .mailDate: ["Sent", "Date"],
      .mailTo: ["To"], .mailSubject: ["Subject"], .closing: ["Kind regards"],
    ], months: [:], digest: ContentDigest(of: "mail words"))
])

private func said(_ text: String, subject: String = "Printer") -> String {
  let reading = TextReading(headers: [.init(name: "subject", value: subject)], text: text)
  let scalars = Array(text.unicodeScalars)
  return MailBody(reading, words: words).ranges.map { range in
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }.joined()
}

@Suite struct MailBodyTests {
  @Test("quoted lines are not said again, answers between them are")
  func quoted() {
    #expect(said("Yes.\n> Does it?\nAnd no.\n>> Or not?\n") == "Yes.\nAnd no.\n")
  }

  @Test("what stands below an attribution, a divider or a header block is another mail")
  func nested() {
    #expect(said("Done.\n\nOn 3 May 2026, Ann Lee <ann@example.org>\nwrote:\n\nIt is broken.\n") == "Done.\n\n")
    #expect(said("Done.\n-----Original Message-----\nFrom: Ann\nIt is broken.\n") == "Done.\n")
    #expect(said("Done.\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: x\n\nBroken.\n") == "Done.\n")
    #expect(said("She wrote:\nan order.\n") == "She wrote:\nan order.\n")
  }

  @Test("a mail that passes another one on says what that one says, and knows whose it is")
  func forwarded() throws {
    let text =
      "FYI\n\n---------- Forwarded message ---------\nFrom: Ann Lee <ann@example.org>\nDate: 3 May 2026\nSubject: Order\nTo: Bob\n\nWe order ten.\nKind regards\nAnn\n"
    #expect(said(text) == "FYI\n\nWe order ten.\n")
    let body = MailBody(TextReading(headers: [.init(name: "subject", value: "x")], text: text), words: words)
    let from = try #require(body.forwarded["from"])
    #expect(from.value == "Ann Lee <ann@example.org>")
    #expect(String(String.UnicodeScalarView(Array(text.unicodeScalars)[from.range])) == from.value)
    // Outlook says it in the subject alone.
    let outlook = "From: Ann\nSent: Monday\nTo: Bob\nSubject: x\n\nBroken.\n"
    #expect(said(outlook, subject: "Fwd: x") == "Broken.\n")
  }

  @Test("signatures are cut off, and an empty mail is left whole")
  func signature() {
    #expect(said("Broken.\n-- \nAnn\nTel 123\n") == "Broken.\n")
    #expect(said("Broken.\n\nKind regards,\nAnn\nTel 123\n") == "Broken.\n\n")
    #expect(said("> only quoted\n") == "> only quoted\n")
    #expect(said("") == "")
  }
}

@Suite struct MailExtractorTests {
  private let ticket = Contract(
    name: "slip", version: 1, summary: "A slip.",
    fields: [
      Field(name: "subject", type: .text, mail: .subject), Field(name: "requester", type: .person, mail: .from),
      Field(name: "buyer", type: .party, mail: .from), Field(name: "opened", type: .datetime, mail: .date),
      Field(name: "text", type: .text, mail: .body),
    ], digest: ContentDigest(of: "mail ticket"))

  @Test("fields that name a part of a mail have it, without prefixes, quotes and signatures")
  func fields() {
    let english = LanguageWords(
      language: "en", words: [.replyPrefix: ["Re"], .closing: ["Kind regards"]], months: [:],
      digest: ContentDigest(of: "mail words 2"))
    let text = TextReading(
      headers: [
        .init(name: "from", value: "\"Lee, Ann\" <ann@example.org>"), .init(name: "subject", value: "Re: Printer"),
        .init(name: "date", value: "Mon, 2 Sep 2002 14:05:11 -0400"),
      ], text: "It is broken.\nKind regards\nAnn\n")
    let extraction = MailExtractor(words: [english]).extract(
      from: Reading(mediaType: "message/rfc822", content: .text(text)), for: ticket,
      in: Context(digest: ContentDigest(of: ""), name: "a.eml"))
    func first(_ path: String) -> String? { extraction.candidates[path]?.first?.value.canonical }
    #expect(first("subject") == "Printer")
    #expect(first("requester") == "Lee, Ann")
    #expect(first("buyer.name") == "Lee, Ann")
    #expect(first("buyer.email") == "ann@example.org")
    #expect(first("opened") == "2002-09-02T14:05:11-04:00")
    #expect(first("text") == "It is broken.")
    #expect(extraction.candidates["subject"]?.first?.locators == [.header("subject", ordinal: 1)])
  }
}
