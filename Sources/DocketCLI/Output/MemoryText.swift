import Docket

/// What is remembered, for people and as lines of JSON.
enum MemoryText {
  static func line(_ vendor: RememberedVendor) -> String {
    vendor.contract.padding(22) + name(vendor).padding(40)
      + "\(documents(vendor.documents.count)), last \(day(vendor.confirmedAt)), holds until \(day(vendor.holdsUntil))"
  }

  static func shown(_ vendor: RememberedVendor, snapshot: Int) -> String {
    let head = "\(name(vendor)): \(documents(vendor.documents.count)) of \(vendor.contract), snapshot \(snapshot)"
    return ([head] + vendor.facts.map(line)).joined(separator: "\n")
  }

  private static func line(_ fact: MemoryFact) -> String {
    let known = fact.documents.prefix(3).map { String($0.prefix(8)) }.joined(separator: ", ")
    let more = fact.documents.count > 3 ? " and \(fact.documents.count - 3) more" : ""
    return "  \(fact.path)".padding(24) + said(fact.kind).padding(48)
      + "\(known)\(more), last \(day(fact.confirmedAt)), holds until \(day(fact.holdsUntil))"
  }

  private static func said(_ kind: MemoryFact.Kind) -> String {
    switch kind {
    case .value(let value): return PlainText.short(value)
    case .absent: return "is not there"
    case .place(let left, let above):
      let parts = [left.isEmpty ? "" : "after “\(left)”", above.isEmpty ? "" : "below “\(above)”"]
      let said = parts.filter { !$0.isEmpty }.joined(separator: ", ")
      return "stands " + PlainText.short(said.isEmpty ? "first in its row, below nothing" : said)
    }
  }

  static func documents(_ count: Int) -> String { "\(count) \(count == 1 ? "document" : "documents")" }

  private static func name(_ vendor: RememberedVendor) -> String {
    vendor.name.isEmpty ? "no vendor known" : PlainText.short(vendor.name)
  }

  private static func day(_ seconds: Double) -> String { String(Moment.text(seconds).prefix(10)) }

  // JSON

  static func json(_ memory: Memory) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("type", "memory")
      json.member("snapshot", memory.number)
      json.member("parent", memory.parent)
      json.member("made_at", Moment.text(memory.madeAt))
      json.member("documents", memory.count)
      json.member("sha256", memory.digest.hex)
    }
    return json.text
  }

  static func json(_ vendor: RememberedVendor, snapshot: Int) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("type", "issuer")
      json.member("snapshot", snapshot)
      json.member("contract", vendor.contract)
      json.member("issuer", vendor.name)
      json.member("documents", vendor.documents.count)
      json.member("confirmed_at", Moment.text(vendor.confirmedAt))
      json.member("holds_until", Moment.text(vendor.holdsUntil))
    }
    return json.text
  }

  static func json(_ fact: MemoryFact, of vendor: RememberedVendor, snapshot: Int) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("type", "fact")
      json.member("snapshot", snapshot)
      json.member("contract", vendor.contract)
      json.member("issuer", vendor.name)
      json.member("field", fact.path)
      switch fact.kind {
      case .value(let value): json.member("value", value)
      case .absent: json.member("absent", true)
      case .place(let left, let above):
        json.memberObject("place") { json in
          json.member("after", left)
          json.member("below", above)
        }
      }
      json.memberArray("sha256") { json in for document in fact.documents { json.string(document) } }
      json.member("confirmed_at", Moment.text(fact.confirmedAt))
      json.member("holds_until", Moment.text(fact.holdsUntil))
    }
    return json.text
  }
}
