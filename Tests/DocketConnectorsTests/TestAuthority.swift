import DocketTesting
import Foundation
import Glibc
import Testing

/// A certificate authority of one test, made with `openssl`, and servers with its certificates.
struct TestAuthority {
  private let scratch: ScratchFolder

  init(_ scratch: ScratchFolder) throws {
    self.scratch = scratch
    try run(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out",
      "ca.pem", "-days", "2", "-subj", "/CN=Test authority")
    try scratch.write("subjectAltName=IP:127.0.0.1", to: "names")
    for name in ["server", "own"] {
      try run(
        "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "\(name).key", "-out",
        "\(name).csr", "-subj", "/CN=\(name)")
      try run(
        "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "names", "-out", "\(name).pem")
    }
  }

  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = scratch.url
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    return process
  }

  private func run(_ arguments: String...) throws {
    let process = process(arguments)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments[0])")
  }

  /// A server that answers the first who comes with 204.
  final class Server {
    let port: Int
    private let process: Process
    private let answers: Pipe
    init(port: Int, process: Process, answers: Pipe) {
      (self.port, self.process, self.answers) = (port, process, answers)
    }
    func end() {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try? answers.fileHandleForWriting.close()
    }
  }

  /// - Parameter asking: it wants a certificate of this authority from whoever comes.
  func serve(asking: Bool = false) throws -> Server {
    // A port that was free a moment ago.
    let free = try LoopbackServer()
    let port = free.port
    free.stop()
    var arguments = [
      "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", "server.pem", "-key", "server.key",
    ]
    if asking { arguments += ["-Verify", "1", "-verify_return_error", "-CAfile", "ca.pem"] }
    let process = process(arguments)
    let answers = Pipe()
    process.standardInput = answers
    try process.run()
    try answers.fileHandleForWriting.write(
      contentsOf: Data("HTTP/1.1 204 Said\r\nConnection: close\r\n\r\n".utf8))
    let server = Server(port: port, process: process, answers: answers)
    for _ in 0..<200 where !Self.listens(port) { usleep(10_000) }
    return server
  }

  /// As the kernel lists it: a try to connect would be taken for the first request.
  private static func listens(_ port: Int) -> Bool {
    let table = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
    let place = "0100007F:" + String(port, radix: 16, uppercase: true).leftPadded(4)
    return table.split(separator: "\n").contains { $0.contains(place) && $0.contains(" 0A ") }
  }
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
