/// `docket/record/1`: a record as other systems get it, one line of JSON with sorted keys.
package struct RecordPayload: Sendable {
  package var record: Record
  /// Of the original.
  package var digest: ContentDigest
  /// Where it stands in its container, nil for what a source brought.
  package var part: PartPath?
  /// The name that the document came with.
  package var name: String

  package init(record: Record, digest: ContentDigest, part: PartPath? = nil, name: String) {
    self.record = record
    self.digest = digest
    self.part = part
    self.name = name
  }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("contract", record.contract)
      json.memberObject("fields") { json in
        for field in record.fields.sorted(by: { $0.path < $1.path }) where !field.values.isEmpty {
          json.key(field.path)
          json.payload(field)
        }
      }
      json.memberArray("findings") { json in for finding in record.findings { json.write(finding) } }
      json.member("id", record.id.hex)
      json.member("name", name)
      json.member("part", part?.text)
      json.member("producer", record.producer)
      json.memberObject("rows") { json in
        for table in record.tables.sorted(by: { $0.path < $1.path }) {
          json.memberArray(table.path) { json in for row in table.rows { json.payload(row, of: table.path) } }
        }
      }
      json.member("schema", "docket/record/1")
      json.member("sensitivity", record.sensitivity.rawValue)
      json.member("sha256", digest.hex)
      json.member("supersedes", record.supersedes)
      json.member("version", record.version)
    }
    return json.text
  }
}

extension JSONWriter {
  fileprivate mutating func payload(_ field: RecordField) {
    if field.values.count == 1 { return payload(field.values[0]) }
    array { json in for value in field.values { json.payload(value) } }
  }

  fileprivate mutating func payload(_ row: [RecordField], of table: String) {
    object { json in
      for cell in row.sorted(by: { $0.path < $1.path }) where !cell.values.isEmpty {
        json.key(String(cell.path.dropFirst(table.utf8.count + 1)))
        json.payload(cell)
      }
    }
  }

  fileprivate mutating func payload(_ value: Sourced) {
    object { json in
      json.member("confidence", value.confidence, digits: 4)
      json.member("exact", value.isExact)
      json.memberArray("provenance") { json in for place in value.provenance { json.write(place) } }
      json.member("raw", value.raw)
      json.member("value", value.value.canonical)
    }
  }
}

/// `records export --canonical`: what does not depend on when or in what order things ran, so that two runs over
/// the same files print the same bytes. No ids, no times.
package struct CanonicalLine: Comparable, Sendable {
  package let json: String

  package init(record: Record, decision: Decision, digest: ContentDigest, part: PartPath?) {
    var json = JSONWriter()
    json.object { json in
      json.member("sha256", digest.hex)
      json.member("part", part?.text)
      json.member("contract", record.contract.description)
      json.member("version", record.version)
      json.memberArray("fields") { json in for field in record.fields { json.canonical(field, decision) } }
      json.memberArray("rows") { json in
        for table in record.tables {
          for (index, row) in table.rows.enumerated() {
            for cell in row { json.canonical(cell, decision, at: "\(table.path)[\(index + 1)]") }
          }
        }
      }
      json.memberArray("findings") { json in for finding in record.findings { json.write(finding) } }
      json.member("decision", decision.route.rawValue)
      json.memberArray("reasons") { json in for finding in decision.reasons { json.write(finding) } }
      json.member("destinations", texts: decision.destinations)
    }
    self.json = json.text
  }

  package static func < (a: CanonicalLine, b: CanonicalLine) -> Bool { a.json < b.json }
}

extension JSONWriter {
  fileprivate mutating func canonical(_ field: RecordField, _ decision: Decision, at row: String? = nil) {
    var path = field.path
    if let row, let dot = path.firstIndex(of: ".") { path = row + path[dot...] }
    let said = decision.fields[path]
    object { json in
      json.member("path", path)
      json.member("confidence", exact: field.confidence)
      json.member("decision", said.map { $0.isAccepted ? "accept" : "ask" })
      json.memberArray("values") { json in
        for value in field.values {
          json.object { json in
            json.member("value", value.value.canonical)
            json.member("raw", value.raw)
            json.member("confidence", exact: value.confidence)
            json.memberArray("provenance") { json in for place in value.provenance { json.write(place) } }
          }
        }
      }
    }
  }
}
