import CMagic

/// What a document is, by its content. Own looks at the first bytes come first: they are exact where libmagic
/// guesses (it takes every third mail for a C source), and cost nothing.
package enum MediaType {
  package static let pdf = "application/pdf"
  package static let jpeg = "image/jpeg"
  package static let png = "image/png"
  package static let tiff = "image/tiff"
  package static let mail = "message/rfc822"
  package static let mailbox = "application/mbox"
  package static let xml = "application/xml"
  package static let html = "text/html"
  package static let plain = "text/plain"
  package static let csv = "text/csv"
  package static let rtf = "text/rtf"
  package static let calendar = "text/calendar"
  package static let zip = "application/zip"
  package static let compound = "application/x-ole-storage"
  package static let outlook = "application/vnd.ms-outlook"
  package static let tnef = "application/vnd.ms-tnef"
  /// Signed or encrypted by CMS, also called PKCS #7.
  package static let cms = "application/pkcs7-mime"
  package static let pgp = "application/pgp-encrypted"
  package static let archives: Set<String> = [
    zip, "application/x-tar", "application/x-7z-compressed", "application/vnd.rar", "application/vnd.ms-cab-compressed",
  ]
  /// One file, compressed; a TAR in most cases.
  package static let compressed: Set<String> = [
    "application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd", "application/x-compress",
  ]
  /// Words from outside: `docket/text/1`.
  package static let words = "application/vnd.docket.text+json"
  /// Words from other programs: https://kba.github.io/hocr-spec, http://www.loc.gov/standards/alto.
  package static let hocr = "text/vnd.hocr+html"
  package static let alto = "application/alto+xml"
  package static let json = "application/json"
  package static let heic = "image/heic"
  package static let avif = "image/avif"
  package static let jp2 = "image/jp2"

  /// Raised whenever the same bytes may be taken for something else than before.
  package static var version: String { "4 libmagic \(magic_version())" }

  /// - Parameter name: a last hint, for bytes that could be several things.
  package static func of(_ bytes: UnsafeRawBufferPointer, name: String = "") -> String {
    if let type = bySignature(bytes) { return type }
    let text = TextStart(bytes)
    if let type = byText(text, bytes: bytes, name: name) { return type }
    let guess = Magic.mediaType(of: bytes) ?? (text.isText ? plain : "application/octet-stream")
    return synonyms[guess] ?? guess
  }

  /// What libmagic calls otherwise.
  private static let synonyms = ["application/x-rar": "application/vnd.rar", "application/x-gtar": "application/x-tar"]

  private static let signatures: [(offset: Int, bytes: [UInt8], type: String)] = [
    (0, [0xFF, 0xD8, 0xFF], jpeg),
    (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png),
    (0, [0x49, 0x49, 0x2A, 0x00], tiff), (0, [0x4D, 0x4D, 0x00, 0x2A], tiff),
    (0, [0x49, 0x49, 0x2B, 0x00], tiff), (0, [0x4D, 0x4D, 0x00, 0x2B], tiff),
    (0, Array("GIF8".utf8), "image/gif"),
    (8, Array("WEBP".utf8), "image/webp"),
    (0, CompoundFile.signature, compound),
    (0, [0x78, 0x9F, 0x3E, 0x22], tnef),
    (0, Array("!BDN".utf8), "application/vnd.ms-outlook-pst"),
    (0, [0x50, 0x4B, 0x03, 0x04], zip), (0, [0x50, 0x4B, 0x05, 0x06], zip),
    (0, [0x1F, 0x8B, 0x08], "application/gzip"), (0, [0x1F, 0x9D], "application/x-compress"),
    (0, Array("BZh".utf8), "application/x-bzip2"), (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "application/x-xz"),
    (0, [0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
    (0, Array("Rar!\u{1A}\u{07}".utf8), "application/vnd.rar"), (257, Array("ustar".utf8), "application/x-tar"),
    (0, Array("MSCF\0\0\0\0".utf8), "application/vnd.ms-cab-compressed"),
    (0, [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], jp2),
  ]

  private static func bySignature(_ bytes: UnsafeRawBufferPointer) -> String? {
    for signature in signatures where bytes.has(signature.bytes, at: signature.offset) {
      switch signature.type {
      case zip: return ZIPNames(bytes).mediaType
      case compound: return CompoundFile.mediaType(bytes)
      default: return signature.type
      }
    }
    if CMSContent.begins(bytes) { return cms }
    if let type = isoMedia(bytes) ?? portableMap(bytes) { return type }
    // Readers accept a PDF whose header stands anywhere in the first kilobyte.
    if bytes.prefix(1024).firstRange(of: "%PDF-") != nil { return isMail(before: bytes) ? nil : pdf }
    return nil
  }

  /// Pictures in the container that films use; its first box says which.
  private static func isoMedia(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.has(Array("ftyp".utf8), at: 4), bytes.count >= 24 else { return nil }
    let brands = stride(from: 8, to: min(bytes.count - 4, 64), by: 4).map {
      String(decoding: bytes[$0..<$0 + 4], as: UTF8.self)
    }
    if brands.contains(where: { ["avif", "avis"].contains($0) }) { return avif }
    return brands.contains { ["heic", "heix", "heim", "heis", "mif1", "hevc"].contains($0) } ? heic : nil
  }

  /// Netpbm's binary forms: their headers are text, and white pixels are letters in Latin-1.
  private static func portableMap(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.count > 8, bytes[0] == UInt8(ascii: "P") else { return nil }
    guard [0x20, 0x09, 0x0A, 0x0D].contains(bytes[2]) else { return nil }
    guard bytes[3] == UInt8(ascii: "#") || (0x30...0x39).contains(bytes[3]) else { return nil }
    switch bytes[1] {
    case UInt8(ascii: "4"): return "image/x-portable-bitmap"
    case UInt8(ascii: "5"): return "image/x-portable-graymap"
    case UInt8(ascii: "6"): return "image/x-portable-pixmap"
    default: return nil
    }
  }

  /// A mail may well hold a PDF's header within its first kilobyte.
  private static func isMail(before bytes: UnsafeRawBufferPointer) -> Bool {
    !bytes.has(Array("%PDF-".utf8), at: 0) && MailStart(TextStart(bytes).scalars).isMail
  }

  private static func byText(_ text: TextStart, bytes: UnsafeRawBufferPointer, name: String) -> String? {
    // Some PDFs have lost their header; their objects still stand there.
    let start = bytes.prefix(65_536)
    if start.firstRange(of: "endobj") != nil, start.firstRange(of: " obj") != nil, !MailStart(text.scalars).isMail {
      return pdf
    }
    // A mail may hold bytes that no text has; its header tells it all the same.
    guard text.isText else { return MailStart(text.scalars).isCertain ? mail : nil }
    if let type = byMarkup(text) ?? byFirstLine(text, name: name) { return type }
    let mail = MailStart(text.scalars)
    let lowered = name.lowercased()
    if mail.isMail || lowered.hasSuffix(".eml") { return mail.isMailbox(bytes) ? mailbox : MediaType.mail }
    if lowered.hasSuffix(".mbox"), mail.hasEnvelope { return mailbox }
    let isNamedTable = [".csv", ".tsv", ".tab"].contains { lowered.hasSuffix($0) }
    return TableDialect.isTable(text, isNamed: isNamedTable) ? csv : plain
  }

  private static func byFirstLine(_ text: TextStart, name: String) -> String? {
    let body = text.scalars.drop { $0 == 0x20 || (9...13).contains($0) }
    for (start, type) in [
      ("{\\rtf", rtf), ("begin:vcalendar", calendar), ("-----begin pgp message-----", pgp),
      ("-----begin pkcs7-----", cms), ("-----begin cms-----", cms),
    ] where body.hasPrefix(ignoringCase: start) { return type }
    // Base64 without a line around it, as some signing programs write.
    return name.lowercased().hasSuffix(".p7m") && body.hasPrefix(ignoringCase: "mi") ? cms : nil
  }

  private static func byMarkup(_ text: TextStart) -> String? {
    let body = text.scalars.drop { $0 == 0x20 || (9...13).contains($0) }
    if body.first == UInt8(ascii: "{"), body.prefix(4096).firstRange(of: "docket/text/1") != nil { return words }
    if isJSON(body, endsWell: text.endsWithBracket) { return json }
    guard body.first == UInt8(ascii: "<"), body.count > 1 else { return nil }
    let start = body.prefix(4096)
    for tag in ["<!doctype html", "<html", "<head", "<body"] where start.hasPrefix(ignoringCase: tag) {
      return isHOCR(body) ? hocr : html
    }
    if start.hasPrefix(ignoringCase: "<?xml") || start.hasPrefix(ignoringCase: "<!doctype")
      || start.hasPrefix(ignoringCase: "<!--")
    {
      if start.firstRange(of: "<html") != nil || start.firstRange(of: "<HTML") != nil {
        return isHOCR(body) ? hocr : html
      }
      return isALTO(start) ? alto : xml
    }
    // An element: a name, then `>`, a blank, `/` or a prefix.
    let name = start.dropFirst().prefix { $0.isNameByte }
    if isALTO(start.prefix(64)) { return alto }
    guard !name.isEmpty, let after = start.dropFirst(1 + name.count).first else { return nil }
    return [0x3E, 0x20, 0x2F, 0x09, 0x0A, 0x0D].contains(after) && text.endsWithTag ? xml : nil
  }
}

extension MediaType {
  /// What a text must begin and end with to be an object or a list of objects.
  private static func isJSON(_ body: ArraySlice<UInt8>, endsWell: Bool) -> Bool {
    guard endsWell, let first = body.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    return body.dropFirst().first { $0 > 0x20 } == (first == UInt8(ascii: "{") ? UInt8(ascii: "\"") : UInt8(ascii: "{"))
  }

  private static func isHOCR(_ body: ArraySlice<UInt8>) -> Bool {
    body.firstRange(of: "ocr_page") != nil && body.firstRange(of: "bbox") != nil
  }

  private static func isALTO(_ start: ArraySlice<UInt8>) -> Bool {
    start.firstRange(of: "<alto") != nil || start.firstRange(of: ":alto ") != nil
  }
}

/// One cookie of libmagic, for the one thread of a worker. Nil where its database is missing.
private final class Magic {
  private let cookie: magic_t

  private init?() {
    guard let cookie = magic_open(MAGIC_MIME_TYPE) else { return nil }
    guard magic_load(cookie, nil) == 0 else {
      magic_close(cookie)
      return nil
    }
    self.cookie = cookie
  }

  deinit { magic_close(cookie) }

  /// Opened for each question: rare (own looks come first), and nothing is kept across threads.
  static func mediaType(of bytes: UnsafeRawBufferPointer) -> String? {
    guard let magic = Magic(), let found = magic_buffer(magic.cookie, bytes.baseAddress, min(bytes.count, 1 << 20))
    else { return nil }
    return String(cString: found)
  }
}
