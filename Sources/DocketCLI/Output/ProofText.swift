import Docket

/// Where the promise stands, in words.
struct ProofText {
  let output: Output

  /// `at most 2 % of records wrong, at a certainty of 95 %`.
  static func words(_ promise: PolicyFile.Promise) -> String {
    let shares = [
      promise.wrongRecordsAtMost.map { "at most \(Percent.fine($0)) of records wrong" },
      promise.wrongFieldsAtMost.map { "at most \(Percent.fine($0)) of fields wrong" },
    ]
    return shares.compactMap { $0 }.joined(separator: ", ") + ", at a certainty of \(Percent.fine(promise.certainty))"
  }

  /// Of one record: `all right with 81.2 %; proof 3 asks for 93.1 %`.
  static func words(_ standing: Decision.Standing) -> String {
    var words = "all of it is right with \(Percent.fine(standing.confidence))"
    guard let proof = standing.proof else { return words + "; no proof in force" }
    if let threshold = standing.threshold { words += "; proof \(proof) asks for \(Percent.fine(threshold))" }
    return words + (standing.isDrawn ? "; drawn to be asked about afterwards" : "")
  }

  /// One line a contract.
  func line(_ standing: ProofDesk.Standing, _ promise: PolicyFile.Promise) -> String {
    let name = standing.contract.description.padding(22)
    let candidates = standing.verdicts.count(where: \.isCandidate)
    let answers = "\(standing.verdicts.count) answered, \(candidates) of them wait for a proof alone"
    if let proof = standing.proof {
      return "  \(name)" + output.styled("proven", .green) + "   " + held(proof)
    }
    var words = standing.isWithdrawn ? "withdrawn   samples speak against it; " : "unproven   "
    if let voided = standing.voided {
      words = "void   proof \(voided.number) was of other models, contracts or rules; "
    }
    words += standing.missing > 0 ? "\(answers); at least \(standing.missing) more of these are needed" : answers
    return "  \(name)" + words
  }

  /// `proof 3: from a confidence of 93.1 % on; 0 of 171 were wrong, so at most 1.9 % are`.
  func held(_ proof: Proof) -> String {
    let parts = [("records", proof.records), ("fields", proof.fields)].compactMap { what, threshold in
      threshold.map { threshold in
        let step = threshold.step
        return "\(what) from \(Percent.fine(threshold.confidence)) on: \(step.wrong) of \(step.count) were wrong, so at"
          + " most \(Percent.fine(step.bound)) are (\(step.clusters) vendors count as \(Int(step.effectiveCount))"
          + " documents)"
      }
    }
    return "proof \(proof.number): " + parts.joined(separator: "; ")
  }

  /// What a run has to say: what was proven, what holds no longer, how near the rest is.
  func changes(_ standings: [ProofDesk.Standing]) -> [String] {
    standings.compactMap { standing in
      let name = "`\(standing.contract.name)`"
      if let proof = standing.proof {
        return standing.finding == nil ? nil : "\(name) is proven: \(held(proof)). It goes without a person."
      }
      if standing.isWithdrawn { return "The proof of \(name) is withdrawn: too many of its samples were wrong." }
      if let voided = standing.voided {
        return "Proof \(voided.number) of \(name) holds no longer: what reads, understands or decides has changed. "
          + "`docket prove` works out what your answers say about it now."
      }
      guard standing.missing > 0, !standing.verdicts.isEmpty else { return nil }
      return "At least \(standing.missing) more answers and \(name) can be proven."
    }
  }

  /// Error rate against automation, a line a threshold.
  func curve(_ verdicts: [Verdict], certainty: Double) -> [String] {
    let points = Automation.curve(of: verdicts, certainty: certainty).filter { $0.share > 0 }
    guard !points.isEmpty else { return [] }
    let stride = max(1, points.count / 8)
    let shown = points.enumerated().filter { $0.offset % stride == 0 || $0.offset == points.count - 1 }.map(\.element)
    return ["    from        goes   wrong   at most   review of 100"]
      + shown.map { point in
        "    " + Percent.fine(point.threshold).padding(10) + Percent.text(point.share).padding(7)
          + Percent.fine(point.errorRate ?? 0).padding(8) + Percent.fine(point.bound).padding(10)
          + "\(Int(point.reviewMinutes.rounded())) min"
      }
  }
}

extension Percent {
  /// With one digit after the point where it is not whole: `1.9 %`, `95 %`.
  static func fine(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
