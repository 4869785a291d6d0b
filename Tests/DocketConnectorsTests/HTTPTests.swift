import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Synchronization
import Testing

/// Requests as they come, well and badly meant.
@Suite struct HTTPTests {
  private func head(_ text: String) throws -> HTTPHead { try HTTPHead(Array(text.utf8)) }

  @Test("reads the first lines of a request")
  func reads() throws {
    let head = try head("POST /documents/a%20b?wait=0&name=%C3%A4.pdf HTTP/1.1\r\nHost: x\r\nContent-Length:  12 ")
    #expect(head.method == "POST" && head.path == "/documents/a b" && head.contentLength == 12)
    #expect(head.query == ["wait": "0", "name": "ä.pdf"] && head.headers["host"] == "x")
  }

  @Test(
    "refuses what is no request, or two in one",
    arguments: [
      "", "GET", "GET / HTTP/2", "GET x HTTP/1.1", "GET / HTTP/1.1\r\nno colon", "GET / HTTP/1.1\r\nA b: c",
      "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2", "GET / HTTP/1.1\r\nContent-Length: -1",
      "GET / HTTP/1.1\r\nContent-Length: +1", "GET / HTTP/1.1\r\nTransfer-Encoding: chunked",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b", "GET / HTTP/1.1\nHost: a", "GET /\u{0} HTTP/1.1", "GET / HTTP/1.1\r\n: x",
    ])
  func refuses(text: String) {
    #expect(throws: HTTPHead.Problem.self) { try head(text) }
  }

  @Test("finds the file in a form")
  func form() throws {
    let boundary = try #require(MultipartForm.boundary(of: "multipart/form-data; boundary=\"xYz\""))
    let text =
      "--xYz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
      + "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
      + "Content-Type: application/pdf\r\n\r\nthe --xY bytes\r\n\r\n--xYz--\r\n"
    let body = Array(text.utf8)
    let file = try #require(MultipartForm.file(in: body, boundary: boundary))
    #expect(file.name == "a.pdf" && String(decoding: body[file.bytes], as: UTF8.self) == "the --xY bytes\r\n")
    for end in 0..<body.count { _ = MultipartForm.file(in: Array(body[..<end]), boundary: boundary) }
    #expect(MultipartForm.boundary(of: "text/plain; boundary=x") == nil)
  }

  /// Echoes bodies, refuses `/no`, and counts what was given up.
  private final class Echo: HTTPService {
    let abandonedCount = Mutex(0)
    func refusal(of head: HTTPHead) -> HTTPResponse? {
      head.path == "/no" ? HTTPResponse(429, "text/plain", "later", headers: ["Retry-After": "2"]) : nil
    }
    func abandoned(_ head: HTTPHead) { abandonedCount.withLock { $0 += 1 } }
    func respond(to request: HTTPRequest) async -> HTTPResponse {
      let body = request.body.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? "nothing"
      return HTTPResponse(200, "text/plain", "\(request.head.path) \(body)")
    }
  }

  private func serving(
    _ limits: HTTPLimits, _ body: @escaping @Sendable (UInt16, Echo, ScratchFolder) throws -> Void
  ) async throws {
    let (echo, scratch) = (Echo(), try ScratchFolder())
    let server = try HTTPServer(
      address: "127.0.0.1", port: 0, spool: scratch.path("home"), limits: limits, service: echo)
    let running = Task { await server.run() }
    defer { server.stop() }
    // These clients wait, and the threads of tasks are few.
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body(server.port, echo, scratch) }) }
    }
    server.stop()
    await running.value
    #expect(scratch.names("home").isEmpty, "no body is left behind")
  }

  @Test("answers, one after the other on one connection, and keeps bodies in files")
  func answers() async throws {
    try await serving(HTTPLimits()) { port, _, _ in
      let client = try LoopbackClient(port)
      client.send("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\nConnection: close\r\n\r\n")
      let said = client.readAll()
      #expect(said.contains("/a hello") && said.contains("/b nothing"))
      let refused = try LoopbackClient(port)
      refused.send("POST /no HTTP/1.1\r\nContent-Length: 500000\r\n\r\n" + String(repeating: "x", count: 1000))
      let answer = refused.readAll()
      #expect(answer.hasPrefix("HTTP/1.1 429 Too Many Requests") && answer.contains("Retry-After: 2"))
      let continued = try LoopbackClient(port)
      continued.send("POST /c HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
      #expect(continued.read().hasPrefix("HTTP/1.1 100 Continue"))
      continued.send("ok")
      #expect(continued.readAll().contains("/c ok"))
    }
  }

  @Test("a body that is too large is refused before it comes; a long head too")
  func sizes() async throws {
    var limits = HTTPLimits()
    limits.bodyBytes = 100
    try await serving(limits) { port, _, _ in
      let large = try LoopbackClient(port)
      large.send("POST /a HTTP/1.1\r\nContent-Length: 101\r\n\r\n")
      #expect(large.readAll().hasPrefix("HTTP/1.1 413 "))
      let long = try LoopbackClient(port)
      long.send("GET /a HTTP/1.1\r\nX: " + String(repeating: "x", count: 20_000))
      #expect(long.readAll().hasPrefix("HTTP/1.1 431 "))
    }
  }

  @Test("who sends slowly, or goes, costs nobody else anything")
  func slow() async throws {
    var limits = HTTPLimits()
    limits.seconds = 0.3
    try await serving(limits) { port, echo, _ in
      let slow = try LoopbackClient(port)
      slow.send("POST /a HTTP/1.1\r\nContent-Le")
      let body = try LoopbackClient(port)
      body.send("POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
      let silent = try LoopbackClient(port)
      let gone = try LoopbackClient(port)
      gone.send("POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
      gone.end()
      let quick = try LoopbackClient(port)
      quick.send("GET /b HTTP/1.1\r\nConnection: close\r\n\r\n")
      #expect(quick.readAll().contains("/b nothing"))
      #expect(slow.readAll().hasPrefix("HTTP/1.1 408 "))
      #expect(body.readAll().hasPrefix("HTTP/1.1 408 "))
      #expect(silent.readAll().isEmpty)
      #expect(echo.abandonedCount.withLock { $0 } == 2)
    }
  }
}
