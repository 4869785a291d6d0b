import Docket
import Testing

/// Names of files that are no UTF-8, and back.
@Suite struct PathTextTests {
  @Test(
    "every name leads back to its bytes",
    arguments: [
      Array("plain.pdf".utf8), Array("café 😀.pdf".utf8), [0x63, 0xE9], [0xFF, 0xFE], [0xE2, 0x82], [0x80],
      // Characters that stand for bytes are bytes themselves.
      Array("\u{10FFE9}".utf8), [0xF0, 0x9F, 0x98, 0x80, 0xE9, 0x61],
    ])
  func roundTrip(name: [UInt8]) {
    let text = PathText.text(of: name)
    #expect(PathText.systemName(text).dropLast().map { UInt8(bitPattern: $0) } == name)
    #expect(PathText.text(of: name) == text)
  }

  @Test("people see names that are text as they are, and other bytes as a sign of their own")
  func shown() {
    #expect(PathText.shown(PathText.text(of: Array("café".utf8))) == "café")
    #expect(PathText.shown(PathText.text(of: [0x63, 0x61, 0x66, 0xE9])) == "caf\u{FFFD}")
  }
}
