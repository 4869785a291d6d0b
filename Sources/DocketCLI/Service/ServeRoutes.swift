import Docket
import DocketConnectors
import Glibc

/// What the service says to whom.
struct ServeRoutes: HTTPService {
  let service: ServeService
  /// Without a token, only pages of this server itself may call it.
  let isLocal: Bool

  func refusal(of head: HTTPHead) -> HTTPResponse? {
    let response = refused(head)
    if let response { service.metrics.answered(response.status) }
    return response
  }

  private func refused(_ head: HTTPHead) -> HTTPResponse? {
    if isLocal, !isOwn(head) { return .problem(403, "Only this machine's own pages may ask.") }
    if !["/", "/health"].contains(head.path), !isAllowed(head) {
      return .problem(401, "A token is needed.", headers: ["WWW-Authenticate": "Bearer"])
    }
    guard head.path == "/documents" else {
      return head.contentLength > 0 ? .problem(413, "Nothing is taken here.") : nil
    }
    guard head.method == "POST" else { return .problem(405, "POST a document here.", headers: ["Allow": "POST"]) }
    guard head.contentLength > 0 else { return .problem(400, "There is no document in the request.") }
    if service.ends.isRequested { return .problem(503, "The service is ending.") }
    if service.room.lacksDisk != nil { return .problem(507, "The disk is nearly full.") }
    guard service.queue.reserve() else {
      return .problem(429, "As many documents wait as may.", headers: ["Retry-After": "2"])
    }
    return nil
  }

  func abandoned(_ head: HTTPHead) {
    if head.path == "/documents" { service.queue.release() }
  }

  func respond(to request: HTTPRequest) async -> HTTPResponse {
    let response = await answer(request)
    service.metrics.answered(response.status)
    return response
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let head = request.head
    if let body = request.body { return await Upload(service: service, head: head, body: body).answer() }
    guard head.method == "GET" || head.method == "HEAD" else {
      return .problem(405, "Only GET is answered here.", headers: ["Allow": "GET, HEAD"])
    }
    switch head.path {
    case "/":
      return HTTPResponse(
        200, "text/html; charset=utf-8", UploadPage.html, headers: ["Content-Security-Policy": UploadPage.policy])
    case "/health": return health
    case "/metrics":
      guard let sums = try? await service.office.store.sums() else { return .problem(503, "The store is away.") }
      return HTTPResponse(
        200, "text/plain; version=0.0.4",
        service.metrics.text(sums, waiting: service.queue.count, most: service.queue.most))
    default:
      guard head.path.hasPrefix("/documents/") else { return .problem(404, "There is nothing here.") }
      return await document(String(head.path.dropFirst("/documents/".count)))
    }
  }

  private var health: HTTPResponse {
    if let error = service.trouble.value { return .problem(503, error.sentence) }
    if let error = service.room.lacksDisk { return .problem(503, error.sentence) }
    return HTTPResponse(200, "application/json", "{\"status\":\"ok\",\"in_hand\":\(service.queue.count)}\n")
  }

  private func document(_ text: String) async -> HTTPResponse {
    do {
      // By id alone: a name is no address.
      guard text.utf8.count >= 6, text.allSatisfy(\.isHexDigit) else { throw DocketError(.unknownDocument, "") }
      let document = try await service.office.document(text)
      guard document.state != .queued, document.state != .working else { return .accepted(document) }
      return try await UploadAnswer(office: service.office).response(of: document)
    } catch {
      return .problem(404, "There is no such document.")
    }
  }

  /// Compared in the same time, however much of it is right.
  private func isAllowed(_ head: HTTPHead) -> Bool {
    guard let token = service.token else { return true }
    let given = head.headers["authorization"] ?? ""
    guard given.lowercased().hasPrefix("bearer ") else { return false }
    let (one, two) = (ContentDigest(of: String(given.dropFirst(7))), ContentDigest(of: token))
    return zip(one.hex.utf8, two.hex.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Not a page of another site, and not through a name that another site gave this machine.
  private func isOwn(_ head: HTTPHead) -> Bool {
    let host = head.headers["host"] ?? ""
    let name = host.split(separator: ":").first.map(String.init) ?? ""
    guard name == "localhost" || name.hasPrefix("127.") && name.allSatisfy({ $0.isNumber || $0 == "." }) else {
      return false
    }
    return head.headers["origin"].map { $0 == "http://\(host)" } ?? true
  }
}

extension HTTPResponse {
  static func problem(_ status: Int, _ sentence: String, headers: [String: String] = [:]) -> HTTPResponse {
    var json = JSONWriter()
    json.object { json in
      json.member("status", status)
      json.member("message", sentence)
    }
    return HTTPResponse(status, "application/json", json.text + "\n", headers: headers)
  }

  /// The document is safe, and not worked on yet.
  static func accepted(_ document: Document) -> HTTPResponse {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/accepted/1")
      json.member("id", document.id.hex)
      json.member("state", document.state.rawValue)
    }
    return HTTPResponse(
      202, "application/json", json.text + "\n",
      headers: [
        "Location": "/documents/\(document.id.hex)", "Docket-Document": document.id.hex,
        "Docket-State": document.state.rawValue, "Retry-After": "1",
      ])
  }
}
