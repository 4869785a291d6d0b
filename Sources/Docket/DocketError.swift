/// What prevents an artifact: a stable code, one sentence, and what to type next. Never shows the document.
package struct DocketError: Error, Sendable, CustomStringConvertible {
  package var code: ErrorCode
  /// What happened and where, one sentence with a capital and a period.
  package var sentence: String
  /// What to do, with the command to type; the catalog's remedy unless a better one is known here.
  package var hint: String
  /// What lay beneath: a system error, a library's message; for the log, not for the terminal.
  package var cause: String?
  package var stage: String?
  package var document: DocumentID?
  /// Seconds before which trying again is not wanted, where who failed says so.
  package var retryAfter: Double?
  /// Not this record is the trouble: nothing will be taken just now.
  package var isAway = false

  package init(
    _ code: ErrorCode, _ sentence: String, hint: String? = nil, cause: String? = nil, stage: String? = nil,
    document: DocumentID? = nil
  ) {
    self.code = code
    self.sentence = sentence
    self.hint = hint ?? code.remedy
    self.cause = cause
    self.stage = stage
    self.document = document
  }

  package var isTransient: Bool { code.isTransient }

  package var description: String {
    var place = [code.id]
    if let stage { place.append("stage \(stage)") }
    if let document { place.append("document \(document.hex.prefix(6))") }
    return "\(sentence)\n  \(hint)\n  (\(place.joined(separator: ", ")))"
  }
}

/// A stable name for a way to fail. Every code stands in `ErrorCatalog`, is explained by `docket help CODE`
/// and has a test; codes are only ever added.
package struct ErrorCode: Hashable, Sendable {
  /// Kebab-case: `pdf-encrypted`.
  package let id: String
  /// What it means, one or two sentences.
  package let meaning: String
  /// What to do about it.
  package let remedy: String
  /// Worth trying again without a person doing anything.
  package let isTransient: Bool

  package init(_ id: String, meaning: String, remedy: String, isTransient: Bool = false) {
    self.id = id
    self.meaning = meaning
    self.remedy = remedy
    self.isTransient = isTransient
  }

  package static func == (a: ErrorCode, b: ErrorCode) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
