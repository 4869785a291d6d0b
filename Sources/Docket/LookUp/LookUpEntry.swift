/// A system of record that records are held against, as a pipeline names it.
package struct LookUpEntry: Hashable, Sendable {
  package var name: String
  /// `csv` or `sqlite`.
  package var kind: String
  package var path: String
  /// Of a database.
  package var table: String?
  /// Fields that tell which row a record is about, and the columns that they are compared with.
  package var match: [Pair]
  /// Fields that are taken from that row where the document does not say them.
  package var fills: [Pair]
  package var place: Place

  package struct Pair: Hashable, Sendable {
    package var field: String
    package var column: PlacedText
    package init(field: String, column: PlacedText) {
      self.field = field
      self.column = column
    }
  }

  package init(
    name: String, kind: String, path: String, table: String? = nil, match: [Pair], fills: [Pair], place: Place
  ) {
    self.name = name
    self.kind = kind
    self.path = path
    self.table = table
    self.match = match
    self.fills = fills
    self.place = place
  }

  /// Columns that the file must have and has not.
  package func missing(in columns: [String]) -> [PlacedText] {
    (match + fills).map(\.column).filter { !columns.contains($0.text) }
  }
}

/// Reads `look_up` of a pipeline.
extension LookUpEntry {
  private enum Key: String, YAMLKey { case csv, sqlite, postgres, rest, match, fills }
  private enum FileKey: String, YAMLKey { case path }
  private enum DatabaseKey: String, YAMLKey { case path, table }

  static func list(_ value: YAMLValue, accepts: [String]) -> [LookUpEntry] {
    (value.entries("look-ups by name") ?? []).compactMap { key, name, value in
      entry(name, value, at: key.place, accepts: accepts)
    }
  }

  private static func entry(_ name: String, _ value: YAMLValue, at place: Place, accepts: [String]) -> LookUpEntry? {
    guard let map = value.keys(Key.self, "a look-up") else { return nil }
    for key in [Key.postgres, .rest] { map[key]?.mistake("The look-up `\(key.rawValue)` is not available yet.") }
    guard (map[.csv] == nil) != (map[.sqlite] == nil) else {
      if map[.postgres] == nil, map[.rest] == nil {
        value.mistake("Exactly one of `csv` and `sqlite` must stand here.")
      }
      return nil
    }
    var entry = LookUpEntry(
      name: name, kind: map[.csv] == nil ? Key.sqlite.rawValue : Key.csv.rawValue, path: "",
      match: map.required(.match).map { pairs($0, accepts) } ?? [], fills: map[.fills].map { pairs($0, accepts) } ?? [],
      place: place)
    if let file = map[.csv]?.keys(FileKey.self, "a file's settings") {
      entry.path = file.required(.path)?.text("a file") ?? ""
    }
    if let database = map[.sqlite]?.keys(DatabaseKey.self, "a database's settings") {
      entry.path = database.required(.path)?.text("a file") ?? ""
      entry.table = database.required(.table)?.text("a table")
    }
    if entry.match.isEmpty, let match = map[.match] { match.mistake("A look-up needs a field to look up by.") }
    return entry
  }

  private static func pairs(_ value: YAMLValue, _ accepts: [String]) -> [Pair] {
    (value.entries("columns by field") ?? []).compactMap { key, path, column in
      key.refer(to: path, .fieldOfSome(contracts: accepts))
      return column.text("a column").map {
        Pair(field: path, column: PlacedText(text: $0, place: column.place))
      }
    }
  }
}
