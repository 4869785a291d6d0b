import CPlatform
import Docket
import Glibc

/// One client: reads a head, keeps the body in a file, waits for the answer and writes it. Never waits itself: its
/// server calls it when the socket is ready.
final class HTTPConnection {
  enum State { case head, body, answering, writing, draining, closed }

  let socket: Int32
  private(set) var state = State.head
  /// By the steady clock; what has not come by then does not come.
  private(set) var deadline: Double
  private(set) var head: HTTPHead?
  private let limits: HTTPLimits
  private let spool: String
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var body: Int32 = -1
  private(set) var bodyPath: String?
  private var missing = 0
  private var keepsAlive = true
  private var bodyBegan = 0.0

  /// What the server is to do next.
  enum Step { case wait, refuse(HTTPHead), handle(HTTPRequest), abandon(HTTPHead) }

  init(socket: Int32, spool: String, limits: HTTPLimits, now: Double) {
    self.socket = socket
    self.spool = spool
    self.limits = limits
    deadline = now + limits.seconds
  }

  deinit {
    if body >= 0 { close(body) }
    close(socket)
  }

  /// What the socket is to be watched for.
  var interest: Int16 {
    switch state {
    case .head, .body, .draining: Int16(POLLIN)
    case .writing: Int16(POLLOUT)
    // So that a client that has gone is noticed.
    case .answering, .closed: 0
    }
  }

  /// Bytes have come.
  func read(now: Double) -> Step {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count < 0, errno == EAGAIN || errno == EINTR { return .wait }
    guard count > 0 else { return end() }
    switch state {
    case .draining: return .wait
    case .body: return take(chunk[..<count], now: now)
    default:
      input += chunk[..<count]
      return parse(now: now)
    }
  }

  /// The time is over.
  func expire(now: Double) -> Step {
    guard state == .head || state == .body, !input.isEmpty || state == .body else { return end() }
    let open = state == .body ? head : nil
    refuse(HTTPResponse(408, "text/plain", "It took too long.\n"), now: now)
    return open.map { .abandon($0) } ?? .wait
  }

  /// The head is in order and the body may come.
  func accept(now: Double) -> Step {
    guard let head else { return .wait }
    missing = head.contentLength
    guard missing > 0 else { return finish() }
    var template = Array("\(spool)/uploadXXXXXX".utf8CString)
    body = mkstemp(&template)
    guard body >= 0 else {
      refuse(HTTPResponse(507, "text/plain", "There is no room for it.\n"), now: now)
      return .abandon(head)
    }
    _ = fcntl(body, F_SETFD, FD_CLOEXEC)
    bodyPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    state = .body
    bodyBegan = now
    deadline = now + limits.seconds
    if head.expectsContinue {
      let go = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
      _ = send(socket, go, go.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    let early = input
    input = []
    return early.isEmpty ? .wait : take(early[...], now: now)
  }

  /// The answer, after which the connection ends: more may come that nobody wants to read.
  func refuse(_ response: HTTPResponse, now: Double) {
    keepsAlive = false
    answer(response, now: now)
  }

  func answer(_ response: HTTPResponse, now: Double) {
    output = response.bytes(keepsAlive: keepsAlive, isHead: head?.method == "HEAD")
    state = .writing
    deadline = now + limits.seconds
    write(now: now)
  }

  /// The socket takes bytes.
  func write(now: Double) {
    guard state == .writing else { return }
    let count = send(socket, output, output.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    if count < 0 {
      if errno != EAGAIN, errno != EINTR { state = .closed }
      return
    }
    output.removeFirst(count)
    deadline = now + limits.seconds
    guard output.isEmpty else { return }
    head = nil
    if keepsAlive {
      state = .head
    } else {
      // Closed at once, a client that still sends would lose the answer.
      shutdown(socket, Int32(SHUT_WR))
      state = .draining
      deadline = now + 2
    }
  }

  /// Requests that came one after the other, without waiting for answers.
  func parse(now: Double) -> Step {
    guard state == .head else { return .wait }
    guard let end = input.firstRange(of: [13, 10, 13, 10]) else {
      if input.count > limits.headBytes {
        refuse(HTTPResponse(431, "text/plain", "The head is too long.\n"), now: now)
      }
      return .wait
    }
    do throws(HTTPHead.Problem) {
      let head = try HTTPHead(input[..<end.lowerBound])
      input.removeFirst(end.upperBound)
      self.head = head
      keepsAlive = head.keepsAlive
      guard head.contentLength <= limits.bodyBytes else {
        throw HTTPHead.Problem(status: 413, sentence: "At most \(limits.bodyBytes) bytes are taken.")
      }
      return .refuse(head)
    } catch {
      refuse(HTTPResponse(error.status, "text/plain", error.sentence + "\n"), now: now)
      return .wait
    }
  }

  private func take(_ bytes: ArraySlice<UInt8>, now: Double) -> Step {
    guard let head else { return .wait }
    let own = bytes.prefix(missing)
    let isWritten = own.withUnsafeBytes { raw -> Bool in
      var rest = raw[...]
      while !rest.isEmpty {
        let count = Glibc.write(body, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
      }
      return true
    }
    guard isWritten else {
      refuse(HTTPResponse(507, "text/plain", "There is no room for it.\n"), now: now)
      return .abandon(head)
    }
    missing -= own.count
    input += bytes.dropFirst(own.count)
    // Each byte gives time, but not for ever: a byte a second is an attack.
    let whole = Double(head.contentLength - missing) / limits.slowestBody + limits.seconds
    deadline = min(now + limits.seconds, bodyBegan + whole)
    return missing == 0 ? finish() : .wait
  }

  private func finish() -> Step {
    guard let head else { return .wait }
    if body >= 0 { close(body) }
    body = -1
    let request = HTTPRequest(head: head, body: bodyPath)
    bodyPath = nil
    state = .answering
    deadline = .infinity
    return .handle(request)
  }

  /// The client has gone.
  func end() -> Step {
    let open = state == .body ? head : nil
    if let bodyPath { unlink(bodyPath) }
    bodyPath = nil
    state = .closed
    return open.map { .abandon($0) } ?? .wait
  }

  /// Takes away what came of a body that is not wanted.
  func dropBody() {
    if let bodyPath { unlink(bodyPath) }
    bodyPath = nil
  }
}
