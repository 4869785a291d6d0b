import Docket

extension Kin {
  /// A word for the margin.
  var told: String { kind == .near ? "alike" : "same thing" }

  /// A clause for a person.
  var meaning: String {
    switch kind {
    case .same: "the same thing with the same values"
    case .differs: "the same thing with other values"
    case .near: "nearly the same words (\(Percent.text(likeness)))"
    }
  }
}

extension JSONWriter {
  /// `kin`: documents of the same thing or with the same words.
  mutating func member(kin: [(Kin, name: String)]) {
    memberArray("kin") { json in
      for (kin, name) in kin {
        json.object { json in
          json.member("id", kin.document.hex)
          json.member("kind", kin.kind.rawValue)
          json.member("likeness", kin.likeness, digits: 2)
          json.member("name", name)
        }
      }
    }
  }
}
