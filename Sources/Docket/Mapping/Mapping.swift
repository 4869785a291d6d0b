/// A record in another system's words: `mappings/<name>.v<version>.yaml`.
package struct Mapping: Hashable, Sendable {
  package var name: String
  package var version: Int
  /// The contract that it is of, `name` or `name@1`.
  package var contract: PlacedText
  /// In the order written.
  package var fields: [MappedField]
  package var digest: ContentDigest

  package var reference: String { "\(name)@\(version)" }
}

/// A word with its place in the file, for what can only be judged beside other files.
package struct PlacedText: Hashable, Sendable {
  package var text: String
  package var place: Place

  package init(text: String, place: Place) {
    self.text = text
    self.place = place
  }
}

/// One field of the other system.
package struct MappedField: Hashable, Sendable {
  /// As the other system calls it.
  package var name: PlacedText
  package var source: Source

  package indirect enum Source: Hashable, Sendable {
    case value(MappedValue)
    /// A row for each of a table's, with fields of its own.
    case rows(each: PlacedText, fields: [MappedField])
  }
}

/// Where a value comes from, and how it is changed: in the order of these lines, whatever the order in the file.
package struct MappedValue: Hashable, Sendable {
  /// Leaf paths; within `each` a column's name, or a leaf of the record.
  package var from: [PlacedText]
  package var constant: String?
  /// Cut at each of these, and which of the parts, counted from 1.
  package var split: String?
  package var part: Int?
  /// A vocabulary, and one of its code lists.
  package var by: PlacedText?
  package var code: PlacedText?
  package var times: DecimalNumber?
  package var form: Form?
  /// Characters to keep, from the start or from the end.
  package var first: Int?
  package var last: Int?
  /// What stands between several values; without it the first counts.
  package var join: String?
  /// Where there is none.
  package var fallback: String?
  package var place: Place

  package enum Form: String, CaseIterable, Sendable {
    case text, integer, decimal, date, datetime, epoch, upper, lower
    case dateBasic = "date-basic"
  }

  package init(from: [PlacedText] = [], place: Place) {
    self.from = from
    self.place = place
  }
}
