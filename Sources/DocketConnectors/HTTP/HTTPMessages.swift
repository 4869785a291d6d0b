/// A request that has come in whole.
package struct HTTPRequest: Hashable, Sendable {
  package let head: HTTPHead
  /// The file that holds its body; nil where it has none. Whoever answers takes it away.
  package let body: String?
  package init(head: HTTPHead, body: String?) {
    self.head = head
    self.body = body
  }
}

package struct HTTPResponse: Hashable, Sendable {
  package var status: Int
  package var headers: [String: String]
  package var body: [UInt8]

  package init(_ status: Int, _ type: String, _ body: String, headers: [String: String] = [:]) {
    self.status = status
    self.headers = headers
    self.headers["Content-Type"] = type
    self.body = Array(body.utf8)
  }

  private static let reasons = [
    200: "OK", 202: "Accepted", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 411: "Length Required", 413: "Content Too Large",
    422: "Unprocessable Content", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
    500: "Internal Server Error", 503: "Service Unavailable", 507: "Insufficient Storage",
  ]

  /// As it goes over the wire, in one piece.
  func bytes(keepsAlive: Bool, isHead: Bool = false) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(HTTPResponse.reasons[status] ?? "Status")\r\n"
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    text += "Content-Length: \(body.count)\r\nConnection: \(keepsAlive ? "keep-alive" : "close")\r\n"
    text += "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
    return Array(text.utf8) + (isHead ? [] : body)
  }
}

/// Who answers requests.
package protocol HTTPService: Sendable {
  /// Asked before the body is read; what is returned is answered in its place, and the connection ends.
  func refusal(of head: HTTPHead) -> HTTPResponse?
  /// A request that was not refused will not come: its body stopped coming.
  func abandoned(_ head: HTTPHead)
  func respond(to request: HTTPRequest) async -> HTTPResponse
}

/// What a server bears.
package struct HTTPLimits: Hashable, Sendable {
  package var connections = 512
  package var headBytes = 16_384
  package var bodyBytes = 100_000_000
  /// In which a head must have come, a body go on, and an answer be taken.
  package var seconds = 15.0
  /// Bytes a second that a body must come with, taken over all of it.
  package var slowestBody = 2_000.0
  package init() {}
}
