internal import Yams

/// A value in a written file. Scalars are text, typed by the place they stand in: `0.02` is never a float, `no` is
/// a word. Whatever does not fit is noted with its place, and nil comes back.
struct YAMLValue {
  let node: Node
  let document: YAMLDocument
  let depth: Int

  var place: Place { Place(node.mark) }

  func mistake(_ message: String) { document.note(message, at: place) }

  func refer(to name: String, _ kind: Reference.Kind) { document.refer(to: name, kind, at: place) }

  private func child(_ node: Node) -> YAMLValue? {
    guard depth < YAMLDocument.deepest else {
      mistake("The file is nested too deeply.")
      return nil
    }
    return YAMLValue(node: node, document: document, depth: depth + 1)
  }

  private var kindName: String {
    switch node {
    case .scalar: "a text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  var isList: Bool { node.sequence != nil }
  var isMapping: Bool { node.mapping != nil }

  /// A text that is not empty, unless it is quoted.
  func text(_ what: String = "a text") -> String? {
    guard let scalar = node.scalar else {
      mistake("Expected \(what), found \(kindName).")
      return nil
    }
    let isPlain = scalar.style == .plain || scalar.style == .any
    guard !isPlain || !scalar.string.isEmpty else {
      mistake("Expected \(what), found nothing.")
      return nil
    }
    return scalar.string
  }

  func list(_ what: String = "a list") -> [YAMLValue]? {
    guard let sequence = node.sequence else {
      mistake("Expected \(what), found \(kindName).")
      return nil
    }
    return sequence.compactMap(child)
  }

  /// A list, or one value standing for a list of one.
  func oneOrMore(_ what: String = "a list") -> [YAMLValue] {
    isList ? (list(what) ?? []) : [self]
  }

  func texts(_ what: String = "a text") -> [String] { oneOrMore().compactMap { $0.text(what) } }

  /// A mapping whose keys are free: names with their places, in the order written.
  func entries(_ what: String = "a mapping") -> [(key: YAMLValue, name: String, value: YAMLValue)]? {
    guard let mapping = node.mapping else {
      mistake("Expected \(what), found \(kindName).")
      return nil
    }
    return mapping.compactMap { key, value in
      guard let key = child(key), let value = child(value), let name = key.text("a key") else { return nil }
      return (key, name, value)
    }
  }

  /// A mapping whose keys are a closed list.
  func keys<Key: YAMLKey>(_ type: Key.Type, _ what: String = "a mapping") -> YAMLMap<Key>? {
    guard let entries = entries(what) else { return nil }
    var values: [Key: YAMLValue] = [:]
    for (key, name, value) in entries {
      if let known = Key(rawValue: name) {
        values[known] = value
      } else {
        key.mistake("Unknown key `\(name)`\(Spelling.suggestion(for: name, in: Key.all))")
      }
    }
    return YAMLMap(value: self, values: values)
  }

  /// One of a closed list of words.
  func word<Word: YAMLKey>(_ type: Word.Type, _ what: String) -> Word? {
    guard let text = text(what) else { return nil }
    if let word = Word(rawValue: text) { return word }
    mistake("`\(text)` is not \(what)\(Spelling.suggestion(for: text, in: Word.all))")
    return nil
  }
}

/// A closed list of words: keys of a mapping, or what a value may be.
protocol YAMLKey: RawRepresentable<String>, CaseIterable, Hashable {}

extension YAMLKey {
  static var all: [String] { allCases.map(\.rawValue) }
}

/// A mapping whose keys are a closed list.
struct YAMLMap<Key: YAMLKey> {
  let value: YAMLValue
  fileprivate let values: [Key: YAMLValue]

  subscript(key: Key) -> YAMLValue? { values[key] }

  var present: Set<Key> { Set(values.keys) }

  /// Notes where it is missing.
  func required(_ key: Key) -> YAMLValue? {
    if values[key] == nil { value.mistake("The key `\(key.rawValue)` is missing.") }
    return values[key]
  }
}

extension Node {
  fileprivate var scalar: Node.Scalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
  fileprivate var sequence: Node.Sequence? { if case .sequence(let list) = self { list } else { nil } }
  fileprivate var mapping: Node.Mapping? { if case .mapping(let map) = self { map } else { nil } }
}
