/// What can happen to the program that reads.
extension ErrorCode {
  package static let worker: [ErrorCode] = [
    .workerCrashed, .workerTimeout, .workerMemory, .pageTimeout, .readerMissing,
  ]

  package static let workerCrashed = ErrorCode(
    "worker-crashed", meaning: "The reading program ended while it read this document.",
    remedy: "The document is kept; report it if you may share it, then `docket failed replay`.")
  package static let workerTimeout = ErrorCode(
    "worker-timeout", meaning: "Reading took longer than the pipeline's `limits: seconds` and was ended.",
    remedy: "Split the document, or raise `limits: seconds` in the pipeline.")
  package static let workerMemory = ErrorCode(
    "worker-memory", meaning: "Reading needed more memory than a reader may have and was ended.",
    remedy: "Split the document, or scan it at a lower resolution.")
  package static let pageTimeout = ErrorCode(
    "page-timeout", meaning: "Pages of the PDF take too long to be drawn, and have no good text of their own.",
    remedy: "Print the document to a new PDF, or scan it; or raise `limits: seconds` in the pipeline.")
  package static let readerMissing = ErrorCode(
    "reader-missing", meaning: "The program `docket-reader` is not beside `docket`, or cannot start.",
    remedy: "Run `docket doctor`; it names what is missing and the line that installs it.")
}
