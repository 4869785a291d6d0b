/// How a deal is laid out on paper: many ways, by number.
struct Layouts {
  let deal: Deal
  let style: Int
  private let words: Wording
  /// Both parties tell how they are reached, with these words.
  var contacts: Contacts?

  init(_ deal: Deal, style: Int) {
    self.deal = deal
    self.style = style
    words = Wording.of(deal.language)
  }

  static let fonts = ["DejaVu Sans", "Liberation Sans", "Liberation Serif", "Nimbus Sans", "DejaVu Serif"]
  var font: String { Layouts.fonts[style % Layouts.fonts.count] }
  /// Of the items on one page.
  static let rowsPerPage = 22

  private func money(_ cents: Int) -> String { Cents.printed(cents, deal.language) }

  func draw(on sheet: Sheet) {
    letterhead(sheet)
    addressee(sheet)
    facts(sheet)
    table(sheet)
  }

  private func letterhead(_ sheet: Sheet) {
    let seller = deal.kind == "order" ? deal.buyer : deal.seller
    let place = style % 3
    let x = place == 0 ? 50 : place == 1 ? 545 : sheet.width / 2
    let alignment: Sheet.Alignment = place == 0 ? .left : place == 1 ? .right : .centre
    sheet.text(seller.name, x: x, y: 40, size: 16, bold: true, alignment: alignment)
    sheet.text("\(seller.street), \(seller.postcode) \(seller.city)", x: x, y: 64, size: 9, alignment: alignment)
    sheet.text("\(words.taxID): \(seller.taxID)", x: x, y: 78, size: 9, alignment: alignment)
    for (number, line) in (contacts?.lines(seller) ?? []).enumerated() {
      sheet.text(line, x: x, y: 92 + 13 * Double(number), size: 9, alignment: alignment)
    }
  }

  private func addressee(_ sheet: Sheet) {
    let buyer = deal.kind == "order" ? deal.seller : deal.buyer
    var y = 130.0
    if style % 2 == 0 {
      let label = deal.kind == "order" ? words.supplier : words.recipient
      sheet.text("\(label):", x: 50, y: y, size: 9, bold: true)
      y += 15
    }
    for line in [buyer.name, buyer.street, "\(buyer.postcode) \(buyer.city)"] + (contacts?.lines(buyer) ?? []) {
      sheet.text(line, x: 50, y: y)
      y += 14
    }
    sheet.text(words.title[deal.kind] ?? "", x: 50, y: 225, size: 20, bold: true)
  }

  private var factLines: [(String, String)] {
    let dates = style / 2
    var lines = [
      (words.number[deal.kind] ?? "", deal.number),
      (words.date[deal.kind] ?? "", deal.issued.printed(deal.language, style: dates)),
    ]
    if deal.kind == "invoice" {
      lines.append((words.due, deal.due.printed(deal.language, style: dates)))
      lines.append((words.delivered, deal.delivered.printed(deal.language, style: dates)))
      lines.append((words.orderReference, deal.orderReference))
    }
    return lines
  }

  /// Beside their labels, below them, or glued to them.
  private func facts(_ sheet: Sheet) {
    switch style % 4 {
    case 0, 3:
      for (index, fact) in factLines.enumerated() {
        let y = 130 + Double(index) * 15
        sheet.text(style % 4 == 0 ? "\(fact.0):" : fact.0, x: 340, y: y)
        sheet.text(fact.1, x: 545, y: y, alignment: .right)
      }
    case 1:
      for (index, fact) in factLines.enumerated() {
        let x = 50 + Double(index) * 100
        sheet.text(fact.0, x: x, y: 258, size: 8, bold: true)
        sheet.text(fact.1, x: x, y: 270, size: 9)
      }
    default:
      for (index, fact) in factLines.enumerated() {
        sheet.text("\(fact.0): \(fact.1)", x: 340, y: 130 + Double(index) * 15)
      }
    }
  }

  private func table(_ sheet: Sheet) {
    var y = 300.0
    heading(sheet, y)
    y += 22
    var carried = 0
    for (index, line) in deal.lines.enumerated() {
      if index > 0, index % Layouts.rowsPerPage == 0 {
        sheet.text(words.carried, x: 50, y: y, bold: true)
        sheet.text(money(carried), x: 545, y: y, bold: true, alignment: .right)
        sheet.endPage()
        y = 60
        heading(sheet, y)
        y += 22
      }
      sheet.text(line.description, x: 50, y: y)
      sheet.text(String(line.quantity), x: 340, y: y, alignment: .right)
      sheet.text(money(line.price), x: 440, y: y, alignment: .right)
      sheet.text(money(line.amount), x: 545, y: y, alignment: .right)
      carried += line.amount
      y += 18
      if style % 5 == 0 { sheet.rule(from: 50, to: 545, y: y - 3, thickness: 0.3) }
    }
    sums(sheet, y + 10)
  }

  private func heading(_ sheet: Sheet, _ y: Double) {
    sheet.text(words.columns[0], x: 50, y: y, size: 9, bold: true)
    for (column, x) in [(1, 340.0), (2, 440.0), (3, 545.0)] {
      sheet.text(words.columns[column], x: x, y: y, size: 9, bold: true, alignment: .right)
    }
    sheet.rule(from: 50, to: 545, y: y + 15)
  }

  private var sumLines: [(String, Int, Bool)] {
    var lines: [(String, Int, Bool)] = []
    if deal.allowance > 0 {
      lines += [(words.sum, deal.sum, false), (words.allowance, -deal.allowance, false)]
    }
    lines.append((words.net, deal.net, false))
    lines += deal.taxes.map { ("\(words.tax) \($0.rate) %", $0.tax, false) }
    lines.append((words.total[deal.kind] ?? "", deal.total, true))
    if deal.prepaid > 0 {
      lines += [(words.prepaid, -deal.prepaid, false), (words.open, deal.open, true)]
    }
    return lines
  }

  private func sums(_ sheet: Sheet, _ top: Double) {
    let sign = deal.currency == "GBP" ? "£" : "€"
    func amount(_ cents: Int) -> String { style % 2 == 0 ? "\(money(cents)) \(sign)" : money(cents) }
    var y = top
    for (label, cents, bold) in sumLines {
      sheet.text(label, x: 340, y: y, bold: bold)
      sheet.text(amount(cents), x: 545, y: y, bold: bold, alignment: .right)
      y += 18
    }
    sheet.text(words.thanks, x: 50, y: y + 20, size: 9)
    if deal.kind == "credit_note" { sheet.text(deal.currency, x: 50, y: min(800, y + 60), size: 9) }
    if deal.kind == "invoice" {
      sheet.text("IBAN: \(deal.seller.iban)   \(deal.currency)", x: 50, y: min(800, y + 60), size: 9)
    }
  }
}

/// A receipt: a narrow strip.
struct Strip {
  let deal: Deal
  static let width = 230.0
  var height: Double { 230 + Double(deal.lines.count) * 15 }

  func draw(on sheet: Sheet) {
    let words = Wording.of(deal.language)
    let middle = Strip.width / 2
    sheet.text(deal.seller.name, x: middle, y: 14, size: 12, bold: true, alignment: .centre)
    sheet.text(deal.seller.street, x: middle, y: 32, size: 9, alignment: .centre)
    sheet.text("\(deal.seller.postcode) \(deal.seller.city)", x: middle, y: 44, size: 9, alignment: .centre)
    sheet.text(words.title["receipt"] ?? "", x: middle, y: 64, size: 11, bold: true, alignment: .centre)
    sheet.text("\(words.number["receipt"] ?? ""): \(deal.number)", x: 12, y: 84, size: 9)
    sheet.text("\(words.date["receipt"] ?? ""): \(deal.issued.printed(deal.language, style: 0))", x: 12, y: 98, size: 9)
    var y = 120.0
    for line in deal.lines {
      sheet.text("\(line.quantity) x \(line.description)", x: 12, y: y, size: 9)
      sheet.text(Cents.printed(line.amount, deal.language), x: Strip.width - 12, y: y, size: 9, alignment: .right)
      y += 15
    }
    sheet.rule(from: 12, to: Strip.width - 12, y: y)
    let total = deal.net
    let given = (total / 1000 + 1) * 1000
    for (label, cents, bold) in [
      (words.total["receipt"] ?? "", total, true), (words.cash, given, false), (words.change, given - total, false),
    ] {
      y += 16
      sheet.text(label, x: 12, y: y, size: bold ? 11 : 9, bold: bold)
      sheet.text(
        Cents.printed(cents, deal.language), x: Strip.width - 12, y: y, size: bold ? 11 : 9, bold: bold,
        alignment: .right)
    }
  }
}
