/// `docket/extraction/1`: what one document, or one part of it, became, as one line of JSON.
package struct ExtractionLine: Sendable {
  /// As the user named it; a child has its container's.
  package var file: String
  package var digest: ContentDigest?
  package var part: PartPath?
  /// `ok` or an error code.
  package var outcome: String
  package var reading: Reading?
  package var understood: Understood?
  package var timing: Timing?

  /// Seconds on the wall clock; `readCPU` is the worker's.
  package struct Timing: Hashable, Sendable {
    package var read: Double
    package var readCPU: Double
    package var extract: Double
    package init(read: Double, readCPU: Double = 0, extract: Double = 0) {
      self.read = read
      self.readCPU = readCPU
      self.extract = extract
    }
  }

  package init(
    file: String, digest: ContentDigest?, part: PartPath? = nil, outcome: String = "ok", reading: Reading? = nil,
    understood: Understood? = nil, timing: Timing? = nil
  ) {
    self.file = file
    self.digest = digest
    self.part = part
    self.outcome = outcome
    self.reading = reading
    self.understood = understood
    self.timing = timing
  }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/extraction/1")
      json.member("file", file)
      json.member("sha256", digest?.hex)
      json.member("outcome", outcome)
      json.member("part", part?.text)
      if let reading {
        json.member("media_type", reading.mediaType)
        json.member("pages", reading.pages.count)
        json.member("characters", reading.characterCount)
        if !reading.pages.isEmpty { json.member("quality", reading.quality) }
      }
      if case .parts(let splitting) = understood { json.write(splitting) }
      writeUnderstanding(to: &json)
      if let timing {
        json.memberObject("timing") { json in
          json.member("read_ms", timing.read * 1000, digits: 1)
          json.member("read_cpu_ms", timing.readCPU * 1000, digits: 1)
          json.member("extract_ms", timing.extract * 1000, digits: 1)
        }
      }
    }
    return json.text
  }

  private func writeUnderstanding(to json: inout JSONWriter) {
    guard case .record(let result) = understood else {
      json.member("contract", nil as String?)
      json.memberArray("findings") { json in for finding in reading?.allFindings ?? [] { json.write(finding) } }
      json.member("decision", nil as String?)
      return
    }
    let record = result.record
    json.memberObject("contract") { json in
      json.member("name", record.contract.name)
      json.member("version", record.contract.version)
      json.member("confidence", record.classification, digits: 4)
    }
    json.memberObject("fields") { json in
      for field in record.fields where !field.values.isEmpty {
        json.key(field.path)
        json.write(field, decision: result.decision.fields[field.path])
      }
    }
    json.memberObject("rows") { json in
      for table in record.tables { json.write(table, decisions: result.decision.fields) }
    }
    json.memberArray("findings") { json in
      // The record has its reading's.
      for finding in record.findings + result.decision.reasons { json.write(finding) }
    }
    json.member("confidence", record.confidence, digits: 4)
    json.member("decision", result.decision.route.rawValue)
  }
}

extension JSONWriter {
  /// A field: an object, or a list of objects where the record has several values.
  package mutating func write(_ field: RecordField, decision: Decision.FieldDecision?) {
    if field.values.count == 1 { return write(field.values[0], decision: decision) }
    array { json in for value in field.values { json.write(value, decision: decision) } }
  }

  /// A table's member: its name and its rows, each by column.
  package mutating func write(_ table: RecordTable, decisions: [String: Decision.FieldDecision]) {
    memberArray(table.path) { json in
      for (index, row) in table.rows.enumerated() {
        json.object { json in
          for cell in row where !cell.values.isEmpty {
            let column = String(cell.path.dropFirst(table.path.count + 1))
            json.key(column)
            json.write(cell, decision: decisions["\(table.path)[\(index + 1)].\(column)"])
          }
        }
      }
    }
  }

  package mutating func write(_ value: Sourced, decision: Decision.FieldDecision?) {
    object { json in
      json.member("value", value.value.canonical)
      json.member("raw", value.raw)
      if let score = value.score { json.member("score", score, digits: 3) }
      json.member("confidence", value.confidence, digits: 4)
      if let decision {
        json.member("decision", decision.isAccepted ? "accept" : "ask")
        if let reason = decision.reason { json.member("reason", reason) }
      }
      json.memberArray("provenance") { json in for place in value.provenance { json.write(place) } }
      if !value.alternatives.isEmpty {
        json.memberArray("alternatives") { json in
          for other in value.alternatives {
            json.object { json in
              json.member("value", other.value.canonical)
              json.member("raw", other.raw)
              json.member("confidence", other.confidence, digits: 4)
              json.memberArray("provenance") { json in for place in other.provenance { json.write(place) } }
            }
          }
        }
      }
    }
  }

  package mutating func write(_ place: Provenance) {
    object { json in
      switch place.locator {
      case .region(let region):
        json.member("page", region.page)
        json.memberArray("box") { json in
          for side in [region.x, region.y, region.width, region.height] { json.number(side, digits: 2) }
        }
      case .path(let path): json.member("path", path)
      case .cell(let sheet, let row, let column):
        json.memberObject("cell") { json in
          json.member("sheet", sheet)
          json.member("row", row)
          json.member("column", column)
        }
      case .span(let range):
        json.memberArray("span") { json in
          json.number(range.lowerBound)
          json.number(range.upperBound)
        }
      case .header(let name, let ordinal):
        json.member("header", name)
        json.member("ordinal", ordinal)
      case .person(let person): json.member("person", person)
      case .check(let code): json.member("check", code)
      }
      json.member("producer", place.producer)
    }
  }

  package mutating func write(_ finding: Finding) {
    object { json in
      json.member("code", finding.code)
      json.member("level", finding.level.rawValue)
      json.member("message", finding.message)
      if let field = finding.field { json.member("field", field) }
    }
  }
}
