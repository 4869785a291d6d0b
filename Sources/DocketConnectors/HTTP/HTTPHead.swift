/// The first lines of a request: what is wanted, and the headers.
package struct HTTPHead: Hashable, Sendable {
  package let method: String
  /// Without the query, percent signs undone.
  package let path: String
  package let query: [String: String]
  /// By lower-case name.
  package let headers: [String: String]
  /// Bytes that follow.
  package let contentLength: Int
  let keepsAlive: Bool
  let expectsContinue: Bool

  /// Why a request is not understood, as a status.
  package struct Problem: Error, Hashable, Sendable {
    package let status: Int
    package let sentence: String
  }

  /// - Parameter bytes: up to the empty line, which is left out.
  package init(_ bytes: some Collection<UInt8>) throws(Problem) {
    // Bytes beyond ASCII stand in no head that this server needs; control characters are how requests are smuggled.
    guard bytes.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || (32...126).contains($0) }) else {
      throw Problem(status: 400, sentence: "The head has characters that it must not have.")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    let first = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard first.count == 3, !first[0].isEmpty, first[1].hasPrefix("/"), first[2].hasPrefix("HTTP/1."),
      !lines.contains(where: { $0.unicodeScalars.contains("\r") || $0.unicodeScalars.contains("\n") })
    else { throw Problem(status: 400, sentence: "This is no HTTP/1.1 request.") }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "-_.!#$%&'*+^`|~".contains($0) })
      else { throw Problem(status: 400, sentence: "A header has no name.") }
      let name = line[..<colon].lowercased()
      let value = String(line[line.index(after: colon)...].trimmingBlanks)
      guard headers[name] == nil || !["content-length", "host", "authorization"].contains(name) else {
        throw Problem(status: 400, sentence: "The header `\(name)` stands there twice.")
      }
      headers[name] = headers[name].map { "\($0), \(value)" } ?? value
    }
    self.headers = headers
    method = String(first[0])
    let target = first[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = HTTPHead.decoded(target[0]) ?? "/"
    query = target.count > 1 ? HTTPHead.query(target[1]) : [:]
    guard headers["transfer-encoding"] == nil else {
      throw Problem(status: 411, sentence: "A body needs its length: `Content-Length`.")
    }
    guard let length = Int(headers["content-length"] ?? "0"), length >= 0,
      headers["content-length"]?.allSatisfy(\.isNumber) ?? true
    else { throw Problem(status: 400, sentence: "`Content-Length` is no number.") }
    contentLength = length
    let connection = headers["connection"]?.lowercased() ?? ""
    keepsAlive = first[2] == "HTTP/1.1" ? !connection.contains("close") : connection.contains("keep-alive")
    expectsContinue = headers["expect"]?.lowercased() == "100-continue"
  }

  private static func query(_ text: Substring) -> [String: String] {
    var found: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(parts[0]) else { continue }
      found[name] = parts.count > 1 ? decoded(parts[1]) ?? "" : ""
    }
    return found
  }

  /// Percent signs undone; nil where what is left is no UTF-8.
  package static func decoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension Substring {
  /// Without blanks and tabs at both ends.
  var trimmingBlanks: Substring {
    var text = self
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
