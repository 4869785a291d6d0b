/// Changes a PDF by an incremental update: objects, a table and a trailer at its end.
struct PDFUpdate {
  private var bytes: [UInt8]
  private let text: String
  private let previous: Int
  private var offsets: [(number: Int, offset: Int)] = []
  private var size: Int
  /// The catalog's number.
  let root: Int
  /// The number of the tree of pages.
  let pages: Int

  /// Nil where the PDF's own table is not as cairo writes it.
  init?(_ pdf: [UInt8]) {
    text = String(decoding: pdf, as: UTF8.self)
    let end = String(decoding: pdf.suffix(2048), as: UTF8.self)
    guard let root = PDFUpdate.number(after: "/Root ", in: end), let size = PDFUpdate.number(after: "/Size ", in: end),
      let previous = PDFUpdate.number(after: "startxref\n", in: end),
      let catalog = text.ranges(of: "\n\(root) 0 obj").first,
      let pages = PDFUpdate.number(after: "/Pages ", in: String(text[catalog.upperBound...].prefix(300)))
    else { return nil }
    bytes = pdf + [0x0A]
    (self.root, self.size, self.previous, self.pages) = (root, size, previous, pages)
  }

  /// A new object; gives its number.
  @discardableResult
  mutating func add(_ body: String) -> Int {
    size += 1
    replace(size - 1, body)
    return size - 1
  }

  mutating func replace(_ number: Int, _ body: String) {
    offsets.append((number, bytes.count))
    bytes += Array("\(number) 0 obj\n\(body)\nendobj\n".utf8)
  }

  /// Adds to the dictionary of every page.
  mutating func addToPages(_ entry: String) {
    for object in text.ranges(of: " 0 obj\n<< /Type /Page ") {
      let rest = text[object.upperBound...]
      guard let start = text[..<object.lowerBound].lastIndex(of: "\n"),
        let number = Int(text[text.index(after: start)..<object.lowerBound]),
        let end = rest.ranges(of: "\nendobj").first
      else { continue }
      replace(number, "<< /Type /Page \(entry) \(rest[..<end.lowerBound].drop { $0 != "\n" })")
    }
  }

  /// - Parameter entry: one more of the trailer's.
  func finished(trailer entry: String = "") -> [UInt8] {
    var table = "xref\n"
    for (number, offset) in offsets {
      let padded = String(repeating: "0", count: 10 - String(offset).count) + String(offset)
      table += "\(number) 1\n\(padded) 00000 n \n"
    }
    table += "trailer\n<< /Size \(size) /Root \(root) 0 R /Prev \(previous)\(entry) >>\n"
    table += "startxref\n\(bytes.count)\n%%EOF\n"
    return bytes + Array(table.utf8)
  }

  private static func number(after key: String, in text: String) -> Int? {
    guard let range = text.ranges(of: key).last else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }
}

/// What is done to finished PDFs.
enum PDFChange {
  /// Puts a file into it, as e-invoices travel.
  static func attaching(_ content: String, named name: String, to pdf: [UInt8]) -> [UInt8]? {
    guard var update = PDFUpdate(pdf) else { return nil }
    let length = content.utf8.count
    let file = update.add(
      "<< /Type /EmbeddedFile /Subtype /text#2Fxml /Length \(length) >>\nstream\n\(content)\nendstream")
    let specification = update.add(
      "<< /Type /Filespec /F (\(name)) /UF (\(name)) /AFRelationship /Alternative /EF << /F \(file) 0 R >> >>")
    update.replace(
      update.root,
      "<< /Type /Catalog /Pages \(update.pages) 0 R /AF [ \(specification) 0 R ] /Names << /EmbeddedFiles << /Names [ (\(name)) \(specification) 0 R ] >> >> >>"
    )
    return update.finished()
  }

  /// Locks it with a password that nobody knows: what stands for the password's check is chance.
  static func locking(_ pdf: [UInt8], _ random: inout SeededGenerator) -> [UInt8]? {
    guard var update = PDFUpdate(pdf) else { return nil }
    func chance(_ count: Int) -> String {
      (0..<count).map { _ in
        let byte = String(random.number(0...255), radix: 16)
        return byte.count < 2 ? "0\(byte)" : byte
      }.joined()
    }
    let lock = update.add(
      "<< /Filter /Standard /V 1 /R 2 /O <\(chance(32))> /U <\(chance(32))> /P -4 >>")
    let id = chance(16)
    return update.finished(trailer: " /Encrypt \(lock) 0 R /ID [ <\(id)> <\(id)> ]")
  }

  /// Signs it, as far as anybody sees who does not verify: the signature's bytes are zeros.
  static func signing(_ pdf: [UInt8]) -> [UInt8]? {
    guard var update = PDFUpdate(pdf) else { return nil }
    let signature = update.add(
      "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [ 0 0 0 0 ] /Contents <00000000> >>"
    )
    let field = update.add(
      "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [ 0 0 0 0 ] /F 132 /V \(signature) 0 R >>")
    update.addToPages("/Annots [ \(field) 0 R ]")
    update.replace(
      update.root,
      "<< /Type /Catalog /Pages \(update.pages) 0 R /AcroForm << /SigFlags 3 /Fields [ \(field) 0 R ] >> >>")
    return update.finished()
  }

  /// Tells viewers to turn its pages a quarter clockwise.
  static func turning(_ pdf: [UInt8]) -> [UInt8]? {
    guard var update = PDFUpdate(pdf) else { return nil }
    update.addToPages("/Rotate 90")
    return update.finished()
  }
}
