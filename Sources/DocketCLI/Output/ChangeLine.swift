import Docket

/// What became of one document: `docket/change/1`, a line for whoever changes documents or watches them change.
struct ChangeLine {
  let document: Document
  let state: DocumentState
  var errorCode: String?
  /// Fields that a person is still asked about.
  var asked: [String] = []
  /// Codes of checks that do not hold.
  var failedChecks: [String] = []
  /// Nothing was changed: this is what would be.
  var isPlan = false

  /// JSON on standard output where it was asked for, else words for the person at the terminal.
  func show(_ output: Output, _ words: @autoclosure () -> String) {
    if output.isJSON { output.data(json) } else { output.note(words()) }
  }

  private var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/change/1")
      json.member("type", "document")
      json.member("at", Moment.text(SystemClock().now()))
      json.member("document", document.id.hex)
      json.member("name", document.name)
      json.member("part", document.part?.text)
      json.member("state", state.rawValue)
      json.member("error", errorCode)
      json.memberArray("asked") { json in for path in asked { json.string(path) } }
      json.memberArray("failed_checks") { json in for code in failedChecks { json.string(code) } }
      json.member("planned", isPlan)
    }
    return json.text
  }
}
