import DocketTesting
import Foundation
import Testing

/// `docket serve`, as its clients call it.
@Suite(.serialized) struct ServeCommandTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
  }

  /// The service on a free port, until the body ends.
  private func serving(_ arguments: [String], _ environment: [String: String] = [:], _ body: (UInt16) throws -> Void)
    throws -> BuiltProgram.Ending
  {
    let running = try docket.start(
      ["serve", "--port", "0"] + arguments, in: scratch.path("office"), environment: environment)
    defer { if running.process.isRunning { running.process.terminate() } }
    var port: UInt16?
    for _ in 0..<400 where port == nil {
      usleep(25_000)
      port = running.errors.firstMatch(of: /127\.0\.0\.1:(\d+)\//).flatMap { UInt16($0.1) }
    }
    try body(try #require(port, "\(running.errors)"))
    running.process.terminate()
    return running.wait()
  }

  private func post(_ text: String, _ target: String = "/documents", _ headers: String = "") -> String {
    "POST \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)Content-Length: \(text.utf8.count)"
      + "\r\n\r\n\(text)"
  }

  private func ask(_ port: UInt16, _ request: String) throws -> String {
    let client = try LoopbackClient(port)
    client.send(request)
    return client.readAll()
  }

  @Test("a file in, the lines of `docket extract --json` out; it is a document of the workspace like any other")
  func records() throws {
    let path = BuiltProgram.root + "/Corpus/structured/cii-de-1/document.xml"
    let invoice = try String(contentsOfFile: path, encoding: .utf8)
    let ending = try serving([]) { port in
      let answer = try ask(port, post(invoice, "/documents?name=../a%2Fb.xml"))
      #expect(answer.hasPrefix("HTTP/1.1 200 OK") && answer.contains("Docket-State: deliver"))
      #expect(answer.contains("\"schema\":\"docket/extraction/1\",\"file\":\"b.xml\""))
      #expect(answer.contains("\"fields\":{"))
      let later = try ask(port, post("nothing that fits", "/documents?wait=0"))
      #expect(later.hasPrefix("HTTP/1.1 202 Accepted"))
      let place = try #require(later.firstMatch(of: /Location: (\S+)/)?.1)
      var told = ""
      for _ in 0..<200 where !told.hasPrefix("HTTP/1.1 200") {
        told = try ask(port, "GET \(place) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        usleep(25_000)
      }
      #expect(told.contains("Docket-State: review"))
      #expect(try ask(port, post("nothing that fits")).contains("Docket-State: duplicate"))
      #expect(try ask(port, post("")).hasPrefix("HTTP/1.1 400"))
      let pages = [("/", "<h1>Docket</h1>"), ("/health", "\"ok\""), ("/metrics", "docket_upload_seconds_count")]
      for (path, part) in pages {
        let page = try ask(port, "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
        #expect(page.hasPrefix("HTTP/1.1 200") && page.contains(part), "\(path)")
      }
      let rebound = try ask(port, "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
      #expect(rebound.hasPrefix("HTTP/1.1 403"))
      let strange = post("x", "/documents", "Origin: http://evil.example\r\n")
      #expect(try ask(port, strange).hasPrefix("HTTP/1.1 403"))
    }
    #expect(ending.status == 0)
    let status = try docket.run(["status", "--json"], in: scratch.path("office")).output
    #expect(status.contains("\"arrived\":3") && status.contains("\"adds_up\":true"))
  }

  @Test("two hundred uploads at once against a queue of fifty are answered or told to come again; none is lost")
  func crowd() throws {
    var (taken, refused) = (0, 0)
    let ending = try serving(["--most", "50"]) { port in
      let clients = try (0..<200).map { number in
        let client = try LoopbackClient(port)
        client.send(post("nothing that fits, number \(number)"))
        return client
      }
      for client in clients {
        let answer = client.readAll()
        if answer.hasPrefix("HTTP/1.1 200") { taken += 1 }
        if answer.hasPrefix("HTTP/1.1 429") && answer.contains("Retry-After: ") { refused += 1 }
      }
    }
    #expect(taken + refused == 200 && taken >= 50 && refused > 0, "\(taken) taken, \(refused) refused")
    #expect(ending.status == 0)
    let status = try docket.run(["status", "--json"], in: scratch.path("office")).output
    #expect(status.contains("\"arrived\":\(taken),") && status.contains("\"review\":\(taken),"))
  }

  @Test("a token is asked for where one is set, and must be set for other addresses")
  func token() throws {
    let token = "0123456789abcdef0123"
    _ = try serving([], ["DOCKET_SERVE_TOKEN": token]) { port in
      for (header, status) in [
        ("", 401), ("Authorization: Bearer \(token)0\r\n", 401), ("Authorization: Bearer \(token)\r\n", 200),
      ] {
        let answer = try ask(port, post("x", "/documents", header))
        #expect(answer.hasPrefix("HTTP/1.1 \(status)"))
      }
    }
    let open = try docket.run(["serve", "--address", "0.0.0.0"], in: scratch.path("office"))
    #expect(open.status == 64 && open.errors.contains("--token-file"))
    try scratch.write("short\n", to: "token")
    let short = try docket.run(["serve", "--token-file", scratch.path("token")], in: scratch.path("office"))
    #expect(short.status == 64 && short.errors.contains("too short"))
  }

  @Test("a port that is taken is said")
  func taken() throws {
    _ = try serving([]) { port in
      let second = try docket.run(["serve", "--port", "\(port)"], in: scratch.path("office"))
      #expect(second.status == 1 && second.errors.contains("(address-in-use)"))
    }
  }
}
