import Docket

/// A file of one JSON value a line.
enum JSONLinesFile {
  private static let mostBytes = 1_000_000_000

  /// Empty lines are let pass; `-` is standard input.
  ///
  /// - Parameter command: whose help says what the lines hold.
  /// - Throws: `bad-input`, with the line's number.
  static func values<Value>(
    _ path: String, for command: String, _ read: (JSONValue) throws(JSONMistake) -> Value
  ) throws(DocketError) -> [Value] {
    let bytes = try FileBytes.start(of: path == "-" ? "/dev/stdin" : path, limit: mostBytes)
    var values: [Value] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      if text.allSatisfy(\.isWhitespace) { continue }
      do throws(JSONMistake) { values.append(try read(JSONValue(parsing: text))) } catch {
        throw DocketError(
          .badInput, "`\(PathText.shown(path))`, line \(number + 1), cannot be understood: \(error.what).",
          hint: "See `docket help \(command)` for what the lines hold.")
      }
    }
    return values
  }
}

/// What a file of JSON lines says is true of documents.
struct TruthBook: Sendable {
  private let byStem: [String: TruthLine]
  private let byDigest: [String: TruthLine]

  /// - Throws: `bad-input`, with the line's number.
  init(_ path: String?, for command: String) throws(DocketError) {
    let lines =
      if let path {
        try JSONLinesFile.values(path, for: command) { json throws(JSONMistake) in try TruthLine(json) }
      } else {
        [TruthLine]()
      }
    byStem = Dictionary(lines.map { ($0.stem, $0) }, uniquingKeysWith: { first, _ in first })
    byDigest = Dictionary(
      lines.compactMap { line in line.sha256.map { ($0, line) } }, uniquingKeysWith: { first, _ in first })
  }

  /// By its content where lines say it, else by the file's name without its ending.
  func line(file: String, digest: String) -> TruthLine? { byDigest[digest] ?? byStem[TruthLine.stem(of: file)] }
}
