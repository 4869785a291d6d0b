/// A PDF whose pages are pictures, as scanners make them; under each may lie a text that nobody sees.
struct PicturePDF {
  /// Dots per inch.
  let resolution: Int
  /// Lines of the hidden text, in Latin-1, top to bottom.
  var hidden: [[UInt8]] = []

  func bytes(_ pages: [Pixels]) -> [UInt8] {
    var objects: [[UInt8]] = [
      Array("<< /Type /Catalog /Pages 2 0 R >>".utf8), [],
      Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".utf8),
    ]
    var kids: [Int] = []
    for page in pages {
      let number = objects.count + 1
      kids.append(number)
      let width = page.width * 72 / resolution
      let height = page.height * 72 / resolution
      let resources = "/XObject << /I \(number + 2) 0 R >> /Font << /F 3 0 R >>"
      objects.append(
        Array(
          "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 \(width) \(height) ] /Contents \(number + 1) 0 R /Resources << \(resources) >> >>"
            .utf8))
      let picture = Array("q \(width) 0 0 \(height) 0 0 cm /I Do Q\n".utf8)
      objects.append(PicturePDF.stream(entries: "", picture + hiddenText(top: height - 60)))
      let packed = page.packedForFax()
      let entries =
        "/Type /XObject /Subtype /Image /Width \(page.width) /Height \(page.height) /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns \(page.width) /Rows \(page.height) /BlackIs1 \(packed.isBlackOne) >> "
      objects.append(PicturePDF.stream(entries: entries, packed.bytes))
    }
    let list = kids.map { "\($0) 0 R" }.joined(separator: " ")
    objects[1] = Array("<< /Type /Pages /Kids [ \(list) ] /Count \(kids.count) >>".utf8)
    return PicturePDF.file(objects)
  }

  /// Text mode 3 paints nothing.
  private func hiddenText(top: Int) -> [UInt8] {
    guard !hidden.isEmpty else { return [] }
    var out = Array("BT /F 10 Tf 3 Tr 14 TL 50 \(top) Td\n".utf8)
    for line in hidden {
      let digits = line.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      out += Array("<\(digits)> Tj T*\n".utf8)
    }
    return out + Array("ET\n".utf8)
  }

  private static func stream(entries: String, _ content: [UInt8]) -> [UInt8] {
    Array("<< \(entries)/Length \(content.count) >>\nstream\n".utf8) + content + Array("\nendstream".utf8)
  }

  private static func file(_ objects: [[UInt8]]) -> [UInt8] {
    var out = Array("%PDF-1.5\n".utf8)
    var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for (index, body) in objects.enumerated() {
      table += String(repeating: "0", count: 10 - String(out.count).count) + "\(out.count) 00000 n \n"
      out += Array("\(index + 1) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
    }
    table += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(out.count)\n%%EOF\n"
    return out + Array(table.utf8)
  }
}
