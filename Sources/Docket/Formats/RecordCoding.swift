extension Record: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id.hex)
      json.member("version", version)
      json.member("supersedes", supersedes)
      json.member("contract", contract)
      json.member("classification", exact: classification)
      json.member("fields", fields)
      json.member("tables", tables)
      json.member("findings", findings)
      json.member("sensitivity", sensitivity.rawValue)
      json.member("producer", producer)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      id: RecordID(hex: try json["id"].string), version: try json["version"].integer,
      supersedes: try json["supersedes"].optional { json throws(JSONMistake) in try json.integer },
      contract: try ContractReference(json["contract"]), classification: try json["classification"].double,
      fields: try json["fields"].list(RecordField.init), tables: try json["tables"].list(RecordTable.init),
      findings: try json["findings"].list(Finding.init), sensitivity: try json["sensitivity"].word(Sensitivity.self),
      producer: try json["producer"].string)
  }
}

extension RecordField: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("path", path)
      json.member("confidence", exact: confidence)
      json.member("values", values)
      if !suggestions.isEmpty { json.member("suggestions", suggestions) }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    let suggestions = try json["suggestions"].optional { json throws(JSONMistake) in
      try json.list(Sourced.Alternative.init)
    }
    self.init(
      path: try json["path"].string, values: try json["values"].list(Sourced.init),
      confidence: try json["confidence"].double, suggestions: suggestions ?? [])
  }
}

extension RecordTable: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("path", path)
      json.memberArray("rows") { json in
        for row in rows { json.array { json in for cell in row { json.element(cell) } } }
      }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      path: try json["path"].string,
      rows: try json["rows"].list { row throws(JSONMistake) in try row.list(RecordField.init) })
  }
}

extension Sourced: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("value", value)
      json.member("raw", raw)
      json.member("score", exact: score)
      json.member("confidence", exact: confidence)
      json.member("provenance", provenance)
      json.member("alternatives", alternatives)
      json.member("exact", isExact)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      value: try Value(json["value"]), raw: try json["raw"].string,
      score: try json["score"].optional { json throws(JSONMistake) in try json.double },
      confidence: try json["confidence"].double, provenance: try json["provenance"].list(Provenance.init),
      alternatives: try json["alternatives"].list(Alternative.init), isExact: try json["exact"].boolean)
  }
}

extension Sourced.Alternative: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("value", value)
      json.member("raw", raw)
      json.member("confidence", exact: confidence)
      json.member("provenance", provenance)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      value: try Value(json["value"]), raw: try json["raw"].string, confidence: try json["confidence"].double,
      provenance: try json["provenance"].list(Provenance.init))
  }
}

extension Provenance: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("document", document?.hex)
      json.member("locator", locator)
      json.member("producer", producer)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      document: try json["document"].optional { json throws(JSONMistake) in DocumentID(hex: try json.string) },
      locator: try Locator(json["locator"]), producer: try json["producer"].string)
  }
}

extension Decision: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("route", route.rawValue)
      json.member("fields", byName: fields)
      json.member("reasons", reasons)
      json.member("destinations", texts: destinations)
      if let standing { json.member("standing", standing) }
      if let approval { json.member("approval", approval) }
      if !notify.isEmpty { json.member("notify", texts: notify) }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      route: try json["route"].word(Route.self), fields: try json["fields"].dictionary(FieldDecision.init),
      reasons: try json["reasons"].list(Finding.init),
      destinations: try json["destinations"].list { name throws(JSONMistake) in try name.string },
      standing: try json["standing"].optional(Standing.init),
      approval: try json["approval"].optional(Approval.init))
    let told = try json["notify"].optional { json throws(JSONMistake) in
      try json.list { name throws(JSONMistake) in try name.string }
    }
    notify = told ?? []
  }
}

extension Decision.Standing: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("confidence", exact: confidence)
      json.member("proof", proof)
      json.member("threshold", exact: threshold)
      json.member("candidate", isCandidate)
      json.member("drawn", isDrawn)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      confidence: try json["confidence"].double,
      proof: try json["proof"].optional { json throws(JSONMistake) in try json.integer },
      threshold: try json["threshold"].optional { json throws(JSONMistake) in try json.double },
      isCandidate: try json["candidate"].boolean, isDrawn: try json["drawn"].boolean)
  }
}

extension Decision.FieldDecision: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("accepted", isAccepted)
      json.member("reason", reason)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      isAccepted: try json["accepted"].boolean,
      reason: try json["reason"].optional { json throws(JSONMistake) in try json.string })
  }
}

extension Classification: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("contract", contract)
      json.member("confidence", exact: confidence)
      json.member("alternatives", alternatives)
      json.member("evidence", texts: evidence)
      json.member("languages", texts: languages)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      contract: try json["contract"].optional(ContractReference.init), confidence: try json["confidence"].double,
      alternatives: try json["alternatives"].list(Alternative.init),
      evidence: try json["evidence"].list { text throws(JSONMistake) in try text.string },
      languages: try json["languages"].list { text throws(JSONMistake) in try text.string })
  }
}

extension Classification.Alternative: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("contract", contract)
      json.member("confidence", exact: confidence)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(contract: try ContractReference(json["contract"]), confidence: try json["confidence"].double)
  }
}
