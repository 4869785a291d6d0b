/// `docket/split/1`: where one file falls into documents, as one line of JSON.
package struct SplitLine: Sendable {
  /// As the user named it.
  package var file: String
  package var digest: ContentDigest?
  /// `ok` or an error code.
  package var outcome: String
  package var pageCount: Int?
  package var splitting: Splitting?

  package init(file: String, digest: ContentDigest? = nil, outcome: String = "ok") {
    self.file = file
    self.digest = digest
    self.outcome = outcome
  }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/split/1")
      json.member("file", file)
      json.member("sha256", digest?.hex)
      json.member("outcome", outcome)
      json.member("pages", pageCount)
      if let splitting { json.write(splitting) }
    }
    return json.text
  }
}

extension JSONWriter {
  /// The members `parts` and `boundaries`.
  package mutating func write(_ splitting: Splitting) {
    memberArray("parts") { json in for part in splitting.parts { json.string(part.path?.text ?? "whole") } }
    memberArray("boundaries") { json in
      for boundary in splitting.boundaries {
        json.object { json in
          json.member("page", boundary.page)
          json.member("confidence", boundary.confidence, digits: 4)
          json.member("verdict", boundary.verdict.rawValue)
          json.memberObject("signs") { json in
            for sign in BoundarySign.allCases {
              if let value = boundary.signs[sign] { json.member(sign.rawValue, value, digits: 3) }
            }
          }
        }
      }
    }
  }
}
