import Docket

/// One or several mistakes, printed together: what happened, what to type next, and the code.
struct ErrorReport: Error {
  let errors: [DocketError]

  init(_ errors: [DocketError]) { self.errors = errors }

  /// Of the first mistake; `unexpected` where there is none.
  var exitCode: ExitCode { errors.first.map { ExitCode(of: $0.code) } ?? .unexpected }

  var text: String { errors.map { "docket: \($0)" }.joined(separator: "\n") }

  func print() { Output().note(text) }
}
