/// What the record of a document must be, made from the data alone.
struct Expected {
  var type: String?
  var outcome = "ok"
  var fields: [(String, String)] = []
  var rows: [[(String, String)]] = []
  /// Codes of what must be told besides; others may be told too.
  var findings: [String] = []
  /// Of its type, where it holds several; the first has `fields`.
  var records: Int?

  init(outcome: String) { self.outcome = outcome }

  /// Nothing that a contract fits.
  init() {}

  init(_ deal: Deal) {
    type = deal.kind == "credit_note" ? "invoice" : deal.kind
    switch deal.kind {
    case "receipt":
      fields = [
        ("merchant.name", deal.seller.name), ("number", deal.number), ("date", deal.issued.iso),
        ("total", Cents.plain(deal.net)),
      ]
    case "order":
      fields = [
        ("number", deal.number), ("issued_on", deal.issued.iso), ("buyer.name", deal.buyer.name),
        ("seller.name", deal.seller.name), ("total", Cents.plain(deal.total)),
      ]
    default:
      fields = [
        ("kind", deal.kind), ("number", deal.number), ("issued_on", deal.issued.iso),
        ("seller.name", deal.seller.name), ("seller.tax_id", deal.seller.taxID), ("buyer.name", deal.buyer.name),
        ("currency", deal.currency), ("net_total", Cents.plain(deal.net)), ("tax_total", Cents.plain(deal.tax)),
        ("total", Cents.plain(deal.total)),
      ]
      if deal.kind == "invoice" {
        fields += [
          ("due_on", deal.due.iso), ("delivered_on", deal.delivered.iso), ("order_reference", deal.orderReference),
          ("iban", deal.seller.iban),
        ]
      }
      if deal.allowance > 0 { fields.append(("allowances", Cents.plain(deal.allowance))) }
      if deal.prepaid > 0 {
        fields += [("prepaid", Cents.plain(deal.prepaid)), ("due_amount", Cents.plain(deal.open))]
      }
    }
    if deal.kind != "receipt" {
      rows = deal.lines.map {
        [
          ("description", $0.description), ("quantity", String($0.quantity)), ("unit_price", Cents.plain($0.price)),
          ("amount", Cents.plain($0.amount)),
        ]
      }
    }
  }

  /// As `docket evaluate --truth` takes it. Names and numbers of our own making need no escaping.
  func truth(file: String, issuer: String) -> String {
    let fields = fields.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ")
    return
      "{\"file\": \"\(file)\", \"contract\": \"\(type ?? "")\", \"issuer\": \"\(issuer)\", \"fields\": {\(fields)}}"
  }

  var json: String {
    func pairs(_ list: [(String, String)], _ indent: String) -> String {
      list.map { "\(indent)\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ",\n")
    }
    var out = "{\n  \"schema\": \"docket/expected/1\",\n  \"outcome\": \"\(outcome)\",\n"
    out +=
      "  \"type\": \(type.map { "\"\($0)\"" } ?? "null"),\n  \"fields\": {\n\(pairs(fields, "    "))\n  },\n  \"rows\": ["
    out += rows.map { "\n    {\n\(pairs($0, "      "))\n    }" }.joined(separator: ",")
    out += "\n  ]"
    if let records { out += ",\n  \"records\": \(records)" }
    if !findings.isEmpty { out += ",\n  \"findings\": [\(findings.map { "\"\($0)\"" }.joined(separator: ", "))]" }
    return out + "\n}\n"
  }
}
