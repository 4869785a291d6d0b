import Foundation
import Glibc
import Synchronization

/// A web server of one test, on a free port of 127.0.0.1: answers one request a connection, as it is told.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var line: String
    /// By lower-case name.
    var headers: [String: String]
    var body: [UInt8]
  }

  enum Answer: Sendable {
    case status(Int, headers: [String] = [])
    /// The connection ends without a word.
    case cut
    /// Nothing comes, for as long as the test waits.
    case silence
  }

  let port: Int
  private let listener: Int32
  private let seen = Mutex<[Request]>([])
  private let script: Mutex<[Answer]>

  /// - Parameter answers: one a request; 204 when they are used up.
  init(_ answers: [Answer] = []) throws {
    // Whatever proxy this machine goes out by.
    setenv("no_proxy", "*", 1)
    script = Mutex(answers)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRINUSE) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in serve() }
  }

  /// Wakes the thread, which then ends.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  var url: String { "http://127.0.0.1:\(port)/orders?token=unsaid" }
  var requests: [Request] { seen.withLock { $0 } }

  /// What a receiver takes: each id once, of those that were answered with 2xx.
  var ids: [String] { Array(Set(requests.compactMap { $0.headers["webhook-id"] })) }

  private func serve() {
    defer { close(listener) }
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      defer { close(connection) }
      guard let request = read(connection) else { continue }
      seen.withLock { $0.append(request) }
      switch script.withLock({ $0.isEmpty ? .status(204) : $0.removeFirst() }) {
      case .status(let status, let headers):
        let lines = ["HTTP/1.1 \(status) Said"] + headers + ["Content-Length: 0", "Connection: close", "", ""]
        let bytes = Array(lines.joined(separator: "\r\n").utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      case .cut: break
      case .silence: sleep(2)
      }
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].drop { $0 == " " }.description : ""
        }
        let wanted = headers["content-length"].flatMap { Int($0) } ?? 0
        let body = bytes[end.upperBound...]
        if body.count >= wanted { return Request(line: lines[0], headers: headers, body: Array(body.prefix(wanted))) }
      }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk.prefix(count)
    }
  }
}
