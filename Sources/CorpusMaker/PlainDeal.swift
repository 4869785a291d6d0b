/// Deals as texts without a page: for printers of letters alone, and for browsers.
struct PlainDeal {
  let deal: Deal
  private var words: Wording { .of(deal.language) }
  private func money(_ cents: Int) -> String { Cents.printed(cents, deal.language) }
  private func day(_ day: Day) -> String { day.printed(deal.language, style: 0) }

  private var facts: [(String, String)] {
    [
      (words.number[deal.kind] ?? "", deal.number), (words.date[deal.kind] ?? "", day(deal.issued)),
      (words.due, day(deal.due)), (words.delivered, day(deal.delivered)),
    ] + (deal.kind == "order" ? [] : [(words.orderReference, deal.orderReference), ("IBAN", deal.seller.iban)])
  }

  private var sums: [(String, String)] {
    [
      (words.net, money(deal.net)), ("\(words.tax) \(deal.rate)%", money(deal.tax)),
      ("\(words.total[deal.kind] ?? "") \(deal.currency)", money(deal.total)),
    ]
  }

  /// Whose paper it is: an order is the buyer's.
  private var issuer: Company { deal.kind == "order" ? deal.buyer : deal.seller }
  private var recipient: Company { deal.kind == "order" ? deal.seller : deal.buyer }
  private var recipientWord: String { deal.kind == "order" ? words.supplier : words.recipient }

  private func address(_ company: Company) -> [String] {
    [company.name, company.street, "\(company.postcode) \(company.city)"]
  }

  private var letterhead: [String] { address(issuer) + ["\(words.taxID) \(issuer.taxID)"] }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// In columns of one letter's width.
  var text: String {
    var lines = letterhead + ["", PlainDeal.right((words.title[deal.kind] ?? "").uppercased(), 60), ""]
    lines += ["\(recipientWord):"] + address(recipient) + [""]
    lines += facts.map { PlainDeal.left("\($0.0):", 28) + $0.1 } + [""]
    let columns = words.columns
    func row(_ cells: [String]) -> String {
      PlainDeal.left(cells[0], 30) + PlainDeal.right(cells[1], 10) + PlainDeal.right(cells[2], 16)
        + PlainDeal.right(cells[3], 14)
    }
    lines += [row(columns), String(repeating: "-", count: 70)]
    lines += deal.lines.map { row([$0.description, "\($0.quantity)", money($0.price), money($0.amount)]) }
    lines += [String(repeating: "-", count: 70)]
    lines += sums.map { PlainDeal.right($0.0, 54) + PlainDeal.right($0.1, 16) } + ["", words.thanks]
    return lines.joined(separator: "\n") + "\n"
  }

  /// As a program sends it to a line printer: the title printed twice to be bold, line ends of two characters.
  var spool: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let title = (words.title[deal.kind] ?? "").uppercased()
    return "\u{1B}E" + lines.map { $0.hasSuffix(title) ? "\($0)\r\($0)" : String($0) }.joined(separator: "\r\n")
      + "\u{0C}"
  }

  /// Tables within a table that lays the page out, and a line that only mail programs show.
  var html: String {
    func cells(_ texts: [String], _ tag: String = "td") -> String { texts.map { "<\(tag)>\($0)</\(tag)>" }.joined() }
    func rows(_ pairs: [(String, String)]) -> String { pairs.map { "<tr>\(cells([$0.0, $0.1]))</tr>\n" }.joined() }
    let items = deal.lines.map {
      "<tr>\(cells([$0.description, "\($0.quantity)", money($0.price), money($0.amount)]))</tr>\n"
    }
    return """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8"><title>\(deal.number)</title><style>td { padding: 2px }</style></head><body>
      <div style="display:none">\(words.total[deal.kind] ?? "") 999,99</div>
      <table width="100%"><tr><td><p>\(letterhead.joined(separator: "<br>"))</p></td>
      <td><h1>\(words.title[deal.kind] ?? "")</h1><table>
      \(rows(facts.map { ($0.0 + ":", $0.1) }))</table></td></tr></table>
      <p><b>\(recipientWord):</b><br>\(address(recipient).joined(separator: "<br>"))</p>
      <table border="1"><tr>\(cells(words.columns, "th"))</tr>
      \(items.joined())\(sums.map { "<tr><td colspan=\"3\">\($0.0)</td><td>\($0.1)</td></tr>\n" }.joined())</table>
      <p>\(words.thanks) <a href="https://www.example.org/\(deal.number)">www.example.org</a></p></body></html>

      """
  }

  /// The items as a table of their own.
  var table: String {
    ([words.columns] + deal.lines.map { [$0.description, "\($0.quantity)", money($0.price), money($0.amount)] })
      .map { $0.joined(separator: ";") + "\r\n" }.joined()
  }
}
