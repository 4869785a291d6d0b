/// `docket/proof/1`: where the promise of one contract stands, as a line of JSON.
package struct ProofLine: Hashable, Sendable {
  private let pipeline: String
  private let promise: PolicyFile.Promise
  private let standing: ProofDesk.Standing

  package init(pipeline: String, _ promise: PolicyFile.Promise, _ standing: ProofDesk.Standing) {
    self.pipeline = pipeline
    self.promise = promise
    self.standing = standing
  }

  /// `proven`, `unproven`, `void` or `withdrawn`.
  private var state: String {
    if standing.proof != nil { return "proven" }
    if standing.isWithdrawn { return "withdrawn" }
    return standing.voided == nil ? "unproven" : "void"
  }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/proof/1")
      json.member("type", "contract")
      write(to: &json)
      json.memberArray("automation") { json in
        for point in Automation.curve(of: standing.verdicts, certainty: promise.certainty) { json.write(point) }
      }
    }
    return json.text
  }

  /// What `docket status` says of it, too.
  package func write(to json: inout JSONWriter) {
    json.member("pipeline", pipeline)
    json.member("contract", standing.contract.description)
    json.member("state", state)
    json.member("answered", standing.verdicts.count)
    json.member("missing", standing.missing)
    json.member("proof", standing.proof?.number)
    json.member("void_proof", standing.voided?.number)
    json.memberObject("promise") { json in
      json.member("records", promise.wrongRecordsAtMost, digits: 4)
      json.member("fields", promise.wrongFieldsAtMost, digits: 4)
      json.member("certainty", promise.certainty, digits: 4)
    }
    for (name, threshold) in [("records", standing.proof?.records), ("fields", standing.proof?.fields)] {
      guard let threshold else { continue }
      json.memberObject(name) { json in
        json.member("threshold", threshold.confidence, digits: 5)
        json.member("accepted", threshold.step.count)
        json.member("wrong", threshold.step.wrong)
        json.member("bound", threshold.step.bound, digits: 5)
        json.member("vendors", threshold.step.clusters)
        json.member("effective", threshold.step.effectiveCount, digits: 1)
      }
    }
  }
}

extension JSONWriter {
  package mutating func write(_ point: Automation) {
    object { json in
      json.member("threshold", point.threshold, digits: 5)
      json.member("share", point.share, digits: 4)
      json.member("error_rate", point.errorRate, digits: 4)
      json.member("bound", point.bound, digits: 4)
      json.member("review_minutes_per_100", point.reviewMinutes, digits: 1)
    }
  }
}
