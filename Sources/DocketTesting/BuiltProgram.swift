package import Foundation

/// A program of this package, run as its users run it. The binaries lie beside the test bundle.
package struct BuiltProgram: Sendable {
  package let path: String

  package init(_ name: String) { path = BuiltProgram.folder.appending(path: name).path }

  /// Another program, such as a shell that runs the built ones.
  package init(at path: String) { self.path = path }

  /// Where the test bundle was loaded from; the running program is the toolchain's test runner.
  package static let folder: URL = {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }.flatMap {
      $0.firstIndex(of: "/").map($0.suffix(from:))
    }
    return URL(filePath: bundle.map(String.init) ?? CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  /// The checkout that this file is of: where `Corpus` and `Models` are.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  package struct Ending: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
    package var lines: [Substring] { output.split(separator: "\n") }
  }

  /// Runs it to its end.
  /// - Parameters:
  ///   - folder: the working folder.
  ///   - environment: added to a small one of its own, so that the caller's settings do not leak in.
  ///   - input: what it finds on standard input.
  package func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String = ""
  ) throws -> Ending {
    let running = try start(arguments, in: folder, environment: environment, input: input)
    return running.wait()
  }

  /// Starts it; `wait` gives its ending.
  package func start(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String = ""
  ) throws -> Running {
    let scratch = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder.map { URL(filePath: $0) }
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": scratch.path("home")]
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    // Files, not pipes: a pipe that nobody empties would stop the program.
    try Data(input.utf8).write(to: scratch.url("in"))
    try Data().write(to: scratch.url("out"))
    try Data().write(to: scratch.url("err"))
    process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
    process.standardOutput = try FileHandle(forWritingTo: scratch.url("out"))
    process.standardError = try FileHandle(forWritingTo: scratch.url("err"))
    try process.run()
    return Running(process: process, scratch: scratch)
  }

  package struct Running {
    package let process: Process
    fileprivate let scratch: ScratchFolder

    /// What it has written to standard error so far.
    package var errors: String { scratch.text("err") }
    package var output: String { scratch.text("out") }

    package func wait() -> Ending {
      process.waitUntilExit()
      // A process ended by a signal reports as shells do.
      let base: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
      return Ending(status: base + process.terminationStatus, output: output, errors: errors)
    }
  }
}

/// A folder of a test's own, removed with it.
package final class ScratchFolder: Sendable {
  package let url: URL

  /// - Parameter parent: the folder that it is made in; the system's for temporary ones unless given.
  package init(in parent: String? = nil) throws {
    let parent = parent.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory
    url = parent.appending(path: "docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url.appending(path: "home"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The folder itself, as a path.
  package var root: String { url.path }
  package func url(_ name: String) -> URL { url.appending(path: name) }
  package func path(_ name: String) -> String { url(name).path }

  /// Writes a file, with the folders it needs.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try FileManager.default.createDirectory(
      at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(name))
    return path(name)
  }

  /// A file's text, empty where there is none.
  package func text(_ name: String) -> String { (try? String(contentsOf: url(name), encoding: .utf8)) ?? "" }

  package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Names in a folder, sorted.
  package func names(_ folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }
}
