/// Something to know that did not stop the work.
package struct Finding: Hashable, Sendable {
  /// Stable and kebab-case: `ambiguous-date`, `lines-add-up`.
  package var code: String
  package var level: Level
  /// One sentence; names fields and places, never quotes the document.
  package var message: String
  /// The field it concerns, dotted, where it concerns one.
  package var field: String?

  package enum Level: String, Sendable, CaseIterable { case note, warning, error }

  package init(_ code: String, _ level: Level, _ message: String, field: String? = nil) {
    self.code = code
    self.level = level
    self.message = message
    self.field = field
  }
}
