import CPlatform
import Glibc

/// One message between the pool and a worker: what it is, and its bytes.
package struct Frame {
  package var kind: Kind
  package var payload: [UInt8]

  package enum Kind: UInt8 {
    /// Pool to worker: read the document whose descriptor comes with it.
    case read = 1
    /// Pool to worker: say what you are.
    case describe = 2
    /// Worker to pool.
    case ready = 16
    case page, memberStart, memberBytes, done, failed, description
  }

  /// Longer ones are not believed: nothing that one page or one summary holds needs as much.
  package static let longest = 64 << 20

  package init(_ kind: Kind, _ payload: [UInt8] = []) {
    self.kind = kind
    self.payload = payload
  }
}

/// What can go wrong on the way.
package enum WireError: Error {
  /// The other side is gone.
  case closed
  /// The time was used up while waiting for the other side.
  case deadline
  /// What came is no frame.
  case garbled
}

/// A Unix socket that carries frames: a kind in one byte, a length in four, the payload.
///
/// Used by one thread. Owns its descriptor. Writes block until the other side has room: that is the backpressure.
package final class FrameSocket {
  private let socket: Int32
  private var buffer: [UInt8]
  private var filled = 0
  private var taken = 0
  private var descriptors: [Int32] = []
  /// Only the worker accepts descriptors; what a worker would send is dropped by the kernel.
  private let acceptsDescriptors: Bool

  private static let headerLength = 5

  package init(owning socket: Int32, acceptsDescriptors: Bool = false) {
    self.socket = socket
    self.acceptsDescriptors = acceptsDescriptors
    buffer = [UInt8](repeating: 0, count: 64 << 10)
  }

  deinit {
    close(socket)
    for descriptor in descriptors { close(descriptor) }
  }

  /// - Parameter patience: the time that may be spent waiting; nil waits for ever.
  package func send(
    _ frame: Frame, descriptor: Int32? = nil, patience: inout Patience
  ) throws(WireError) {
    var bytes: [UInt8] = [frame.kind.rawValue]
    bytes.reserveCapacity(FrameSocket.headerLength + frame.payload.count)
    withUnsafeBytes(of: UInt32(clamping: frame.payload.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: frame.payload)
    var sent = 0
    while sent < bytes.count {
      try patience.wait(for: socket, events: Int16(POLLOUT))
      let count = bytes.withUnsafeBytes { raw in
        let rest = UnsafeRawBufferPointer(rebasing: raw[sent...])
        return if let descriptor, sent == 0 {
          platform_send_descriptor(socket, rest.baseAddress, rest.count, descriptor)
        } else {
          Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL) | patience.flags)
        }
      }
      if count > 0 { sent += count } else if errno != EINTR && errno != EAGAIN { throw .closed }
    }
  }

  /// The next frame.
  package func receive(patience: inout Patience) throws(WireError) -> Frame {
    while true {
      if let frame = try frameInBuffer() { return frame }
      try fill(patience: &patience)
    }
  }

  /// The next frame if it is here already.
  package func receiveNow() throws(WireError) -> Frame? {
    if let frame = try frameInBuffer() { return frame }
    var look = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&look, 1, 0) == 1 else { return nil }
    var patience = Patience.endless
    try fill(patience: &patience)
    return try frameInBuffer()
  }

  /// The descriptor that came with the frames so far; the caller closes it.
  package func takeDescriptor() -> Int32? { descriptors.isEmpty ? nil : descriptors.removeFirst() }

  private func frameInBuffer() throws(WireError) -> Frame? {
    let here = filled - taken
    guard here >= FrameSocket.headerLength else { return nil }
    let length = buffer.withUnsafeBytes {
      Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: taken + 1, as: UInt32.self)))
    }
    guard let kind = Frame.Kind(rawValue: buffer[taken]), length <= Frame.longest else { throw .garbled }
    let whole = FrameSocket.headerLength + length
    guard here >= whole else {
      makeRoom(for: whole)
      return nil
    }
    let payload = Array(buffer[taken + FrameSocket.headerLength..<taken + whole])
    taken += whole
    return Frame(kind, payload)
  }

  /// Grows with what has arrived, not with what was promised.
  private func makeRoom(for whole: Int) {
    if taken > 0 {
      buffer.replaceSubrange(0..<filled - taken, with: buffer[taken..<filled])
      filled -= taken
      taken = 0
    }
    let wanted = min(whole, max(buffer.count, filled * 2))
    if buffer.count < wanted { buffer += [UInt8](repeating: 0, count: wanted - buffer.count) }
  }

  private func fill(patience: inout Patience) throws(WireError) {
    if taken == filled { (taken, filled) = (0, 0) }
    if filled == buffer.count { makeRoom(for: filled + FrameSocket.headerLength) }
    if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
    try patience.wait(for: socket, events: Int16(POLLIN))
    var descriptor: Int32 = -1
    let count = buffer.withUnsafeMutableBytes { raw in
      let room = UnsafeMutableRawBufferPointer(rebasing: raw[filled...])
      return acceptsDescriptors
        ? platform_receive_descriptor(socket, room.baseAddress, room.count, &descriptor)
        : recv(socket, room.baseAddress, room.count, 0)
    }
    if descriptor >= 0 { descriptors.append(descriptor) }
    if count > 0 {
      filled += count
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      throw .closed
    }
  }
}

/// How long one may still wait for the other side. Only time spent waiting counts, so that a slow disk on this side
/// is not held against a worker.
package struct Patience {
  private var left: Duration?

  package static var endless: Patience { Patience(left: nil) }
  package static func seconds(_ seconds: Int) -> Patience { Patience(left: .seconds(seconds)) }

  /// Without a deadline calls may block; with one they are asked only when they would not.
  fileprivate var flags: Int32 { left == nil ? 0 : Int32(MSG_DONTWAIT) }

  fileprivate mutating func wait(for socket: Int32, events: Int16) throws(WireError) {
    guard let left else { return }
    let clock = ContinuousClock()
    let start = clock.now
    var look = pollfd(fd: socket, events: events, revents: 0)
    let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    let ready = poll(&look, 1, Int32(clamping: max(0, milliseconds)))
    self.left = left - (clock.now - start)
    if ready == 0 { throw .deadline }
  }
}
