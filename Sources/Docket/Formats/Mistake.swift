/// A file that a person wrote, as text: a contract, a pipeline, a policy. Who reads it from disk is not our concern.
package struct WrittenFile: Hashable, Sendable {
  /// As messages show it: `pipelines/office.yaml`.
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// Of the bytes.
  package var digest: ContentDigest { ContentDigest(of: text) }
}

/// A place in a written file; lines and columns count from 1, columns in Unicode scalars.
package struct Place: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Something a written file says that cannot be: where, what, and what may have been meant.
package struct Mistake: Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var place: Place
  /// One sentence, with a suggestion where there is a near word.
  package var message: String

  package init(file: String, place: Place, message: String) {
    self.file = file
    self.place = place
    self.message = message
  }

  /// `office.yaml:12:5: Unknown key …`, as compilers print it.
  package var description: String { "\(file):\(place.line):\(place.column): \(message)" }

  /// The mistake as what stops a command.
  package var error: DocketError { DocketError(.badConfiguration, description) }
}

/// What came of reading a written file: the value where there were no mistakes, all mistakes where there were,
/// and what it names in other files.
package struct Loaded<Value: Sendable>: Sendable {
  package var file: WrittenFile
  /// Nil where there are mistakes.
  package var value: Value?
  package var mistakes: [Mistake]
  package var references: [Reference]

  /// - Throws: the first mistake.
  package func get() throws(DocketError) -> Value {
    if let value { return value }
    throw mistakes.first?.error ?? DocketError(.badConfiguration, "The file `\(file.path)` says nothing.")
  }
}

/// A name in one file for something that stands in another.
package struct Reference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case contract, vocabulary, policy, mapping
    /// In a workspace's `roles`, where it has any.
    case role
    /// A field path that each of these contracts must have.
    case field(contracts: [String])
    /// One that at least one of them must have.
    case fieldOfSome(contracts: [String])
  }
  package var kind: Kind
  package var name: String
  package var place: Place
}
