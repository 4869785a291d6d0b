import Docket
import Testing

@testable import DocketParsers

@Suite struct MailboxTests {
  private func messages(_ text: String) throws -> [String] {
    try read(Array(text.utf8), name: "a.mbox").output.members.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
  private let head = "From: a@example.org\nTo: b@example.org\n"

  @Test("lines that were quoted are as they were")
  func quoted() throws {
    let found = try messages(
      "From a Mon Jun 01 10:00:00 2026\n\(head)\n>From here on\n>>From there\n> quoted\n\nFrom b Mon Jun 01 11:00:00 2026\n\(head)\nTwo\n"
    )
    #expect(found == ["\(head)\nFrom here on\n>From there\n> quoted\n\n", "\(head)\nTwo\n"])
  }

  @Test("a sentence that begins so is no new message")
  func sentence() throws {
    let found = try messages(
      "From a Mon Jun 01 10:00:00 2026\n\(head)\nHello\n\nFrom time to time we write.\n\nFrom b Mon Jun 01 11:00:00 2026\n\(head)\nTwo\n"
    )
    #expect(found.count == 2)
    #expect(found[0].contains("From time to time"))
  }

  @Test("a stated length goes before what lines look like")
  func length() throws {
    let body = "Forwarded:\n\nFrom x Mon Jun 01 09:00:00 2026\nFrom: x@example.org\n\nInner\n"
    let found = try messages(
      "From a Mon Jun 01 10:00:00 2026\n\(head)Content-Length: \(body.utf8.count)\n\n\(body)\nFrom b Mon Jun 01 11:00:00 2026\n\(head)\nTwo\n"
    )
    #expect(found.count == 2)
    #expect(found[0].contains("Inner"))
  }

  @Test("a report of what became of a mail is read, with what it says for machines")
  func report() throws {
    let mail = """
      From: daemon@example.org
      To: a@example.org
      Content-Type: multipart/report; boundary=x

      --x
      Content-Type: text/plain

      It could not be delivered.
      --x
      Content-Type: message/delivery-status

      Final-Recipient: rfc822; b@example.org
      Status: 5.1.1
      --x
      Content-Type: message/rfc822

      From: a@example.org
      To: b@example.org
      Subject: Lost

      Text
      --x--

      """
    let (output, summary) = try read(Array(mail.utf8))
    #expect(text(of: summary).text.contains("could not be delivered.\n"))
    #expect(text(of: summary).text.contains("Status: 5.1.1"))
    #expect(output.members.count == 1)
    #expect(summary.findings.map(\.code) == ["mail-report"])
  }

  @Test("a fuller form is read where the plain one is a stopgap")
  func alternatives() throws {
    func mail(_ plain: String, _ html: String) -> [UInt8] {
      let parts = [("plain", plain), ("html", html)].map { "--x\nContent-Type: text/\($0)\n\n\($1)\n" }.joined()
      return Array("\(head)Content-Type: multipart/alternative; boundary=x\n\n\(parts)--x--\n".utf8)
    }
    let table =
      "<table><tr><td>Desk</td><td>2</td><td>5.00</td></tr><tr><td>Lamp</td><td>1</td><td>9.00</td></tr></table>"
    #expect(try text(of: read(mail("Desk 2 5.00 Lamp 1 9.00 and more words", table)).summary).tables.count == 1)
    #expect(
      try text(of: read(mail("Hello Ann, all is well.", "<p>Hello Ann, all is well.")).summary).text.trimmed
        == "Hello Ann, all is well.")
    let long = "<p>" + String(repeating: "word ", count: 40)
    #expect(try text(of: read(mail("Use HTML.", long)).summary).text.hasPrefix("word word"))
  }

  @Test("a mail that ends with its last boundary loses no byte and gains none")
  func ending() throws {
    let mail =
      "\(head)Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename=a\n\nend\n\n--x--"
      .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try read(Array(mail.utf8)).output.members[0].bytes == Array("end\r\n".utf8))
  }
}
