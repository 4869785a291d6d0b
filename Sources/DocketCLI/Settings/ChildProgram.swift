import Foundation

/// Another program, run to its end.
enum ChildProgram {
  struct Answer {
    var status: Int32
    var output: String
    var errors: String
  }

  /// What it prints must be small: it is read after the other.
  static func run(_ path: String, _ arguments: [String]) -> Answer {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      return Answer(status: 127, output: "", errors: "\(path) cannot be started.")
    }
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }
}
