import Docket

/// Writes mail (RFC 5322 and MIME), for messages that were kept in a form of their own and become documents.
enum MailComposer {
  static func bytes(of message: OutlookMessage) -> [UInt8] { bytes(of: message, depth: 0) }

  private static func bytes(of message: OutlookMessage, depth: Int) -> [UInt8] {
    var out: [UInt8] = []
    func line(_ text: String = "") { out += Array((text + "\r\n").utf8) }
    for header in message.headers { line("\(header.name): \(header.value)") }
    // What has no headers is a mail to whoever reads it.
    if message.headers.isEmpty { line("subject: \(message.kind)") }
    line("mime-version: 1.0")
    // No line of Base64 can be one.
    let boundary = "_docket_\(depth)_"
    line("content-type: multipart/mixed; boundary=\"\(boundary)\"")
    line()
    func part(_ mediaType: String, name: String? = nil, _ content: [UInt8]) {
      line("--\(boundary)")
      line("content-type: \(mediaType)")
      if let name { line("content-disposition: attachment; filename=\"\(quotable(name))\"") }
      line(mediaType == MediaType.mail ? "content-transfer-encoding: 8bit" : "content-transfer-encoding: base64")
      line()
      if mediaType == MediaType.mail { out += content } else { base64(content, to: &out) }
      line()
    }
    let isPlain = message.body.plain?.contains { !$0.isWhitespace } ?? false
    if !isPlain, let html = message.body.html {
      part("text/html; charset=utf-8", Array(html.utf8))
    } else {
      part("text/plain; charset=utf-8", Array(message.content.text.utf8))
    }
    for attachment in message.attachments {
      switch attachment.content {
      case .bytes(let content):
        let kind = attachment.mediaType ?? "application/octet-stream"
        let isPlainKind = kind.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") }
        let isLeaf = isPlainKind && !kind.hasPrefix("multipart/") && !kind.hasPrefix("message/")
        part(isLeaf ? kind : "application/octet-stream", name: attachment.name, content)
      case .message(let inner): part(MediaType.mail, bytes(of: inner, depth: depth + 1))
      }
    }
    line("--\(boundary)--")
    return out
  }

  /// A signed part is a mail but for its first header: with it, it is one.
  static func completed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.hasPrefix(ignoringCase: "content-") ? Array("MIME-Version: 1.0\r\n".utf8) + bytes : bytes
  }

  private static func quotable(_ name: String) -> String { MailText.line(name).filter { $0 != "\"" && $0 != "\\" } }

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648, in lines of 76.
  private static func base64(_ bytes: [UInt8], to out: inout [UInt8]) {
    out.reserveCapacity(out.count + bytes.count * 4 / 3 + bytes.count / 28)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let word = (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (16 - 8 * $1) }
      for place in 0..<4 { out.append(place <= count ? digits[word >> (18 - 6 * place) & 63] : 0x3D) }
      if (start / 3 + 1) % 19 == 0 { out += [0x0D, 0x0A] }
    }
  }
}
