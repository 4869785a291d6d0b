import Docket
import Testing

@Suite struct ReadingCodingTests {
  @Test("a reading read back equals its quantised self, and its bytes are the same every time")
  func roundTrip() throws {
    for reading in Examples.all {
      let bytes = reading.stored
      let back = try StoredReading(bytes).whole()
      #expect(back == reading.quantised)
      #expect(back.stored == bytes)
      #expect(reading.quantised.quantised == reading.quantised)
    }
  }

  @Test("reads one page without the others")
  func onePage() throws {
    let stored = try StoredReading(Examples.pages.stored)
    #expect(stored.pageCount == 2)
    #expect(try stored.page(2) == Examples.pages.pages[1].quantised)
    #expect(throws: DocketError.self) { try stored.page(3) }
    #expect(throws: DocketError.self) { try stored.page(0) }
  }

  @Test("who read each word is kept, and what two readers read; pages of the first version have neither")
  func readers() throws {
    var page = Examples.pages.pages[0]
    page.words[0].reader = .both
    page.words[2].reader = .lines
    page.comparisons = [
      ReadingComparison(
        tesseract: .init(text: "1O", score: 0.5, segmentScore: 0.61234),
        lines: .init(text: "10", score: 1, segmentScore: 0),
        chosen: .lines, confidence: 0.77, x: 1.234, y: -2, width: 3, height: 4),
      ReadingComparison(
        tesseract: nil, lines: nil, chosen: nil, confidence: 0, x: 0, y: 0, width: 0, height: 0),
    ]
    let bytes = ReadingCoding.encode(page)
    #expect(try ReadingCoding.decodePage(bytes) == page.quantised)
    let plain = ReadingCoding.encode(Examples.pages.pages[0])
    // A flag and two empty lists: what the first version did not write.
    #expect(try ReadingCoding.decodePage(Array(plain.dropLast(9))) == Examples.pages.pages[0].quantised)
    #expect(try ReadingCoding.decodePage(Array(plain.dropLast(4))) == Examples.pages.pages[0].quantised)
    var stranger = plain
    stranger[plain.count - 9] = 1
    #expect(throws: DocketError.self) { try ReadingCoding.decodePage(stranger) }
  }

  @Test("stored readings of the first version are read")
  func firstVersion() throws {
    var bytes = Examples.tree.stored
    #expect(bytes[8] == 3)
    for older in [1, 2] as [UInt8] {
      bytes[8] = older
      #expect(try StoredReading(bytes).whole() == Examples.tree)
    }
    bytes[8] = 9
    #expect(throws: DocketError.self) { try StoredReading(bytes) }
  }

  @Test("places are kept to hundredths, confidences to ten-thousandths, and odd numbers are tamed")
  func quanta() {
    let word = Word(text: "a", x: 1.23456, y: -.infinity, width: .nan, height: 1e30, confidence: 0.97)
    let kept = word.quantised
    #expect(kept.x == 1.23)
    #expect(kept.y == -100_000)
    #expect(kept.width == 0)
    #expect(kept.height == 100_000)
    #expect(kept.confidence == 0.97)
    for hundredth in stride(from: Int32(-10_000_000), through: 10_000_000, by: 997) {
      let place = Word(text: "", x: Float(Double(hundredth) / 100), y: 0, width: 0, height: 0).quantised
      #expect(place == place.quantised)
    }
  }

  @Test("every turned bit is noticed, every cut throws, none of it traps")
  func damage() throws {
    let bytes = Examples.pages.stored
    // The eighth byte is the version: an older one is no damage.
    for at in bytes.indices where at != 8 {
      var bad = bytes
      bad[at] ^= UInt8(1 << (at % 8))
      #expect(throws: DocketError.self) { try StoredReading(bad).whole() }
    }
    for count in bytes.indices {
      #expect(throws: DocketError.self) { try StoredReading(Array(bytes.prefix(count))).whole() }
    }
  }

  @Test("payloads from a stranger are refused or decoded, never trapped on")
  func hostilePayloads() {
    var random = Dice(seed: 7)
    let page = ReadingCoding.encode(Examples.pages.pages[0])
    let noted = ReadingCoding.encode(Examples.noted.pages[0])
    let varied = ReadingCoding.encode(Examples.varied.pages[0])
    let stored = Examples.tree
    let summary = ReadingCoding.encode(
      ReadingSummary(mediaType: "x", content: stored.content, embedded: Examples.pages.embedded),
      members: Examples.pages.members)
    for _ in 0..<20_000 {
      var bad = [page, noted, varied, summary][Int(random.next() % 4)]
      for _ in 0...random.next() % 4 { bad[random.next() % bad.count] = UInt8(truncatingIfNeeded: random.next()) }
      if random.next() % 8 == 0 { bad.removeLast(random.next() % bad.count) }
      _ = try? ReadingCoding.decodePage(bad)
      _ = try? ReadingCoding.decodeSummary(bad)
    }
  }

  @Test("a tree too deep for the stack is refused")
  func deepTree() {
    var node = TreeNode(name: "a")
    for _ in 0..<600 { node = TreeNode(name: "a", children: [node]) }
    #expect(throws: DocketError.self) {
      try StoredReading(Reading(mediaType: "application/xml", content: .tree(node)).stored)
    }
  }

  @Test("the checksum is zlib's CRC-32")
  func checksum() {
    #expect(Checksum32.of(Array("123456789".utf8)) == 0xCBF4_3926)
  }
}

/// A small generator of numbers with a fixed course.
private struct Dice {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33)
  }
}

private enum Examples {
  static let node = TreeNode(
    name: "Invoice", namespace: "urn:x", attributes: [.init(name: "id", value: "1")], text: "",
    children: [TreeNode(name: "Total", text: "12,50 €"), TreeNode(name: "Leer")])
  static let pages = Reading(
    mediaType: "application/pdf",
    content: .pages([
      PageReading(
        number: 1, width: 595.276, height: 841.89, unit: .point, source: .layer,
        words: [
          Word(text: "Größe", x: 72.004, y: 99.996, width: 30.1, height: 11.3, line: 0),
          Word(text: "", x: 0, y: 0, width: 0, height: 0, confidence: 0.123456, line: -1),
          Word(text: "👩‍👩‍👧 e\u{301}", x: -3, y: 4, width: 5, height: 6, confidence: 0, line: 2_000_000),
        ], findings: [Finding("odd-page", .warning, "The page is odd.", field: "seller.name")]),
      PageReading(number: 2, width: 2480, height: 3508, unit: .pixel, rotation: 270, source: .ocrOverBadLayer),
    ]),
    embedded: [EmbeddedTree(name: "factur-x.xml", part: PartPath("attachment/1"), root: node)],
    members: [
      Member(part: PartPath("attachment/1"), name: "factur-x.xml", digest: ContentDigest(of: "x"), byteCount: 1)
    ],
    findings: [Finding("pdf-repaired", .note, "The file was repaired.")])
  static let tree = Reading(mediaType: "application/xml", content: .tree(node))
  static let table = Reading(
    mediaType: "text/csv", content: .table(TableReading(rows: [["a", ""], [], ["ü"]])))

  static let workbook = Reading(
    mediaType: "text/csv",
    content: .table(TableReading(sheets: [.init(name: "Mai", rows: [["1"]]), .init(name: "", rows: [])])))

  static let tables = Reading(
    mediaType: "text/html",
    content: .text(TextReading(text: "a\n1\t2\n", tables: [TextTable(rows: [[2..<3, 4..<5]]), TextTable(rows: [])])))
  static let text = Reading(
    mediaType: "message/rfc822",
    content: .text(TextReading(headers: [.init(name: "subject", value: "Hi")], text: "Body\n")))
  /// A page with what it holds besides words.
  static let noted = {
    var page = PageReading(number: 1, width: 10, height: 20, unit: .point, source: .layer)
    page.notes = [
      PageNote(kind: .link, text: "https://mill.example/pay?no=1", x: 1.006, y: 2, width: 3, height: 4),
      PageNote(kind: .comment, text: "größer?", x: -1, y: .nan, width: 0, height: 0),
    ]
    return Reading(mediaType: "application/pdf", content: .pages([page]))
  }()
  /// Words that may be others.
  static let varied = {
    var page = PageReading(number: 1, width: 10, height: 20, unit: .pixel, source: .ocr)
    page.words = [
      Word(text: "Total", x: 0, y: 0, width: 4, height: 1), Word(text: "2.25", x: 5, y: 0, width: 4, height: 1),
    ]
    page.words[1].variants = [
      WordVariant(text: "22.25", probability: 0.123456), WordVariant(text: "2.2S", probability: .nan),
    ]
    return Reading(mediaType: "image/png", content: .pages([page]))
  }()
  static let all = [pages, noted, varied, tree, table, workbook, text, tables, nothing]
  static let nothing = Reading(mediaType: "application/pdf", content: .pages([]))
}
