#if DEBUG
  import Docket
  import DocketWorkers
  import Glibc

  /// What a parser in trouble does, for tests of the pool: debug builds only, and only when asked by `--misbehave`.
  /// The document says what to do: `misbehave: crash`.
  enum Misbehavior {
    static func act(on bytes: UnsafeRawBufferPointer, arguments: [String], socket: FrameSocket) {
      guard arguments.contains("--misbehave") else { return }
      let text = String(decoding: bytes.prefix(100), as: UTF8.self)
      guard text.hasPrefix("misbehave: ") else { return }
      switch text.dropFirst("misbehave: ".count).prefix(while: { $0.isLetter || $0 == "-" }) {
      case "crash": raise(SIGSEGV)
      case "abort": abort()
      case "exit": exit(1)
      case "hang": while true { pause() }
      case "spin": while true {}
      case "close": close(WorkerProcessNumbers.socket)
      case "memory": hoard()
      case "garbage": send([UInt8](repeating: 0xEE, count: 4096))
      case "cut": send([Frame.Kind.page.rawValue, 0xFF, 0, 0, 0, 1, 2, 3], thenExit: true)
      case "huge": send([Frame.Kind.page.rawValue, 0xFF, 0xFF, 0xFF, 0xFF])
      case "lie": send([Frame.Kind.page.rawValue, 4, 0, 0, 0, 1, 2, 3, 4])
      case "print": print("this must not reach the pool")
      default: break
      }
    }

    private enum WorkerProcessNumbers { static let socket: Int32 = 3 }

    private static func hoard() {
      while let block = malloc(16 << 20) { memset(block, 1, 4096) }
      abort()
    }

    private static func send(_ bytes: [UInt8], thenExit: Bool = false) {
      _ = write(WorkerProcessNumbers.socket, bytes, bytes.count)
      if thenExit { _exit(0) }
      while true { pause() }
    }
  }
#endif
