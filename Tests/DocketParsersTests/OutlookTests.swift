import Docket
import Testing

@testable import DocketParsers

@Suite struct OutlookTests {
  private static let submitted = 134_170_000_000_000_000  // 2026-03-03 08:26:40 UTC

  private static func message(_ more: [SampleMessage.Node] = [], kind: String = "IPM.Note") -> [UInt8] {
    let recipient: SampleMessage.Node = .storage(
      "__recip_version1.0_#00000000",
      [
        SampleMessage.table(head: 8, [(0x0C15, 3, 1)]), SampleMessage.text(0x3001, "Bo Ek"),
        SampleMessage.text(0x39FE, "bo@example.org"),
      ])
    let own = [
      SampleMessage.table(head: 32, [(0x0039, 0x40, submitted)]), SampleMessage.text(0x001A, kind),
      SampleMessage.text(0x0037, "Bestellung für März"), SampleMessage.text(0x0C1A, "Ann Ask"),
      SampleMessage.text(0x5D01, "ann@example.org"), SampleMessage.text(0x1000, "Ten chairs.\r\nThanks"),
    ]
    return SampleCompoundFile(own + [recipient] + more).bytes
  }

  private static func attachment(_ number: Int, _ nodes: [SampleMessage.Node]) -> SampleMessage.Node {
    .storage("__attach_version1.0_#0000000\(number)", [SampleMessage.table(head: 8)] + nodes)
  }

  @Test("a message has headers as a mail has, its body and its attachments")
  func plain() throws {
    let file = Self.attachment(
      0, [SampleMessage.text(0x3707, "Liste.csv"), SampleMessage.binary(0x3701, Array("a;b\n".utf8))])
    let (output, summary) = try read(Self.message([file]))
    #expect(summary.mediaType == "application/vnd.ms-outlook")
    let headers = text(of: summary).headers.map { "\($0.name): \($0.value)" }
    #expect(
      headers == [
        "from: Ann Ask <ann@example.org>", "to: Bo Ek <bo@example.org>", "subject: Bestellung für März",
        "date: 3 Mar 2026 08:26:40 +0000",
      ])
    #expect(text(of: summary).text == "Ten chairs.\nThanks")
    #expect(output.members.map(\.name) == ["Liste.csv"])
    #expect(output.members.map(\.part.text) == ["attachment/1"])
  }

  @Test("headers it travelled with are kept as they are")
  func travelled() throws {
    let headers = "Message-ID: <1@example.org>\r\nSubject: Sent\r\nContent-Type: text/plain\r\n"
    let (_, summary) = try read(Self.message([SampleMessage.text(0x007D, headers)]))
    #expect(text(of: summary).headers.first { $0.name == "subject" }?.value == "Sent")
    #expect(text(of: summary).headers.contains { $0.name == "message-id" && $0.value == "<1@example.org>" })
    #expect(!text(of: summary).headers.contains { $0.name == "content-type" })
  }

  @Test("a message inside becomes a mail that reads as it does")
  func embedded() throws {
    let inner: [SampleMessage.Node] = [
      SampleMessage.table(head: 24), SampleMessage.text(0x001A, "IPM.Note"), SampleMessage.text(0x0037, "Inner"),
      SampleMessage.text(0x1000, "Grüße"),
      Self.attachment(0, [SampleMessage.text(0x3707, "a.txt"), SampleMessage.binary(0x3701, Array("deep".utf8))]),
    ]
    let outer = Self.attachment(0, [.storage("__substg1.0_3701000D", inner)])
    let (output, _) = try read(Self.message([outer]))
    #expect(output.members.map(\.name) == ["Inner.eml"])
    let (inside, summary) = try read(output.members[0].bytes)
    #expect(summary.mediaType == "message/rfc822")
    #expect(text(of: summary).text.trimmed == "Grüße")
    #expect(inside.members.map(\.name) == ["a.txt"])
    #expect(inside.members[0].bytes == Array("deep".utf8))
  }

  @Test("a body that is HTML alone is read with its tables")
  func html() throws {
    let html = "<table><tr><td>Chair</td><td>2</td></tr><tr><td>Desk</td><td>1</td></tr></table>"
    let bytes = SampleCompoundFile([
      SampleMessage.table(head: 32), SampleMessage.text(0x001A, "IPM.Note"),
      SampleMessage.binary(0x1013, Array(html.utf8)),
    ]).bytes
    let (_, summary) = try read(bytes)
    #expect(text(of: summary).text == "Chair\t2\nDesk\t1\n")
    #expect(text(of: summary).tables.map { $0.rows.map(\.count) } == [[2, 2]])
  }

  @Test("what is no mail has no sender; an encrypted message fails with what to do")
  func others() throws {
    let (_, summary) = try read(Self.message(kind: "IPM.StickyNote"))
    #expect(text(of: summary).headers.isEmpty)
    #expect(text(of: summary).text.hasPrefix("Bestellung für März\n"))
    let sealed = Self.attachment(
      0, [SampleMessage.text(0x3707, "smime.p7m"), SampleMessage.binary(0x3701, Self.enveloped)])
    #expect(code(reading: Self.message([sealed], kind: "IPM.Note.SMIME")) == .contentEncrypted)
  }

  @Test("a damaged message fails, and chains that go in circles end")
  func damaged() {
    let whole = Self.message()
    #expect(code(reading: Array(whole.prefix(600))) != nil)
    for place in stride(from: 512, to: whole.count, by: 97) {
      var bytes = whole
      bytes[place] = 0
      bytes[place - 1] = 1
      _ = code(reading: bytes)
    }
  }

  private static let enveloped: [UInt8] = [
    0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03, 0xA0, 0x80, 0, 0, 0, 0,
  ]

  // winmail.dat

  private static func attribute(_ level: UInt8, _ id: Int, _ value: [UInt8]) -> [UInt8] {
    [level] + SampleCompoundFile.number(id, 4) + SampleCompoundFile.number(value.count, 4) + value
      + SampleCompoundFile.number(value.reduce(0) { $0 + Int($1) }, 2)
  }

  private static var packed: [UInt8] {
    [0x78, 0x9F, 0x3E, 0x22, 1, 0] + attribute(1, 0x0007_8008, Array("IPM.Note\0".utf8))
      + attribute(1, 0x0002_800C, Array("The packed text.\0".utf8))
      + attribute(2, 0x0006_9002, [UInt8](repeating: 0, count: 14))
      + attribute(2, 0x0001_8010, Array("Liste.txt\0".utf8)) + attribute(2, 0x0006_800F, Array("one\n".utf8))
  }

  @Test("a winmail.dat gives what is in it")
  func tnef() throws {
    let (output, summary) = try read(Self.packed)
    #expect(summary.mediaType == "application/vnd.ms-tnef")
    #expect(text(of: summary).text.trimmed == "The packed text.")
    #expect(output.members.map(\.name) == ["Liste.txt"])
    #expect(output.members[0].bytes == Array("one\n".utf8))
    #expect(code(reading: Array(Self.packed.prefix(20))) == .messageDamaged)
  }

  @Test("in a mail, what is in it belongs to the mail")
  func tnefInMail() throws {
    let encoded = SampleMail.base64(Self.packed)
    let mail = """
      From: a@example.org
      To: b@example.org
      Content-Type: application/ms-tnef; name=winmail.dat
      Content-Transfer-Encoding: base64

      \(encoded)

      """
    let (output, summary) = try read(Array(mail.utf8))
    #expect(output.members.map(\.name) == ["Liste.txt"])
    #expect(text(of: summary).text.trimmed == "The packed text.")
    #expect(summary.findings.map(\.code) == ["mail-unpacked"])
  }

  @Test("packed RTF is unpacked, and the HTML in it found again")
  func rtf() {
    let stored = Array(
      "{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag <p>}\\htmlrtf \\par \\htmlrtf0 Gr\\'fc\\'dfe{\\*\\htmltag </p>}}".utf8)
    let packed =
      SampleCompoundFile.number(stored.count + 12, 4) + SampleCompoundFile.number(stored.count, 4)
      + [0x4D, 0x45, 0x4C, 0x41, 0, 0, 0, 0] + stored
    #expect(CompressedRTF.decode(packed).map { RTFText($0).reading.text } == "Grüße\n")
    // The example of [MS-OXRTFCP] 3.1.
    let example: [UInt8] = [
      0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00, 0x72, 0x63,
      0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05,
      0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
    ]
    #expect(
      CompressedRTF.decode(example).map { String(decoding: $0, as: UTF8.self) }
        == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
  }
}
