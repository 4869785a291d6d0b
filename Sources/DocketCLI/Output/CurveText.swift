import Docket

extension LearningCurve {
  /// A line a point: a bar from half right on, since less is rare.
  func text(of contract: Contract) -> String {
    let lines = points.map { point in
      let width = 40
      let filled = Int((max(0, point.share - 0.5) * 2 * Double(width)).rounded())
      let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      return "  " + "\(point.documents)".padding(6) + bar + "  " + Percent.fine(point.share).padding(8)
        + "± \(Percent.fine(point.margin))"
    }
    let fields = points.first?.fields ?? 0
    return
      ([
        "\(contract.name): right of \(fields) values after so many documents, of vendors not learned from; bars from 50 % on"
      ] + lines).joined(separator: "\n")
  }

  func json(of contract: Contract) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/curve/1")
      json.member("contract", contract.reference.description)
      json.memberArray("points") { json in
        for point in points {
          json.object { json in
            json.member("documents", point.documents)
            json.member("fields", point.fields)
            json.member("right", point.right)
            json.member("share", point.share, digits: 4)
            json.member("margin", point.margin, digits: 4)
          }
        }
      }
    }
    return json.text
  }
}
