/// Puts a file into a PDF by an incremental update: four objects and a new catalog at the end.
enum PDFAttachment {
  static func adding(_ content: String, named name: String, to pdf: [UInt8]) -> [UInt8]? {
    let text = String(decoding: pdf.suffix(2048), as: UTF8.self)
    guard let root = number(after: "/Root ", in: text), let size = number(after: "/Size ", in: text),
      let previous = number(after: "startxref\n", in: text), let pages = pagesReference(pdf, root)
    else { return nil }
    var out = pdf
    var offsets: [(Int, Int)] = []
    func add(_ number: Int, _ body: String) {
      offsets.append((number, out.count))
      out += Array("\(number) 0 obj\n\(body)\nendobj\n".utf8)
    }
    out.append(0x0A)
    let bytes = Array(content.utf8)
    add(size, "<< /Type /EmbeddedFile /Subtype /text#2Fxml /Length \(bytes.count) >>\nstream\n\(content)\nendstream")
    add(
      size + 1, "<< /Type /Filespec /F (\(name)) /UF (\(name)) /AFRelationship /Alternative /EF << /F \(size) 0 R >> >>"
    )
    add(
      root,
      "<< /Type /Catalog /Pages \(pages) 0 R /AF [ \(size + 1) 0 R ] /Names << /EmbeddedFiles << /Names [ (\(name)) \(size + 1) 0 R ] >> >> >>"
    )
    let start = out.count
    var table = "xref\n"
    for (number, offset) in offsets {
      let padded = String(repeating: "0", count: 10 - String(offset).count) + String(offset)
      table += "\(number) 1\n\(padded) 00000 n \n"
    }
    table += "trailer\n<< /Size \(size + 2) /Root \(root) 0 R /Prev \(previous) >>\nstartxref\n\(start)\n%%EOF\n"
    return out + Array(table.utf8)
  }

  private static func number(after key: String, in text: String) -> Int? {
    guard let range = text.ranges(of: key).last else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }

  private static func pagesReference(_ pdf: [UInt8], _ root: Int) -> Int? {
    let text = String(decoding: pdf, as: UTF8.self)
    guard let object = text.range(of: "\n\(root) 0 obj") else { return nil }
    return number(after: "/Pages ", in: String(text[object.upperBound...].prefix(300)))
  }
}

extension StringProtocol {
  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
