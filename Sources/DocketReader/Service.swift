import Docket
import DocketParsers
import DocketWorkers
import Glibc

/// Reads what it is handed until the other side goes away.
struct Service {
  let socket: FrameSocket
  let sandbox: Sandbox
  let models: ModelFiles
  let arguments: [String]
  private let parsers: Parsers

  init(socket: FrameSocket, sandbox: Sandbox, models: ModelFiles, arguments: [String]) {
    self.socket = socket
    self.sandbox = sandbox
    self.models = models
    self.arguments = arguments
    parsers = Parsers(lineModel: models.lineModel)
  }

  func run() {
    var endless = Patience.endless
    var ready = ByteWriter()
    ready.put(Message.version)
    do {
      try socket.send(Frame(.ready, ready.bytes), patience: &endless)
      while true {
        let frame = try socket.receive(patience: &endless)
        switch frame.kind {
        case .read: try serve(frame.payload)
        case .describe:
          let probe = Probe(sandbox: sandbox, models: models)
          let description = Message.Description(versions: probe.versions, json: probe.json)
          try socket.send(Frame(.description, Message.encode(description)), patience: &endless)
        default: return
        }
      }
    } catch {
      // The other side is gone: so are we.
    }
  }

  private func serve(_ payload: [UInt8]) throws(WireError) {
    var endless = Patience.endless
    let started = Service.cpuSeconds
    let output = FrameOutput(socket: socket)
    let answer: Frame
    do throws(DocketError) {
      guard let descriptor = socket.takeDescriptor() else {
        throw DocketError(.fileSystem, "No descriptor came with the document.")
      }
      defer { close(descriptor) }
      let request = try Message.decodeRequest(payload)
      output.limits = request.settings.limits
      output.pages = request.resumesAfter ?? 0
      Sandbox.allowCPU(seconds: request.settings.limits.seconds)
      Sandbox.beginDocument()
      let file = try MappedFile(descriptor, limit: request.settings.limits.bytes)
      #if DEBUG
        Misbehavior.act(on: file.bytes, arguments: arguments, socket: socket)
      #endif
      var summary = try parsers.read(
        bytes: file.bytes, name: request.name, settings: request.settings, resumesAfter: request.resumesAfter,
        into: output)
      summary.pageCount = output.pages
      let done = Message.encodeDone(
        summary, cpuSeconds: Service.cpuSeconds - started, peakKiB: Service.usage.ru_maxrss)
      guard done.count <= Frame.longest else {
        throw DocketError(.tooManyBytes, "The document's text is larger than a reader hands on.")
      }
      answer = Frame(.done, done)
    } catch {
      answer = Frame(.failed, Message.encode(error))
    }
    try socket.send(answer, patience: &endless)
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  private static var cpuSeconds: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }
}

/// Sends pages and members as they are found, within the document's limits.
final class FrameOutput: ParserOutput {
  private let socket: FrameSocket
  var limits = ReadLimits()
  var pages = 0
  private var members = 0
  private var memberBytes = 0

  private static let chunk = 1 << 20

  init(socket: FrameSocket) { self.socket = socket }

  func page(_ page: PageReading) throws(DocketError) {
    pages += 1
    guard pages <= limits.pages else {
      throw DocketError(.tooManyPages, "The document has more than \(limits.pages) pages.")
    }
    let payload = ReadingCoding.encode(page)
    guard payload.count <= Frame.longest else {
      throw DocketError(.tooManyBytes, "Page \(pages) holds more words than a reader hands on.")
    }
    try send(Frame(.page, payload))
  }

  func member(part: PartPath, name: String, bytes: UnsafeRawBufferPointer) throws(DocketError) {
    members += 1
    memberBytes += bytes.count
    guard members <= limits.parts else {
      throw DocketError(.tooManyParts, "The document holds more than \(limits.parts) parts.")
    }
    guard memberBytes <= limits.bytes else {
      throw DocketError(.tooManyBytes, "The document unpacks to more than \(limits.bytes) bytes.")
    }
    try send(Frame(.memberStart, Message.encode(.init(part: part, name: name, byteCount: bytes.count))))
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + FrameOutput.chunk)
      try send(Frame(.memberBytes, Array(bytes[at..<end])))
      at = end
    }
  }

  /// An eighth of the document's time for one page: what else is in it shall be read too, on a busy machine also.
  func drawing<Result>(_ work: () -> Result) -> Result { Sandbox.drawing(seconds: limits.seconds / 8, work) }

  private func send(_ frame: Frame) throws(DocketError) {
    var endless = Patience.endless
    do throws(WireError) {
      try socket.send(frame, patience: &endless)
    } catch {
      // Nobody is left to tell.
      _exit(0)
    }
  }
}

/// A document's bytes, mapped read-only. A file that shrinks while it is read ends the process, and is told as a crash.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  init(_ descriptor: Int32, limit: Int) throws(DocketError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw DocketError(.fileSystem, "The file cannot be looked at.", cause: String(cString: strerror(errno)))
    }
    let count = Int(status.st_size)
    guard count <= limit else {
      throw DocketError(.tooManyBytes, "The file has \(count) bytes; \(limit) are allowed.")
    }
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw DocketError(.fileSystem, "The file cannot be mapped.", cause: String(cString: strerror(errno)))
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
