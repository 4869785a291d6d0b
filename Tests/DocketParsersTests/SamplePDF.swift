@testable import DocketParsers

/// PDFs written by hand, so that each test says exactly what is odd about its file.
struct SamplePDF {
  struct Page {
    /// Drawing operators.
    var content: String
    var mediaBox = "0 0 300 400"
    var cropBox: String?
    var rotation = 0
    /// Painted over the whole media box, under the content.
    var picture: GreyPicture?
    /// Dictionaries of what lies on the page: fields, notes.
    var annotations: [String] = []
  }

  var pages: [Page]
  /// Maps the letters of the font to other scalars, as a font without true names does.
  var unicodeMap: String?
  var attachments: [(name: String, bytes: [UInt8])] = []
  /// How the attachments' bytes are said to be packed.
  var attachmentFilter: String?
  var isEncrypted = false
  /// What lies on the pages is also its form.
  var hasForm = false

  init(_ pages: Page...) { self.pages = pages }

  /// A line of Helvetica, 24 points, with its baseline's start at a point counted from the bottom left.
  static func line(_ text: String, x: Int, y: Int) -> String { "BT /F 24 Tf 1 0 0 1 \(x) \(y) Tm (\(text)) Tj ET\n" }

  /// Every letter of the font as a scalar of the private use area.
  static let privateUse = """
    /CIDInit /ProcSet findresource begin 12 dict begin begincmap
    1 begincodespacerange <00> <FF> endcodespacerange
    1 beginbfrange <20> <7E> <E020> endbfrange
    endcmap end end
    """

  var bytes: [UInt8] {
    var objects: [[UInt8]] = []
    func add(_ body: String) -> Int {
      objects.append(Array(body.utf8))
      return objects.count
    }
    func add(stream: [UInt8], _ dictionary: String = "") -> Int {
      objects.append(
        Array("<< \(dictionary) /Length \(stream.count) >>\nstream\n".utf8) + stream + Array("\nendstream".utf8))
      return objects.count
    }
    let catalog = add("")
    let tree = add("")
    let map = unicodeMap.map { "/ToUnicode \(add(stream: Array($0.utf8))) 0 R" } ?? ""
    let font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding \(map) >>")
    var fields: [String] = []
    let kids = pages.map { page in
      var content = page.content
      var resources = "/Font << /F \(font) 0 R >>"
      if let picture = page.picture {
        let sides = page.mediaBox.split(separator: " ")
        let image = add(
          stream: picture.pixels,
          "/Type /XObject /Subtype /Image /Width \(picture.width) /Height \(picture.height)"
            + " /ColorSpace /DeviceGray /BitsPerComponent 8")
        resources += " /XObject << /P \(image) 0 R >>"
        content = "q \(sides[2]) 0 0 \(sides[3]) 0 0 cm /P Do Q\n" + content
      }
      let drawn = add(stream: Array(content.utf8))
      let crop = page.cropBox.map { "/CropBox [\($0)]" } ?? ""
      let lying = page.annotations.map { "\(add("<< /Type /Annot /F 4 \($0) >>")) 0 R" }
      let annotations = lying.joined(separator: " ")
      fields += lying
      return add(
        "<< /Type /Page /Parent \(tree) 0 R /Annots [\(annotations)] /MediaBox [\(page.mediaBox)] \(crop) /Rotate \(page.rotation)"
          + " /Resources << \(resources) >> /Contents \(drawn) 0 R >>")
    }
    let files = attachments.map { file in
      let filter = attachmentFilter.map { "/Filter \($0)" } ?? ""
      let stream = add(stream: file.bytes, "/Type /EmbeddedFile \(filter)")
      return "(\(file.name)) << /Type /Filespec /F (\(file.name)) /EF << /F \(stream) 0 R >> >>"
    }
    let names = files.isEmpty ? "" : "/Names << /EmbeddedFiles << /Names [\(files.joined(separator: " "))] >> >>"
    let form = hasForm ? "/AcroForm << /SigFlags 3 /Fields [\(fields.joined(separator: " "))] >>" : ""
    objects[catalog - 1] = Array("<< /Type /Catalog /Pages \(tree) 0 R \(names) \(form) >>".utf8)
    let list = kids.map { "\($0) 0 R" }.joined(separator: " ")
    objects[tree - 1] = Array("<< /Type /Pages /Count \(kids.count) /Kids [\(list)] >>".utf8)
    return file(objects, catalog: catalog)
  }

  private func file(_ objects: [[UInt8]], catalog: Int) -> [UInt8] {
    var out = Array("%PDF-1.4\n".utf8)
    var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for (index, object) in objects.enumerated() {
      let digits = String(out.count)
      table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
      out += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = out.count
    // A password that nobody knows: its keys fit no password, the empty one included.
    let key = String(repeating: "41", count: 32)
    let id = String(repeating: "42", count: 16)
    let encryption =
      isEncrypted
      ? "/Encrypt << /Filter /Standard /V 1 /R 2 /O <\(key)> /U <\(key)> /P -4 >> /ID [<\(id)> <\(id)>]" : ""
    let trailer = "trailer\n<< /Size \(objects.count + 1) /Root \(catalog) 0 R \(encryption) >>\n"
    return out + Array((table + trailer + "startxref\n\(start)\n%%EOF\n").utf8)
  }
}
