internal import Yams

/// Reads a written file's YAML and collects every mistake in it.
///
/// Anchors, aliases and several documents in one file are refused: no file here needs them, and they are how
/// a small file becomes a large one.
final class YAMLDocument {
  static let largestByteCount = 1_000_000
  static let deepest = 24
  static let mostMistakes = 200

  let file: WrittenFile
  private(set) var mistakes: [Mistake] = []
  private(set) var references: [Reference] = []

  private init(_ file: WrittenFile) { self.file = file }

  /// Reads `file` as the value that `decode` makes of its root.
  static func load<Value>(_ file: WrittenFile, _ decode: (YAMLValue) -> Value?) -> Loaded<Value> {
    let document = YAMLDocument(file)
    let value = document.root().flatMap(decode)
    let isSound = document.mistakes.isEmpty
    if isSound, value == nil { document.note("The file cannot be read.", at: Place(line: 1, column: 1)) }
    return Loaded(
      file: file, value: isSound ? value : nil, mistakes: document.mistakes.sorted { $0.place < $1.place },
      references: document.references)
  }

  func note(_ message: String, at place: Place) {
    let mistake = Mistake(file: file.path, place: place, message: message)
    guard mistakes.count < YAMLDocument.mostMistakes, !mistakes.contains(mistake) else { return }
    mistakes.append(mistake)
  }

  func refer(to name: String, _ kind: Reference.Kind, at place: Place) {
    references.append(Reference(kind: kind, name: name, place: place))
  }

  private func root() -> YAMLValue? {
    guard file.text.utf8.count <= YAMLDocument.largestByteCount else {
      note("The file is larger than \(YAMLDocument.largestByteCount) bytes.", at: Place(line: 1, column: 1))
      return nil
    }
    if let place = file.text.firstAnchor {
      note("Anchors and aliases (`&`, `*`) are not available; write the value out or quote it.", at: place)
      return nil
    }
    do {
      guard let node = try Parser(yaml: file.text, encoding: .utf8).singleRoot() else {
        note("The file is empty.", at: Place(line: 1, column: 1))
        return nil
      }
      return YAMLValue(node: node, document: self, depth: 0)
    } catch let error as YamlError {
      note(error)
    } catch {
      note("The file is not YAML.", at: Place(line: 1, column: 1))
    }
    return nil
  }

  private func note(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      note("This is not YAML: \(problem).", at: Place(mark))
    case .duplicatedKeysInMapping(let keys, let context):
      note("The key `\(keys.first ?? "")` is written twice.", at: Place(context.mark))
    case .reader(let problem, _, _, _):
      note("This is not YAML: \(problem).", at: Place(line: 1, column: 1))
    default:
      note("The file is not YAML.", at: Place(line: 1, column: 1))
    }
  }
}

extension Place {
  init(_ mark: Mark?) {
    self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}

extension String {
  /// Where an anchor or alias stands, outside quotes and comments.
  fileprivate var firstAnchor: Place? {
    var place = Place(line: 1, column: 0)
    var quote: Unicode.Scalar?
    var previous: Unicode.Scalar = " "
    var startsToken = true
    var isComment = false
    for scalar in unicodeScalars {
      place.column += 1
      switch scalar {
      case "\n":
        place = Place(line: place.line + 1, column: 0)
        isComment = false
        startsToken = true
      case _ where isComment: break
      case _ where quote != nil:
        if scalar == quote, previous != "\\" || quote == "'" { quote = nil }
      case "\"" where startsToken, "'" where startsToken: quote = scalar
      case "#" where previous == " " || previous == "\n": isComment = true
      case "&" where startsToken, "*" where startsToken: return place
      case " ": startsToken = startsToken || [":", ",", "-", "?"].contains(previous)
      case "[", "{", ",", "-", "?": startsToken = scalar != "-" && scalar != "?"
      default: startsToken = false
      }
      previous = scalar == "\\" && previous == "\\" ? " " : scalar
    }
    return nil
  }
}
