import CPlatform
import Dispatch
package import Docket
import Glibc
import Synchronization

/// Serves HTTP/1.1 on one address: one loop over all connections, so that a slow client costs a descriptor and no
/// thread. Answers are made by tasks, and handed back to the loop.
package final class HTTPServer: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let spool: String
  private let limits: HTTPLimits
  private let service: any HTTPService
  private let wake: (read: Int32, write: Int32)
  private let answers = Mutex<[(connection: Int, response: HTTPResponse)]>([])
  private let isStopping = Mutex(false)

  /// - Parameters:
  ///   - address: in numbers, IPv4.
  ///   - port: 0 for any that is free.
  ///   - spool: the folder for bodies.
  package init(
    address: String, port: UInt16, spool: String, limits: HTTPLimits, service: any HTTPService
  ) throws(DocketError) {
    self.spool = spool
    self.limits = limits
    self.service = service
    (listener, self.port) = try HTTPServer.listen(address, port)
    var pipes: [Int32] = [0, 0]
    guard pipe(&pipes) == 0 else { throw FileCalls.failure("listen at", "\(address):\(port)") }
    for descriptor in pipes + [listener] {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    wake = (pipes[0], pipes[1])
  }

  private static func listen(_ address: String, _ port: UInt16) throws(DocketError) -> (Int32, UInt16) {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address, &place.sin_addr) == 1 else {
      throw DocketError(.usage, "`\(address)` is no IPv4 address.")
    }
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && Glibc.listen(listener, 512) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    if isBound { return (listener, UInt16(bigEndian: place.sin_port)) }
    let reason = String(cString: strerror(errno))
    close(listener)
    throw DocketError(.addressInUse, "Cannot listen at \(address):\(port): \(reason).")
  }

  deinit { for descriptor in [listener, wake.read, wake.write] { close(descriptor) } }

  /// Until `stop` is called and the answers that are due are given.
  package func run() async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "docket.http").async { [self] in
        loop()
        continuation.resume()
      }
    }
  }

  /// Takes no more connections; those that wait for an answer get it.
  package func stop() {
    isStopping.withLock { $0 = true }
    nudge()
  }

  private func nudge() { _ = write(wake.write, "!", 1) }

  private func loop() {
    var connections: [Int: HTTPConnection] = [:]
    var next = 0
    while true {
      let ends = isStopping.withLock { $0 }
      if ends {
        connections = connections.filter { [.answering, .writing, .draining].contains($0.value.state) }
        if connections.isEmpty { return }
      }
      let order = connections.keys.sorted()
      var watched = [pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)]
      let isOpen = !ends && connections.count < limits.connections
      watched.append(pollfd(fd: isOpen ? listener : -1, events: Int16(POLLIN), revents: 0))
      for key in order {
        watched.append(pollfd(fd: connections[key]!.socket, events: connections[key]!.interest, revents: 0))
      }
      poll(&watched, nfds_t(watched.count), 250)
      let now = FolderClocks.systemSteady()
      if watched[0].revents != 0 { drainWake() }
      for (key, response) in takeAnswers() {
        guard let connection = connections[key] else { continue }
        connection.answer(response, now: now)
        // What came meanwhile is the next request.
        follow(connection.parse(now: now), key, connection, now)
      }
      for (index, key) in order.enumerated() {
        guard let connection = connections[key] else { continue }
        serve(connection, key, watched[index + 2].revents, now)
        if connection.state == .closed { connections[key] = nil }
      }
      if watched[1].revents != 0 { accept(into: &connections, &next, now) }
    }
  }

  private func takeAnswers() -> [(connection: Int, response: HTTPResponse)] {
    answers.withLock { answers in
      let due = answers
      answers = []
      return due
    }
  }

  private func serve(_ connection: HTTPConnection, _ key: Int, _ events: Int16, _ now: Double) {
    if events & Int16(POLLIN) != 0 {
      follow(connection.read(now: now), key, connection, now)
    } else if events & Int16(POLLOUT) != 0 {
      connection.write(now: now)
      follow(connection.parse(now: now), key, connection, now)
    } else if events & Int16(POLLERR | POLLHUP) != 0 {
      follow(connection.end(), key, connection, now)
    }
    if now > connection.deadline { follow(connection.expire(now: now), key, connection, now) }
  }

  private func follow(_ step: HTTPConnection.Step, _ key: Int, _ connection: HTTPConnection, _ now: Double) {
    switch step {
    case .wait: break
    case .refuse(let head):
      if let response = service.refusal(of: head) {
        connection.refuse(response, now: now)
      } else {
        follow(connection.accept(now: now), key, connection, now)
      }
    case .abandon(let head):
      connection.dropBody()
      service.abandoned(head)
    case .handle(let request):
      Task { [self] in
        let response = await service.respond(to: request)
        if let body = request.body { unlink(body) }
        answers.withLock { $0.append((key, response)) }
        nudge()
      }
    }
  }

  private func accept(into connections: inout [Int: HTTPConnection], _ next: inout Int, _ now: Double) {
    while connections.count < limits.connections {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else { return }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
      var yes: Int32 = 1
      setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      connections[next] = HTTPConnection(socket: client, spool: spool, limits: limits, now: now)
      next += 1
    }
  }

  private func drainWake() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while Glibc.read(wake.read, &bytes, bytes.count) > 0 {}
  }
}
