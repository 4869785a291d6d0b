/// `docket/evaluation/1`: a line a document, and a last one that sums up.
package enum EvaluationLine {
  /// One document: what `docket evaluate compare` reads again.
  package static func json(of verdict: Verdict) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/evaluation/1")
      json.member("type", "document")
      json.member("id", verdict.id)
      json.member("name", verdict.name)
      json.member("contract", verdict.contract.description)
      json.member("true_contract", verdict.trueContract)
      json.member("confidence", verdict.confidence, digits: 4)
      json.member("candidate", verdict.isCandidate)
      json.member("refused", verdict.isRefused)
      json.member("wrong", verdict.isWrong)
      json.member("issuer", String(ContentDigest(of: verdict.vendor).hex.prefix(12)))
      json.memberArray("reasons") { json in for reason in verdict.reasons { json.string(reason) } }
      json.memberObject("fields") { json in
        for field in verdict.fields {
          json.memberObject(field.path) { json in
            json.member("confidence", field.confidence, digits: 4)
            json.member("given", field.given.count)
            json.member("expected", field.expected.count)
            json.member("right", field.right)
          }
        }
      }
    }
    return json.text
  }

  /// - Parameter promise: shares of wrong records for which the automation is told.
  package static func summary(_ evaluation: Evaluation, wrongAtMost rates: [Double], certainty: Double) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/evaluation/1")
      json.member("type", "summary")
      write(evaluation, rates, certainty, to: &json)
      json.memberObject("contracts") { json in
        for name in evaluation.contracts {
          json.memberObject(name) { write(evaluation.part(of: name), rates, certainty, to: &$0) }
        }
      }
    }
    return json.text
  }

  private static func write(
    _ evaluation: Evaluation, _ rates: [Double], _ certainty: Double, to json: inout JSONWriter
  ) {
    let values = evaluation.values
    json.member("documents", evaluation.verdicts.count)
    json.member("wrong_records", evaluation.wrongRecords)
    json.member("micro", evaluation.tally)
    json.memberObject("fields") { json in
      for (path, tally) in evaluation.tallies.sorted(by: { $0.key < $1.key }) { json.member(path, tally) }
    }
    let reliability = Reliability(values)
    json.member("expected_calibration_error", reliability.error, digits: 4)
    json.memberArray("reliability") { json in
      for bin in reliability.bins {
        json.object { json in
          json.member("from", bin.from, digits: 1)
          json.member("count", bin.count)
          json.member("confidence", bin.meanConfidence, digits: 4)
          json.member("right", bin.rightShare, digits: 4)
        }
      }
    }
    json.memberObject("coverage") { json in
      for precision in Evaluation.precisions {
        json.member("\(Int(precision * 100))", Reliability.coverage(at: precision, values), digits: 4)
      }
    }
    json.memberArray("straight_through") { json in
      for rate in rates {
        let through = evaluation.straightThrough(wrongAtMost: rate, certainty: certainty)
        json.object { json in
          json.member("wrong_at_most", rate, digits: 4)
          json.member("certainty", certainty, digits: 4)
          json.member("threshold", through.proven?.threshold, digits: 5)
          json.member("proven", through.share, digits: 4)
          json.member("at_best", through.atBest, digits: 4)
        }
      }
    }
    json.memberArray("automation") { json in
      for point in Automation.curve(of: evaluation.verdicts, certainty: certainty) { json.write(point) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ tally: Tally) {
    memberObject(name) { json in
      json.member("given", tally.given)
      json.member("expected", tally.expected)
      json.member("right", tally.right)
      json.member("precision", tally.precision, digits: 4)
      json.member("recall", tally.recall, digits: 4)
      json.member("f1", tally.f1, digits: 4)
    }
  }
}

extension Verdict {
  /// A document's line of `docket evaluate --json`, read again.
  package init(evaluation json: JSONValue) throws(JSONMistake) {
    let name = try json["contract"].string.split(separator: "@")
    guard name.count == 2, let version = Int(name[1]) else { throw JSONMistake("a contract is malformed") }
    let fields = try json["fields"].members.sorted { $0.key < $1.key }.map { path, field throws(JSONMistake) in
      FieldVerdict(
        path: path, confidence: try field["confidence"].optional { json throws(JSONMistake) in try json.double },
        given: try field["given"].integer, expected: try field["expected"].integer, right: try field["right"].integer)
    }
    self.init(
      id: try json["id"].string, name: try json["name"].string,
      contract: ContractReference(name: String(name[0]), version: version),
      trueContract: try json["true_contract"].optional { json throws(JSONMistake) in try json.string },
      confidence: try json["confidence"].double, isCandidate: try json["candidate"].boolean,
      isRefused: try json["refused"].boolean, vendor: try json["issuer"].string, fields: fields,
      reasons: try json["reasons"].list { reason throws(JSONMistake) in try reason.string })
  }
}

extension Verdict.FieldVerdict {
  /// Counts alone; the values themselves are not kept.
  fileprivate init(path: String, confidence: Double?, given: Int, expected: Int, right: Int) {
    let right = max(0, min(right, given, expected))
    let given = (0..<min(10_000, max(0, given))).map { $0 < right ? "right \($0)" : "given \($0)" }
    let expected = (0..<min(10_000, max(0, expected))).map { $0 < right ? "right \($0)" : "expected \($0)" }
    self.init(path: path, confidence: confidence, given: given, expected: expected, alike: ==)
  }
}
