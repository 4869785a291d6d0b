/// Who else must say yes to a record before it goes.
package struct Approval: Hashable, Sendable {
  /// Of each role one person, who is not among those that answered its questions.
  package var roles: [String]
  /// Two people must have accepted it; who answered is one of them.
  package var isFourEyes: Bool
  /// People who have accepted or approved the record as it stands, in order.
  package var signatures: [String]
  /// People who answered its questions.
  package var answerers: [String]

  package init(
    roles: [String] = [], isFourEyes: Bool = false, signatures: [String] = [], answerers: [String] = []
  ) {
    self.roles = roles
    self.isFourEyes = isFourEyes
    self.signatures = signatures
    self.answerers = answerers
  }

  /// What is still missing, in words: `finance`, `a second person`.
  /// - Parameter people: by role. Where no role is given at all, anybody stands for each.
  package func missing(among people: [String: [String]]) -> [String] {
    let others = signatures.filter { !answerers.contains($0) }
    var missing = roles.filter { role in
      !others.contains { people.isEmpty || people[role, default: []].contains($0) }
    }.map { "`\($0)`" }
    if isFourEyes, Set(signatures).count < 2 { missing.append("a second person") }
    return missing
  }

  /// Why the record waits.
  package static func waits(for missing: [String]) -> Finding {
    Finding(Finding.approvalCode, .note, "It waits for the approval of \(missing.joined(separator: " and of ")).")
  }
}

extension Finding {
  static let approvalCode = "approval"
}

extension Approval: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("roles", texts: roles)
      json.member("four_eyes", isFourEyes)
      json.member("signatures", texts: signatures)
      json.member("answerers", texts: answerers)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    func texts(_ json: JSONValue) throws(JSONMistake) -> [String] {
      try json.list { text throws(JSONMistake) in try text.string }
    }
    self.init(
      roles: try texts(json["roles"]), isFourEyes: try json["four_eyes"].boolean,
      signatures: try texts(json["signatures"]), answerers: try texts(json["answerers"]))
  }
}
