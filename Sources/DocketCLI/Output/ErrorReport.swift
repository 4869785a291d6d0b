import Docket

/// One or several mistakes, printed together: what happened, what to type next, and the code.
struct ErrorReport: Error {
  let errors: [DocketError]

  init(_ errors: [DocketError]) { self.errors = errors }

  /// Whatever was thrown, as far as it can be told.
  init(of error: any Error) {
    if let report = error as? ErrorReport {
      self = report
    } else {
      errors = [(error as? DocketError) ?? DocketError(.unexpected, "Something unexpected.", cause: "\(error)")]
    }
  }

  /// Of the first mistake; `unexpected` where there is none.
  var exitCode: ExitCode { errors.first.map { ExitCode(of: $0.code) } ?? .unexpected }

  /// What to do, and the code, stand once behind mistakes that share them.
  var text: String {
    errors.enumerated().map { index, error in
      let next = index + 1 < errors.count ? errors[index + 1] : nil
      let isShared = next.map {
        ($0.code, $0.hint, $0.stage, $0.document) == (error.code, error.hint, error.stage, error.document)
      }
      return "docket: \(isShared == true ? error.sentence : error.description)"
    }.joined(separator: "\n")
  }

  func print() { Output().note(text) }
}
