/// A value of JSON text. Numbers are as exact as a `Double`; whole ones that fit are whole.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// - Throws: `JSONMistake` where the text is not JSON, or nested deeper than 64.
  package init(parsing text: String) throws(JSONMistake) {
    var text = text
    var result: Result<JSONValue, JSONMistake> = .failure(JSONMistake("nothing"))
    text.withUTF8 { bytes in
      var parser = JSONParser(bytes: bytes)
      do throws(JSONMistake) { result = .success(try parser.document()) } catch { result = .failure(error) }
    }
    self = try result.get()
  }
}

/// What is wrong with a JSON text; never quotes it.
package struct JSONMistake: Error, Hashable, Sendable {
  package let what: String
  package init(_ what: String) { self.what = what }
}

/// Typed access; what is missing or of another kind throws.
extension JSONValue {
  package var isNull: Bool { self == .null }

  /// A member of an object; null where there is none.
  package subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  package var string: String {
    get throws(JSONMistake) {
      if case .string(let text) = self { return text }
      throw JSONMistake("a text is missing")
    }
  }

  package var integer: Int {
    get throws(JSONMistake) {
      if case .integer(let number) = self { return number }
      throw JSONMistake("a whole number is missing")
    }
  }

  package var double: Double {
    get throws(JSONMistake) {
      switch self {
      case .integer(let number): return Double(number)
      case .number(let number): return number
      default: throw JSONMistake("a number is missing")
      }
    }
  }

  package var boolean: Bool {
    get throws(JSONMistake) {
      if case .boolean(let truth) = self { return truth }
      throw JSONMistake("true or false is missing")
    }
  }

  package var array: [JSONValue] {
    get throws(JSONMistake) {
      if case .array(let elements) = self { return elements }
      throw JSONMistake("a list is missing")
    }
  }

  package var members: [String: JSONValue] {
    get throws(JSONMistake) {
      if case .object(let members) = self { return members }
      throw JSONMistake("an object is missing")
    }
  }

  /// Nil for null.
  package func optional<Value>(
    _ read: (JSONValue) throws(JSONMistake) -> Value
  ) throws(JSONMistake) -> Value? {
    isNull ? nil : try read(self)
  }

  package func list<Value>(_ read: (JSONValue) throws(JSONMistake) -> Value) throws(JSONMistake) -> [Value] {
    var values: [Value] = []
    for element in try array { values.append(try read(element)) }
    return values
  }

  package func dictionary<Value>(
    _ read: (JSONValue) throws(JSONMistake) -> Value
  ) throws(JSONMistake) -> [String: Value] {
    var values: [String: Value] = [:]
    for (key, value) in try members { values[key] = try read(value) }
    return values
  }

  /// One of a closed list of words.
  package func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(JSONMistake) -> Word {
    guard let word = Word(rawValue: try string) else { throw JSONMistake("a word is not known") }
    return word
  }
}
