extension Proof: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("number", number)
      json.member("pipeline", pipeline)
      json.member("contract", contract)
      json.member("combination", combination.hex)
      json.member("records", records)
      json.member("fields", fields)
      json.member("documents", documents)
      json.member("look", look)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    guard let combination = ContentDigest(hex: try json["combination"].string) else {
      throw JSONMistake("a digest is malformed")
    }
    self.init(
      number: try json["number"].integer, pipeline: try json["pipeline"].string,
      contract: try ContractReference(json["contract"]), combination: combination,
      records: try json["records"].optional(Threshold.init), fields: try json["fields"].optional(Threshold.init),
      documents: try json["documents"].integer, look: try json["look"].integer)
  }
}

extension Proof.Threshold: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("wrong_at_most", exact: wrongAtMost)
      json.member("certainty", exact: certainty)
      json.member("step", step)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      wrongAtMost: try json["wrong_at_most"].double, certainty: try json["certainty"].double,
      step: try FixedSequence.Step(json["step"]))
  }
}

extension FixedSequence.Step: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("threshold", exact: threshold)
      json.member("count", count)
      json.member("wrong", wrong)
      json.member("effective_count", exact: effectiveCount)
      json.member("clusters", clusters)
      json.member("certainty", exact: certainty)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      threshold: try json["threshold"].double, count: try json["count"].integer, wrong: try json["wrong"].integer,
      effectiveCount: try json["effective_count"].double, clusters: try json["clusters"].integer,
      certainty: try json["certainty"].double)
  }
}
