import Docket

/// What is known to be true of documents, from a file of JSON lines.
struct LessonBook: Sendable {
  /// A line: `{"file": "a.pdf", "issuer": "Shop", "fields": {"total": "9.00", "due_on": null}}`.
  struct Line: Sendable {
    var stem: String
    var sha256: String?
    var group: String?
    var fields: [String: String?]
  }

  private var byStem: [String: Line] = [:]
  private var byDigest: [String: Line] = [:]
  private static let mostBytes = 1_000_000_000

  /// - Throws: `bad-input`, with the line's number.
  init(_ path: String) throws(DocketError) {
    let bytes = try FileBytes.start(of: path == "-" ? "/dev/stdin" : path, limit: LessonBook.mostBytes)
    for (number, bytes) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: bytes, as: UTF8.self)
      if text.allSatisfy(\.isWhitespace) { continue }
      do throws(JSONMistake) {
        let line = try LessonBook.line(JSONValue(parsing: text))
        byStem[line.stem] = line
        if let digest = line.sha256 { byDigest[digest] = line }
      } catch {
        throw DocketError(
          .badInput, "`\(PathText.shown(path))`, line \(number + 1), cannot be understood: \(error.what).",
          hint: "`docket train --help` shows what the lines hold.")
      }
    }
  }

  private static func line(_ json: JSONValue) throws(JSONMistake) -> Line {
    func text(_ json: JSONValue) throws(JSONMistake) -> String? {
      try json.optional { json throws(JSONMistake) in try json.string }
    }
    var fields: [String: String?] = [:]
    for (path, value) in try json["fields"].members {
      switch value {
      case .null: fields[path] = .some(nil)
      // Lists are not learned.
      case .array: break
      default: fields[path] = try value.string
      }
    }
    return Line(
      stem: stem(try json["file"].string), sha256: try text(json["sha256"]), group: try text(json["issuer"]),
      fields: fields)
  }

  func line(file: String, digest: ContentDigest) -> Line? { byDigest[digest.hex] ?? byStem[LessonBook.stem(file)] }

  /// The last part of a path, without its ending.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
