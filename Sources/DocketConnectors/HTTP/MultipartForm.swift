/// A form with files, as browsers and `curl -F` send it (RFC 7578).
package enum MultipartForm {
  package struct File: Hashable, Sendable {
    package let name: String
    package let bytes: Range<Int>
  }

  /// Of `multipart/form-data; boundary=…`; nil for any other type.
  package static func boundary(of contentType: String) -> String? {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let value = parameter("boundary", of: contentType), (1...70).contains(value.utf8.count)
    else { return nil }
    return value
  }

  /// The first part that is a file: its name, and where in the body its bytes stand. Nil where there is none.
  package static func file(in body: [UInt8], boundary: String) -> File? {
    let mark = Array("--\(boundary)".utf8)
    guard var at = position(of: mark, in: body, from: 0) else { return nil }
    while true {
      let start = at + mark.count + 2
      guard let headEnd = position(of: [13, 10, 13, 10], in: body, from: start),
        let end = position(of: [13, 10] + mark, in: body, from: headEnd)
      else { return nil }
      let head = String(decoding: body[start..<headEnd], as: UTF8.self)
      let disposition = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
      if let name = disposition.flatMap({ parameter("filename", of: String($0)) }) {
        return File(name: name, bytes: min(headEnd + 4, end)..<end)
      }
      at = end + 2
    }
  }

  /// `name="value"` or `name=value` of a header.
  package static func parameter(_ name: String, of header: String) -> String? {
    for part in header.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].trimmingBlanks.lowercased() == name else { continue }
      let value = pair[1].trimmingBlanks
      return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
    }
    return nil
  }

  private static func position(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= needle.count, start <= bytes.count - needle.count, start >= 0 else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var at = start
      while at <= bytes.count - needle.count {
        if bytes[at] == needle[0], needle.indices.allSatisfy({ bytes[at + $0] == needle[$0] }) { return at }
        at += 1
      }
      return nil
    }
  }
}
