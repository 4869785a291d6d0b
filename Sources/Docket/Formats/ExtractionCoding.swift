extension Candidate: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("path", path)
      json.member("value", value)
      json.member("raw", raw)
      json.member("score", exact: score)
      json.member("locators", locators)
      json.member("producer", producer)
      json.member("exact", isExact)
      json.member("reading_confidence", exact: readingConfidence)
      json.member("findings", findings)
      if let zeroShot { json.member("zero_shot", exact: zeroShot) }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      path: try json["path"].string, value: try Value(json["value"]), raw: try json["raw"].string,
      score: try json["score"].double, locators: try json["locators"].list(Locator.init),
      producer: try json["producer"].string, isExact: try json["exact"].boolean,
      readingConfidence: try json["reading_confidence"].double, findings: try json["findings"].list(Finding.init))
    zeroShot = try json["zero_shot"].optional { json throws(JSONMistake) in try json.double }
  }
}

extension Extraction: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.memberObject("candidates") { json in
        for (path, list) in candidates.sorted(by: { $0.key < $1.key }) { json.member(path, list) }
      }
      json.memberObject("rows") { json in
        for (table, rows) in rows.sorted(by: { $0.key < $1.key }) {
          json.memberArray(table) { json in
            for row in rows {
              json.object { json in
                for (column, cell) in row.sorted(by: { $0.key < $1.key }) { json.member(column, cell) }
              }
            }
          }
        }
      }
      json.member("findings", findings)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      candidates: try json["candidates"].dictionary { list throws(JSONMistake) in try list.list(Candidate.init) },
      rows: try json["rows"].dictionary { rows throws(JSONMistake) in
        try rows.list { row throws(JSONMistake) in try row.dictionary(Candidate.init) }
      },
      findings: try json["findings"].list(Finding.init))
  }
}
