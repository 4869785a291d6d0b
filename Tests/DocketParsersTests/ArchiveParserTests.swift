import Docket
import Testing

@testable import DocketParsers

@Suite struct ArchiveParserTests {
  @Test("each file of a ZIP is a member with its own name")
  func zip() throws {
    let bytes = SampleZIP([("orders/one.csv", "a;b;c\n1;2;3\n"), ("two.txt", "second")]).bytes
    let (output, summary) = try read(bytes)
    #expect(summary.mediaType == "application/zip")
    #expect(output.members.map(\.name) == ["one.csv", "two.txt"])
    #expect(output.members.map(\.part.text) == ["member/1", "member/2"])
    #expect(output.members[1].bytes == Array("second".utf8))
    #expect(summary.findings.isEmpty)
  }

  @Test("names cannot leave the archive")
  func traversal() throws {
    let names = ["../../etc/cron.d/evil", "/etc/passwd", "C:\\Windows\\win.ini", "..", "a\nb.txt"]
    let (output, _) = try read(SampleZIP(names.map { ($0, "x") }).bytes)
    #expect(output.members.map(\.name) == ["evil", "passwd", "win.ini", "member-4", "a b.txt"])
  }

  @Test("names in an old code page are read")
  func codePage() throws {
    let (output, _) = try read(SampleZIP(raw: [(Array("M".utf8) + [0x81] + Array("ller.txt".utf8), "x")]).bytes)
    #expect(output.members.map(\.name) == ["Müller.txt"])
  }

  @Test("a TAR in XZ gives its files; links and folders are left out")
  func tar() throws {
    let (output, summary) = try read(Base64Text.decode(Self.tarInXZ.utf8))
    #expect(output.members.map(\.name) == ["evil", "Rechnung Ä.txt"])
    #expect(summary.findings.map(\.code) == ["archive-links-left-out"])
  }

  @Test("a TAR in bzip2 is read too")
  func bzip() throws {
    let (output, _) = try read(Base64Text.decode(Self.tarInBzip.utf8))
    #expect(output.members.map(\.name) == ["evil", "Rechnung Ä.txt"])
  }

  @Test("a single compressed file is one member, named without the ending")
  func gzip() throws {
    let bytes = Base64Text.decode("H4sIAAAAAAACA0u0TuIytDbiAgDOEIexCAAAAA==".utf8)
    let (output, _) = try read(bytes, name: "list.csv.gz")
    #expect(output.members.map(\.name) == ["list.csv"])
    #expect(output.members[0].bytes == Array("a;b\n1;2\n".utf8))
  }

  @Test("7z is read")
  func sevenZip() throws {
    let (output, _) = try read(Base64Text.decode(Self.sevenZip.utf8))
    #expect(output.members.map(\.name) == ["one.txt", "two.txt"])
    #expect(output.members.last?.bytes == Array("second\n".utf8))
  }

  @Test("a password is told with a code")
  func encrypted() { #expect(code(reading: Base64Text.decode(Self.locked.utf8)) == .archiveEncrypted) }

  @Test("of a damaged archive what is whole is given, and the rest is told")
  func cutOff() throws {
    let whole = SampleZIP([("one.txt", "first"), ("two.txt", String(repeating: "second ", count: 40))]).bytes
    let (output, summary) = try read(Array(whole.prefix(120)))
    #expect(output.members.map(\.name) == ["one.txt"])
    #expect(summary.findings.contains { $0.level == .warning && $0.code.hasPrefix("archive-") })
  }

  @Test("an archive with nothing in it that can be read fails")
  func damaged() {
    #expect(code(reading: [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]) == .archiveDamaged)
    #expect(code(reading: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]) == .archiveDamaged)
  }

  @Test("what unpacks to more than is allowed fails, in bytes and in parts")
  func limits() {
    let bytes = SampleZIP((0..<20).map { ("\($0).txt", String(repeating: "x", count: 100)) }).bytes
    var settings = ReadSettings()
    settings.limits.parts = 19
    #expect(code(reading: bytes, settings: settings) == .tooManyParts)
    settings = ReadSettings()
    settings.limits.bytes = 5000
    #expect(code(reading: bytes, settings: settings) == nil)
    // A few bytes that unpack to five megabytes.
    #expect(code(reading: Base64Text.decode(Self.bomb.utf8), settings: settings) == .tooManyBytes)
  }

  @Test("what file managers leave behind is no document")
  func systemFiles() throws {
    let names = ["__MACOSX/._a.pdf", "photos/Thumbs.db", ".DS_Store", "a.txt"]
    let (output, summary) = try read(SampleZIP(names.map { ($0, "x") }).bytes)
    #expect(output.members.map(\.name) == ["a.txt"])
    #expect(summary.findings.map(\.code) == ["archive-system-files-left-out"])
  }

  @Test("office documents are told from archives")
  func office() {
    let types = [
      ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
      ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
      ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
      ("other/a.xml", "application/zip"),
    ]
    for (part, type) in types {
      let bytes = SampleZIP([("[Content_Types].xml", "<Types/>"), (part, "<a/>")]).bytes
      #expect(bytes.withUnsafeBytes { MediaType.of($0) } == type)
      // As a stream writes it, cut off before its directory.
      let start = Array(bytes.prefix(bytes.count - 22))
      #expect(start.withUnsafeBytes { MediaType.of($0) } == type)
    }
    let text = SampleZIP([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]).bytes
    #expect(text.withUnsafeBytes { MediaType.of($0) } == "application/vnd.oasis.opendocument.text")
  }

  private static let tarInXZ = """
    /Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/APBdABdguhCNKBlQspqXMqqSi0za5+8Ar/MVtr3ZCyG4y9CEQ9isiSNB1zyS7NG6Kczk+r5A\
    wg4g8LUIQb8fGgX+Q1nCWfjO4vdB/tpKE9h6IRADLp2tS7U9lOQmQ93OTvqgaW+xiGDwXs5mVi/429M0teyGpaquOOQ/zCRX/Nt2ehH5ZrhK\
    6SbwDmi8Zeacje4xMoS40ipNixkKsr/Qmufjff5vG3RynGXrJ0C20BdZ5RVvWS0ETlt1z5XnqOdIO6q3kSQ2V3QNOGuyQh1CuhnZ1sW3rcJI\
    pfjefD27kzq97uQKlzLoKYW3ji+34eXpGyQeAACbHRH2liF8zgABjAKAUAAAlcsCUbHEZ/sCAAAAAARZWg==
    """
  private static let tarInBzip = """
    QlpoOTFBWSZTWRiESnAAAIBfxcqUQAH/wsBJUiR/79/ABAAIACAADAgwANjbGehNJhNDAJgRgAABoGpNNE9NCZMCaaMjTAAJoGCRQqekeU0e\
    UzTUwmmgyG9UGQY1L/bd9a8M/2st6IA11JpIhUhJF1uPBbhRkLGMRig6BopClCQ0Is3zkh5oQux5b4Q3aeFklMme8be6OoxCSrQxAtmzbPbQ\
    gWapnP3wIN6xkot1OKmxVZAPFQBjnQAmqoVGfDpScWpMmBSE2uzoIEfBkcGBQGaGLHJ4PxxPAfJwUH/AyBd+ebKiGArYGL6hbZA4QveRCUoj\
    pGiRK4rXI5M5qKcGQvjqSA/xdyRThQkBiESnAA==
    """
  private static let sevenZip = """
    N3q8ryccAAM4ZYaHcQAAAAAAAAAgAAAAAAAAANVDtsUAMxpKrAxyGXNOKPkifoO5kIeP/8cWAAAAAIEzB64Pz4CuDA/r6p4BDWIDjdNMQj8O\
    b0jWU+Mg2kRNWDIDHUcPI/jvOlAe6skXeIR0REzoi9zmi+jm88QeUGVO9IaarvujbKwOT7bGrYXN9V//2eXAABcGGAEJWQAHCwEAASMDAQEF\
    XQAAgAAMYgoBuZfydAAA
    """
  private static let locked = """
    UEsDBAoACQAAAKkYfF2GphA2EQAAAAUAAAAFABwAYS50eHRVVAkAA+1ECmvtRAprdXgLAAEEAAAAAAQAAAAAb9k5PQTqRq/T7LrJjxNbMjlQ\
    SwcIhqYQNhEAAAAFAAAAUEsBAh4DCgAJAAAAqRh8XYamEDYRAAAABQAAAAUAGAAAAAAAAQAAAKSBAAAAAGEudHh0VVQFAAPtRAprdXgLAAEE\
    AAAAAAQAAAAAUEsFBgAAAAABAAEASwAAAGAAAAAAAA==
    """
  /// Five megabytes of one letter.
  private static let bomb = "QlpoOTFBWSZTWbnolkUAJkuAgoBACAAACCAAMMwFKaapEUbAoijxdyRThQkLnolkUA=="
}
