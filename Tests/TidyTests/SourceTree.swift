import Foundation

/// The checkout's files as these tests read them.
struct SourceTree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct File: CustomStringConvertible {
    /// From the checkout's root: `Sources/Docket/Stage.swift`.
    let path: String
    let text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var description: String { path }
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }
  }

  /// Swift files below a folder, sorted by path.
  static func swiftFiles(_ folder: String) -> [File] { files(folder, suffix: ".swift") }

  static func files(_ folder: String, suffix: String) -> [File] {
    let base = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted().compactMap { name in
      guard let text = try? String(contentsOf: base.appending(path: name), encoding: .utf8) else { return nil }
      return File(path: "\(folder)/\(name)", text: text)
    }
  }

  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }
}

/// A line without what stands in string literals and after `//`.
func code(of line: some StringProtocol) -> String {
  var out = ""
  var inString = false
  var previous: Character = " "
  for character in line {
    if character == "\"", previous != "\\" { inString.toggle() }
    if !inString, character == "/", previous == "/" { return String(out.dropLast()) }
    if !inString { out.append(character) }
    previous = character
  }
  return out
}

/// The string literals of one line, without interpolation.
func literals(of line: some StringProtocol) -> [String] {
  line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    .filter { $0.offset % 2 == 1 }.map { String($0.element) }
}
