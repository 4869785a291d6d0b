import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

@Suite struct WebhookTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  private func destination(
    _ url: String, now: Double = 1_614_265_330, change: (inout WebhookDestination.Settings) -> Void = { _ in }
  ) -> WebhookDestination {
    var settings = WebhookDestination.Settings(url: url)
    settings.secrets = [Self.secret]
    settings.seconds = 20
    change(&settings)
    return WebhookDestination(name: "shop", settings: settings, now: { now })
  }

  private func failure(_ destination: WebhookDestination) async -> DocketError? {
    do {
      _ = try await destination.deliver(DestinationSuite.delivery("one"))
      return nil
    } catch { return error }
  }

  @Test("keeps the promises of a destination to a receiver that knows ids")
  func suite() async throws {
    let server = try LoopbackServer()
    defer { server.stop() }
    let url = server.url
    try await DestinationSuite(open: { self.destination(url) }, keys: { server.ids }).run()
  }

  @Test("signs as the reference implementation of Standard Webhooks does")
  func signature() throws {
    let body = Array("{\"test\": 2432232314}".utf8)
    let headers = try WebhookSignature(secrets: [Self.secret]).headers(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, body: body)
    #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
    #expect(headers[2].value == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test("while one secret takes another's place both sign; what is no secret is said without quoting it")
  func rotation() throws {
    let other = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
    let header = try WebhookSignature(secrets: [Self.secret, other]).headers(id: "a", at: 1, body: [])[2].value
    #expect(header.split(separator: " ").count == 2 && header.split(separator: " ").allSatisfy { $0.hasPrefix("v1,") })
    let error = #expect(throws: DocketError.self) { try WebhookSignature(secrets: ["whsec_tooshort"]) }
    #expect(error?.code == .secretMissing && error?.description.contains("tooshort") == false)
  }

  @Test("a message names what it is of, and is sent to the path that the pipeline says")
  func message() async throws {
    let server = try LoopbackServer()
    defer { server.stop() }
    let receipt = try await destination(server.url).deliver(DestinationSuite.delivery("one"))
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /orders?token=unsaid HTTP/1.1")
    #expect(request.headers["content-type"] == "application/json")
    #expect(request.headers["webhook-timestamp"] == "1614265330")
    #expect(request.headers["webhook-id"] == receipt.key)
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.hasPrefix("{\"type\":\"record.deliver\",\"data\":{\"fields\":"))
    #expect(!receipt.place.contains("unsaid"), "what stands in a URL besides the server may be a secret")
  }

  @Test(
    "which answers are tried again",
    arguments: [
      (500, true), (503, true), (429, true), (408, true), (400, false), (401, false), (404, false), (410, false),
      (422, false), (301, false), (307, false),
    ])
  func answers(status: Int, isTemporary: Bool) async throws {
    let server = try LoopbackServer([.status(status, headers: ["Location: http://127.0.0.1:1/"])])
    defer { server.stop() }
    let destination = destination(server.url)
    let error = try #require(await failure(destination))
    #expect(error.isTransient == isTemporary && error.sentence.contains("\(status)"))
    #expect(!error.description.contains("unsaid") && !(error.cause ?? "").contains("unsaid"))
    #expect(await failure(destination) == nil, "the next try goes through")
    #expect(server.requests.count == 2, "no redirect is followed")
  }

  @Test("how long a server wants to be left alone is told, in seconds or as a date")
  func retryAfter() async throws {
    let server = try LoopbackServer([.status(429, headers: ["Retry-After: 120"]), .status(503)])
    defer { server.stop() }
    #expect(await failure(destination(server.url))?.retryAfter == 120)
    #expect(await failure(destination(server.url))?.retryAfter == nil)
  }

  @Test("a connection that is cut, nobody there, a server that says nothing: tried again, and said in words")
  func silence() async throws {
    let server = try LoopbackServer([.cut, .silence])
    defer { server.stop() }
    #expect(await failure(destination(server.url))?.code == .destinationUnavailable)
    let slow = try #require(await failure(destination(server.url) { $0.seconds = 0.3 }))
    #expect(slow.code == .destinationUnavailable && slow.sentence.contains("Timeout"))
    #expect(await failure(destination("http://127.0.0.1:1/x"))?.code == .destinationUnavailable)
    #expect(await failure(destination("ftp://127.0.0.1/x"))?.code == .badConfiguration)
  }

  @Test("secrets come from the environment or a file, and are missed by name")
  func secrets() async throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.secret + "\n", to: "shop.secret")
    let server = try LoopbackServer()
    defer { server.stop() }
    let folder = scratch.root
    let known = destination(server.url) {
      $0.secrets = ["file:shop.secret"]
      $0.token = "file:shop.secret"
      $0.workspace = folder
    }
    #expect(await failure(known) == nil)
    #expect(server.requests[0].headers["webhook-signature"]?.hasPrefix("v1,") == true)
    #expect(server.requests[0].headers["authorization"] == "Bearer \(Self.secret)")
    let unset = try #require(await failure(destination(server.url) { $0.secrets = ["env:DOCKET_TEST_UNSET"] }))
    #expect(unset.code == .secretMissing && unset.sentence.contains("DOCKET_TEST_UNSET") && unset.isTransient)
  }

  @Test("a private authority is trusted where the pipeline names its file, and nowhere else")
  func privateAuthority() async throws {
    let scratch = try ScratchFolder()
    let authority = try TestAuthority(scratch)
    let strange = try authority.serve()
    defer { strange.end() }
    let refusal = try #require(await failure(destination("https://127.0.0.1:\(strange.port)/")))
    #expect(refusal.code == .destinationUnavailable && refusal.sentence.lowercased().contains("certificate"))
    let server = try authority.serve()
    defer { server.end() }
    let folder = scratch.root
    let known = destination("https://127.0.0.1:\(server.port)/") {
      $0.trusted = "ca.pem"
      $0.workspace = folder
    }
    #expect(await failure(known) == nil)
  }

  @Test("a server that asks for a certificate gets ours")
  func clientCertificate() async throws {
    let scratch = try ScratchFolder()
    let authority = try TestAuthority(scratch)
    let server = try authority.serve(asking: true)
    defer { server.end() }
    let folder = scratch.root
    let ours = destination("https://127.0.0.1:\(server.port)/") {
      $0.trusted = "ca.pem"
      $0.certificate = "own.pem"
      $0.key = "own.key"
      $0.workspace = folder
    }
    #expect(await failure(ours) == nil)
  }
}
