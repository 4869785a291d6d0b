import Glibc

/// A client of a server on this machine, which waits: it says byte for byte what it is told to.
package final class LoopbackClient {
  private let descriptor: Int32

  package struct Refused: Error {}

  package init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &place.sin_addr)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
    }
    guard isOpen else { throw Refused() }
  }

  deinit { end() }
  package func end() { close(descriptor) }

  package func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What has come, at least something.
  package func read() -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  package func readAll() -> String {
    var all = ""
    while true {
      let part = read()
      if part.isEmpty { return all }
      all += part
    }
  }
}
