import Docket

/// Models for people, and as lines of JSON.
enum ModelText {
  static func learned(_ card: any LearnedCard) -> String {
    let gain = card.gain
    var lines = [
      "\(card.producer): learned from \(card.documents.count) documents of \(card.groups) groups",
      "  " + share(gain.right, gain.fields) + " of \(gain.fields) known values right, "
        + share(gain.rightBefore, gain.fields) + " with \(card.comparedWith) (\(card.split))",
    ]
    for (path, count) in gain.byPath.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "    \(path)".padding(28) + "\(share(count.rightBefore, count.fields)) -> \(share(count.right, count.fields))")
    }
    return lines.joined(separator: "\n")
  }

  /// Whether it is taken into use, or why not.
  static func verdict(_ card: any LearnedCard, _ number: Int) -> String {
    let gain = card.gain
    if gain.isProven { return "Taken into use; `docket models rollback \(card.name)` goes back." }
    let candidate = "It stays a candidate (`docket models promote \(card.name) \(number)`)"
    if gain.right <= gain.rightBefore { return "\(candidate): it is not better than \(card.comparedWith)." }
    return "\(candidate): with a certainty of 95 % it may be \(share(points: -gain.least)) worse than "
      + "\(card.comparedWith); more answers would tell."
  }

  static func shown(_ card: any LearnedCard) -> String {
    var lines = [learned(card)]
    lines.append("  \(card.basis), \(card.weightBytes / 1000) kB")
    if let source = card.source { lines.append("  from \(source)") }
    if let license = card.license { lines.append("  licence \(license)") }
    return lines.joined(separator: "\n")
  }

  static func line(_ card: any LearnedCard, use: ModelShelf.Use, isInUse: Bool) -> String {
    card.subject.padding(24) + use.text.padding(12)
      + (isInUse ? "in use" : card.gain.isProven ? "" : "candidate")
      .padding(12) + "\(card.documents.count) documents, \(share(card.gain.rightBefore, card.gain.fields)) -> "
      + share(card.gain.right, card.gain.fields)
  }

  static func json(_ card: any LearnedCard, use: ModelShelf.Use, isInUse: Bool) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("type", "model")
      json.member("contract", card.subject)
      json.member("model", use.text)
      json.member("in_use", isInUse)
      json.member("proven", card.gain.isProven)
      json.member("documents", card.documents.count)
      json.member("fields", card.gain.fields)
      json.member("right_before", card.gain.rightBefore)
      json.member("right", card.gain.right)
      json.member("compared_with", card.comparedWith)
      json.member("at_least", card.gain.least, digits: 4)
    }
    return json.text
  }

  static func compared(_ gain: CrossFitting.Gain, _ first: String, _ second: String, isJSON: Bool) -> String {
    if isJSON {
      var json = JSONWriter()
      json.object { json in
        json.member("type", "comparison")
        json.member("documents", gain.documents)
        json.member("fields", gain.fields)
        json.member("right_first", gain.rightBefore)
        json.member("right_second", gain.right)
        json.member("at_least", gain.least, digits: 4)
      }
      return json.text
    }
    return "On \(gain.documents) documents with \(gain.fields) known values: "
      + "\(first) \(share(gain.rightBefore, gain.fields)), \(second) \(share(gain.right, gain.fields)); "
      + "\(second) is better by at least \(share(points: gain.least)) with a certainty of 95 %."
  }

  static func name(_ use: ModelShelf.Use) -> String {
    switch use {
    case .none: "nothing that was learned"
    case .shipped(let number): "the shipped model \(number)"
    case .own(let number): "model \(number)"
    }
  }

  static func share(_ part: Int, _ whole: Int) -> String {
    whole > 0 ? share(points: Double(part) / Double(whole)) : "–"
  }

  static func share(points: Double) -> String {
    let tenths = Int((1000 * points).rounded())
    return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }
}
