/// Every error code there is, by area. Add yours to its area's list; a test holds the lists complete.
package enum ErrorCatalog {
  package static let all: [ErrorCode] =
    ErrorCode.reading + ErrorCode.office + ErrorCode.worker + ErrorCode.configuration + ErrorCode.storing
    + ErrorCode.delivering + ErrorCode.learning
    + ErrorCode.commandLine

  package static func code(_ id: String) -> ErrorCode? { all.first { $0.id == id } }
}
