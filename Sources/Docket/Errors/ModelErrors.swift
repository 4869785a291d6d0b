/// What can be wrong with what was learned, or with learning; `model-damaged` stands among those of reading.
extension ErrorCode {
  package static let learning: [ErrorCode] = [
    .modelMismatch, .unknownModel, .tooLittleToLearn, .memoryDamaged, .unknownMemory,
  ]

  package static let modelMismatch = ErrorCode(
    "model-mismatch",
    meaning: "A model was learned for another version of its contract, or by a Docket that saw documents differently.",
    remedy: "Learn anew with `docket train CONTRACT`.")
  package static let unknownModel = ErrorCode(
    "unknown-model", meaning: "There is no model of this contract and number.",
    remedy: "`docket models list` shows those there are.")
  package static let tooLittleToLearn = ErrorCode(
    "too-little-to-learn", meaning: "Too few documents with known values are there to learn from.",
    remedy: "Answer questions with `docket review`; five documents of a contract are enough to begin with.")
  package static let memoryDamaged = ErrorCode(
    "memory-damaged", meaning: "A snapshot of what is remembered cannot be read, or is not what was written.",
    remedy: "Go back with `docket memory rollback`, or make a new one with `docket train`.")
  package static let unknownMemory = ErrorCode(
    "unknown-memory", meaning: "Nothing of this vendor, document or number is remembered.",
    remedy: "`docket memory list` shows what is.")
}
