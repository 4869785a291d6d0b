/// How a filled form is laid out on paper: as a letter, as a form with two columns, as a card of small fields.
struct ObjectLayouts {
  let filled: FilledForm
  let style: Int
  private let words: Wording
  /// Lines of a table of goods, for what has one.
  private let goods: [Goods]

  struct Goods {
    var article: String
    var description: String
    var quantity: Int
  }

  init(_ filled: FilledForm, style: Int, goods: [Goods] = []) {
    self.filled = filled
    self.style = style
    self.goods = goods
    words = Wording.of(filled.language)
  }

  var font: String { Layouts.fonts[style % Layouts.fonts.count] }

  /// Lines that are printed: a unit stands behind its number and has none of its own.
  private var lines: [(label: String, printed: String)] {
    filled.lines.filter { !$0.printed.isEmpty }.map { ($0.label, $0.printed) }
  }

  private var namesRecipient: Bool { filled.lines.contains { $0.path == filled.form.recipient } }

  func draw(on sheet: Sheet) {
    if filled.form.issuer != nil { letterhead(sheet) }
    let bottom: Double
    switch style % 3 {
    case 0: bottom = letter(sheet)
    case 1: bottom = form(sheet)
    default: bottom = card(sheet)
    }
    if !goods.isEmpty { table(sheet, bottom + 30) }
  }

  private func letterhead(_ sheet: Sheet) {
    let issuer = filled.issuer
    let isRight = style % 2 == 1
    let x = isRight ? 545.0 : 50
    let alignment: Sheet.Alignment = isRight ? .right : .left
    sheet.text(issuer.name, x: x, y: 36, size: 15, bold: true, alignment: alignment)
    sheet.text("\(issuer.street), \(issuer.postcode) \(issuer.city)", x: x, y: 58, size: 9, alignment: alignment)
    sheet.text("\(words.taxID): \(issuer.taxID)", x: x, y: 71, size: 9, alignment: alignment)
  }

  private func addressee(_ sheet: Sheet) {
    guard filled.form.recipient?.hasSuffix(".name") == true, !namesRecipient else { return }
    var y = 120.0
    for line in [
      filled.recipient.name, filled.recipient.street, "\(filled.recipient.postcode) \(filled.recipient.city)",
    ] {
      sheet.text(line, x: 50, y: y)
      y += 14
    }
  }

  /// Labels with a colon, their values beside them.
  private func letter(_ sheet: Sheet) -> Double {
    addressee(sheet)
    sheet.text(filled.title, x: 50, y: 200, size: 17, bold: true)
    var y = 245.0
    for line in lines {
      sheet.text("\(line.label): \(line.printed)", x: 50, y: y)
      y += 19
    }
    sheet.text(words.thanks, x: 50, y: y + 16, size: 9)
    return y + 20
  }

  private func form(_ sheet: Sheet) -> Double {
    addressee(sheet)
    sheet.text(filled.title, x: sheet.width / 2, y: 190, size: 16, bold: true, alignment: .centre)
    var y = 230.0
    for line in lines {
      sheet.text(line.label, x: 50, y: y, size: 9, bold: true)
      sheet.text(line.printed, x: 250, y: y)
      sheet.rule(from: 50, to: 545, y: y + 16, thickness: 0.3)
      y += 22
    }
    return y
  }

  /// Labels above their values, in two columns.
  private func card(_ sheet: Sheet) -> Double {
    addressee(sheet)
    sheet.text(filled.title, x: 50, y: 185, size: 16, bold: true)
    var y = 225.0
    for (index, line) in lines.enumerated() {
      let x = index % 2 == 0 ? 50.0 : 310
      sheet.text(line.label, x: x, y: y, size: 8)
      sheet.text(line.printed, x: x, y: y + 12, size: 11)
      if index % 2 == 1 { y += 40 }
    }
    return y + 40
  }

  private func table(_ sheet: Sheet, _ top: Double) {
    var y = top
    let article = ["Item no.", "Artikel-Nr.", "Référence", "Referencia", "Codice", "Artikelnummer"]
    let place = Language.allCases.firstIndex(of: filled.language) ?? 0
    for (text, x) in [(article[place], 50.0), (words.columns[0], 170)] {
      sheet.text(text, x: x, y: y, size: 9, bold: true)
    }
    sheet.text(words.columns[1], x: 520, y: y, size: 9, bold: true, alignment: .right)
    sheet.rule(from: 50, to: 545, y: y + 14)
    for line in goods {
      y += 19
      sheet.text(line.article, x: 50, y: y)
      sheet.text(line.description, x: 170, y: y)
      sheet.text(String(line.quantity), x: 520, y: y, alignment: .right)
    }
  }
}
