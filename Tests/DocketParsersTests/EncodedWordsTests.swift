import Docket
import Testing

@testable import DocketParsers

@Suite struct EncodedWordsTests {
  @Test("words that are padded one by one are joined")
  func padded() {
    #expect(EncodedWords.mended("=?utf-8?B?w6k=?=\n =?UTF-8?b?w6g=?= plain") == "=?utf-8?B?w6nDqA==?= plain")
    #expect(EncodedWords.mended("a =?utf-8?B?w6k=?= =?utf-8?B?w6g=?= b") == "a =?utf-8?B?w6nDqA==?= b")
  }

  @Test("letters beyond ASCII in words that say they are ASCII are kept")
  func notASCII() { #expect(EncodedWords.mended("=?us-ascii?Q?=E9t=E9?=") == "=?windows-1252?Q?=E9t=E9?=") }

  @Test(
    "what reads well stays as it is",
    arguments: [
      "plain", "=?utf-8?B?w6k=?=", "=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "=?utf-8?B?w6k=?= and =?utf-8?B?w6g=?=", "=?x?y",
      "=?utf-8?B?w6k=?= =?iso-8859-1?B?6Q==?=", "a =? b ?= c",
    ])
  func well(_ raw: String) { #expect(EncodedWords.mended(raw) == nil) }

  @Test("a subject in padded words is read whole, an author of several is not mixed up")
  func read() throws {
    let mail = "From: Ann <ann@example.org>\nSubject: =?utf-8?B?w6k=?=\n =?utf-8?B?w6g=?= plain\n\nText.\n"
    let bytes = Array(mail.utf8)
    let headers = bytes.withUnsafeBytes { GMimeMessage($0)?.headers(limit: 10) }
    #expect(headers?.first { $0.name == "subject" }?.value == "éè plain")
  }
}
