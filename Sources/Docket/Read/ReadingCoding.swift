/// The compact binary form of readings: how they are stored, and how they come out of a worker.
///
/// A stored reading is the magic `DOCKETRD` and a version; a block for each page; a block with everything else; a block
/// with the offsets of all blocks; and the offset of that one with the magic `DOCKETRE`. A block is a length, a CRC-32
/// and its payload. Numbers are little-endian. A page's payload is made of columns: all texts in UTF-8, where each
/// ends, boxes in hundredths of the page's unit, confidences in ten-thousandths, line numbers, who read each word. What
/// two readers read, where that was asked, follows, what else lies on the page, and what else words may be.
///
/// The same reading gives the same bytes; what is read back equals `PageReading.quantised`.
package enum ReadingCoding {
  /// Raised with every change of the form; older versions stay readable.
  package static let version: UInt32 = 3
  static let oldest: UInt32 = 1

  package static func encode(_ page: PageReading) -> [UInt8] {
    var out = ByteWriter()
    out.put(UInt32(clamping: page.number))
    out.put(Quantum.hundredths(page.width))
    out.put(Quantum.hundredths(page.height))
    out.put(page.unit.rawValue)
    out.put(page.source.rawValue)
    out.put(UInt8(Quantum.rotation(page.rotation) / 90))
    put(page.findings, to: &out)
    out.put(UInt32(clamping: page.words.count))
    var end: UInt32 = 0
    out.put(
      column: page.words.map { word in
        end += UInt32(clamping: word.text.utf8.count)
        return end
      })
    for word in page.words { out.put(Array(word.text.utf8)) }
    out.put(column: page.words.lazy.map { Quantum.hundredths($0.x) })
    out.put(column: page.words.lazy.map { Quantum.hundredths($0.y) })
    out.put(column: page.words.lazy.map { Quantum.hundredths($0.width) })
    out.put(column: page.words.lazy.map { Quantum.hundredths($0.height) })
    out.put(column: page.words.lazy.map { Quantum.tenThousandths($0.confidence) })
    out.put(column: page.words.lazy.map(\.line))
    putReaders(of: page, to: &out)
    putNotes(of: page, to: &out)
    putVariants(of: page, to: &out)
    return out.bytes
  }

  /// - Throws: `store-damaged` for whatever `encode` did not make.
  package static func decodePage(_ payload: [UInt8]) throws(DocketError) -> PageReading {
    var input = ByteReader(payload)
    let number = Int(try input.take(UInt32.self))
    let width = Quantum.value(hundredths: try input.take())
    let height = Quantum.value(hundredths: try input.take())
    guard let unit = PageReading.Unit(rawValue: try input.take()),
      let source = PageReading.Source(rawValue: try input.take())
    else { throw ByteReader.damaged("a page's unit or source is unknown") }
    let quarters = try input.take(UInt8.self)
    guard quarters < 4 else { throw ByteReader.damaged("a page is turned by no right angle") }
    let findings = try takeFindings(from: &input)
    let words = try takeWords(from: &input)
    var page = PageReading(
      number: number, width: width, height: height, unit: unit, rotation: Int(quarters) * 90, source: source,
      words: words, findings: findings)
    try takeReaders(into: &page, from: &input)
    try takeNotes(into: &page, from: &input)
    try takeVariants(into: &page, from: &input)
    try input.finish()
    return page
  }

  private static func takeWords(from input: inout ByteReader) throws(DocketError) -> [Word] {
    let count = Int(try input.take(UInt32.self))
    let ends = try input.take(column: count, of: UInt32.self)
    var texts: [String] = []
    texts.reserveCapacity(count)
    var start: UInt32 = 0
    for end in ends {
      guard end >= start else { throw ByteReader.damaged("a word ends before it begins") }
      texts.append(try input.takeText(utf8Count: Int(end - start)))
      start = end
    }
    let x = try input.take(column: count, of: Int32.self)
    let y = try input.take(column: count, of: Int32.self)
    let width = try input.take(column: count, of: Int32.self)
    let height = try input.take(column: count, of: Int32.self)
    let confidence = try input.take(column: count, of: UInt16.self)
    let line = try input.take(column: count, of: Int32.self)
    return (0..<count).map { index in
      Word(
        text: texts[index], x: Quantum.value(hundredths: x[index]), y: Quantum.value(hundredths: y[index]),
        width: Quantum.value(hundredths: width[index]), height: Quantum.value(hundredths: height[index]),
        confidence: Quantum.value(tenThousandths: confidence[index]), line: line[index])
    }
  }

  static func put(_ findings: [Finding], to out: inout ByteWriter) {
    out.put(findings) { out, finding in
      out.put(finding.code)
      out.put(UInt8(Finding.Level.allCases.firstIndex(of: finding.level) ?? 0))
      out.put(finding.message)
      out.put(UInt8(finding.field == nil ? 0 : 1))
      if let field = finding.field { out.put(field) }
    }
  }

  static func takeFindings(from input: inout ByteReader) throws(DocketError) -> [Finding] {
    try input.takeList(smallest: 10) { input throws(DocketError) in
      let code = try input.takeText()
      let level = Int(try input.take(UInt8.self))
      guard level < Finding.Level.allCases.count else { throw ByteReader.damaged("a finding's level is unknown") }
      let message = try input.takeText()
      let field = try input.take(UInt8.self) == 0 ? nil : try input.takeText()
      return Finding(code, Finding.Level.allCases[level], message, field: field)
    }
  }
}

/// How finely places and confidences are kept: the one rule for fresh and recalled readings alike.
package enum Quantum {
  /// Nothing on a page lies further out; up to here a `Float` holds every hundredth apart.
  private static let limit = 100_000.0

  static func hundredths(_ value: Float) -> Int32 {
    guard !value.isNaN else { return 0 }
    return Int32((min(max(Double(value), -limit), limit) * 100).rounded())
  }

  static func value(hundredths: Int32) -> Float { Float(Double(hundredths) / 100) }

  static func tenThousandths(_ value: Float) -> UInt16 {
    value.isNaN ? 0 : UInt16((min(max(Double(value), 0), 1) * 10_000).rounded())
  }

  static func value(tenThousandths: UInt16) -> Float { Float(Double(tenThousandths) / 10_000) }

  static func rotation(_ degrees: Int) -> Int { [0, 90, 180, 270].contains(degrees) ? degrees : 0 }
}

extension Word {
  package var quantised: Word {
    var word = self
    word.x = Quantum.value(hundredths: Quantum.hundredths(x))
    word.y = Quantum.value(hundredths: Quantum.hundredths(y))
    word.width = Quantum.value(hundredths: Quantum.hundredths(width))
    word.height = Quantum.value(hundredths: Quantum.hundredths(height))
    word.confidence = Quantum.value(tenThousandths: Quantum.tenThousandths(confidence))
    if !variants.isEmpty { word.variants = variants.map(\.quantised) }
    return word
  }
}

extension PageReading {
  /// As it comes out of the store or a worker: stages see pages in no other form, so that a recalled reading gives
  /// what a fresh one gave.
  package var quantised: PageReading {
    var page = self
    page.width = Quantum.value(hundredths: Quantum.hundredths(width))
    page.height = Quantum.value(hundredths: Quantum.hundredths(height))
    page.rotation = Quantum.rotation(rotation)
    page.words = words.map(\.quantised)
    page.comparisons = comparisons.map(\.quantised)
    page.notes = notes.map(\.quantised)
    return page
  }
}

extension Reading {
  /// See `PageReading.quantised`.
  package var quantised: Reading {
    guard case .pages(let pages) = content else { return self }
    var reading = self
    reading.content = .pages(pages.map(\.quantised))
    return reading
  }
}
