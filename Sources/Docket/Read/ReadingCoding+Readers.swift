/// Who read what, at the end of a page's block: nothing in the first version of the form.
extension ReadingCoding {
  static func putReaders(of page: PageReading, to out: inout ByteWriter) {
    let isMarked = page.words.contains { $0.reader != nil }
    out.put(UInt8(isMarked ? 1 : 0))
    if isMarked { out.put(column: page.words.lazy.map { $0.reader?.rawValue ?? 0 }) }
    out.put(page.comparisons) { out, place in
      put(place.tesseract, to: &out)
      put(place.lines, to: &out)
      out.put(place.chosen?.rawValue ?? 0)
      out.put(Quantum.tenThousandths(place.confidence))
      for side in [place.x, place.y, place.width, place.height] { out.put(Quantum.hundredths(side)) }
    }
  }

  static func takeReaders(into page: inout PageReading, from input: inout ByteReader) throws(DocketError) {
    guard input.remaining > 0 else { return }
    if try input.take(UInt8.self) != 0 {
      let readers = try input.take(column: page.words.count, of: UInt8.self)
      for (index, raw) in readers.enumerated() { page.words[index].reader = try reader(raw) }
    }
    page.comparisons = try input.takeList(smallest: 21) { input throws(DocketError) in
      ReadingComparison(
        tesseract: try takeText(from: &input), lines: try takeText(from: &input), chosen: try reader(input.take()),
        confidence: Quantum.value(tenThousandths: try input.take()), x: Quantum.value(hundredths: try input.take()),
        y: Quantum.value(hundredths: try input.take()), width: Quantum.value(hundredths: try input.take()),
        height: Quantum.value(hundredths: try input.take()))
    }
  }

  private static func reader(_ raw: UInt8) throws(DocketError) -> WordReader? {
    guard raw != 0 else { return nil }
    guard let reader = WordReader(rawValue: raw) else { throw ByteReader.damaged("a word's reader is unknown") }
    return reader
  }

  private static func put(_ text: ReadingComparison.Text?, to out: inout ByteWriter) {
    out.put(UInt8(text == nil ? 0 : 1))
    guard let text else { return }
    out.put(text.text)
    out.put(Quantum.tenThousandths(text.score))
    out.put(Quantum.tenThousandths(text.segmentScore))
  }

  private static func takeText(from input: inout ByteReader) throws(DocketError) -> ReadingComparison.Text? {
    guard try input.take(UInt8.self) != 0 else { return nil }
    return ReadingComparison.Text(
      text: try input.takeText(), score: Quantum.value(tenThousandths: try input.take()),
      segmentScore: Quantum.value(tenThousandths: try input.take()))
  }
}

extension ReadingComparison {
  var quantised: ReadingComparison {
    func rounded(_ text: Text?) -> Text? {
      text.map {
        Text(
          text: $0.text, score: Quantum.value(tenThousandths: Quantum.tenThousandths($0.score)),
          segmentScore: Quantum.value(tenThousandths: Quantum.tenThousandths($0.segmentScore)))
      }
    }
    func rounded(_ length: Float) -> Float { Quantum.value(hundredths: Quantum.hundredths(length)) }
    return ReadingComparison(
      tesseract: rounded(tesseract), lines: rounded(lines), chosen: chosen,
      confidence: Quantum.value(tenThousandths: Quantum.tenThousandths(confidence)), x: rounded(x), y: rounded(y),
      width: rounded(width), height: rounded(height))
  }
}
