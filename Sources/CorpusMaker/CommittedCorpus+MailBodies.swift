import Foundation

/// Mails that say what they are about themselves: orders, tickets and claims in their bodies.
extension CommittedCorpus {
  func mailBodies() throws {
    var random = SeededGenerator(seed: 20_260_105)
    for language in Language.allCases {
      try orderInMail(language, &random)
      try forwardedOrder(language, &random)
      try form("ticket", ["priority", "category"], MailWording.of(language), language, &random)
      try note(MailWording.of(language), language)
      try form("case", ["policy_number", "happened_on", "amount"], MailWording.of(language), language, &random)
    }
  }

  /// A table of HTML in the body, a signature below it.
  private func orderInMail(_ language: Language, _ random: inout SeededGenerator) throws {
    let deal = Deal(kind: "order", language: language, lines: 3, random: &random)
    let (words, mail) = (Wording.of(language), MailWording.of(language))
    var expected = Expected(deal)
    expected.fields = [
      ("number", deal.number), ("issued_on", deal.issued.iso), ("buyer.name", deal.buyer.name),
      ("total", Cents.plain(deal.net)),
    ]
    let rows = deal.lines.map { line in
      [
        line.description, String(line.quantity), Cents.printed(line.price, language),
        Cents.printed(line.amount, language),
      ]
    }
    let table =
      ([words.columns] + rows + [["", "", words.total["order"] ?? "", "\(Cents.printed(deal.net, language)) €"]])
      .map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
    let html = """
      <p>\(mail.greeting)</p><p>\(mail.order)</p>
      <p>\(words.number["order"] ?? ""): \(deal.number)</p>
      <table>
      \(table)
      </table>
      <p>\(mail.closing)<br>\(deal.buyer.name)<br>\(deal.buyer.street)<br>\(deal.buyer.postcode) \(deal.buyer.city)</p>
      """
    let place = try folder("mails", "order-html-\(language.rawValue)", expected, "An order in the mail's own body.")
    try write(
      html, as: "text/html", from: "\(deal.buyer.name) <orders@buyer.example>",
      subject: "\(words.title["order"] ?? "") \(deal.number)", on: deal.issued, to: place)
  }

  /// Passed on by a colleague without a word; the table is made of blanks.
  private func forwardedOrder(_ language: Language, _ random: inout SeededGenerator) throws {
    let deal = Deal(kind: "order", language: language, lines: 2, random: &random)
    let (words, mail) = (Wording.of(language), MailWording.of(language))
    var expected = Expected(deal)
    expected.fields = [
      ("number", deal.number), ("issued_on", deal.issued.iso), ("buyer.name", deal.buyer.name),
      ("total", Cents.plain(deal.net)),
    ]
    func row(_ cells: [String]) -> String {
      zip(cells, [34, 12, 16, 14]).map { cell, width in
        cell + String(repeating: " ", count: max(2, width - cell.count))
      }.joined()
    }
    var lines = [
      "", "---------- \(mail.forwarded) ----------", "\(mail.from): \(deal.buyer.name) <orders@buyer.example>",
      "\(mail.date): \(deal.issued.printed(language, style: 0))", "\(mail.subject): \(words.title["order"] ?? "")",
      "\(mail.to): sales@seller.example", "", mail.greeting, "", mail.order, "",
      "\(words.number["order"] ?? ""): \(deal.number)",
      "\(words.date["order"] ?? ""): \(deal.issued.printed(language, style: 0))", "", row(words.columns),
    ]
    lines += deal.lines.map { line in
      row([
        line.description, String(line.quantity), Cents.printed(line.price, language),
        Cents.printed(line.amount, language),
      ])
    }
    lines += [
      "", row(["", "", words.total["order"] ?? "", "\(Cents.printed(deal.net, language)) €"]), "", mail.closing,
      deal.buyer.name,
    ]
    let place = try folder(
      "mails", "order-forwarded-\(language.rawValue)", expected, "An order that a colleague passed on.")
    try write(
      lines.joined(separator: "\n"), as: "text/plain", from: "Anna Lindwurm <anna@seller.example>",
      subject: "\(mail.forwardPrefix): \(words.title["order"] ?? "")", on: deal.issued.later(by: 1), to: place)
  }

  /// Sentences, some labelled lines, a signature, and a quoted mail that says other things.
  private func form(
    _ contract: String, _ paths: [String], _ mail: MailWording, _ language: Language,
    _ random: inout SeededGenerator
  ) throws {
    guard let form = ObjectForm.all.first(where: { $0.contract == contract }) else { return }
    let filled = FilledForm(form, language, wording: 0, random: &random)
    let other = FilledForm(form, language, wording: 0, random: &random)
    let said = filled.lines.filter { paths.contains($0.path) }
    let (subject, sentences) = contract == "ticket" ? mail.ticket : mail.claim
    let sender = "Clara Beaulac"
    let day = Day(year: 2026, month: random.number(1...12), day: random.number(13...28))
    var expected = Expected()
    expected.type = contract
    expected.fields = [("subject", subject)] + said.map { ($0.path, $0.value) }
    expected.fields +=
      contract == "ticket"
      ? [("requester", sender), ("opened_at", "\(day.iso)T08:15:00+00:00")]
      : [("claimant.name", sender), ("opened_on", day.iso)]
    let quoted = other.lines.filter { paths.contains($0.path) }
    let lines =
      [mail.greeting, ""] + sentences + [""] + said.map { "\($0.label): \($0.printed)" }
      + ["", mail.closing, sender, "Tel +44 20 123456", "", mail.attribution]
      + quoted.map { "> \($0.label): \($0.printed)" }
    let place = try folder(
      "mails", "\(contract)-\(language.rawValue)", expected,
      "A mail with what is asked in its body; an older one below.")
    try write(
      lines.joined(separator: "\n"), as: "text/plain", from: "\(sender) <clara@sender.example>",
      subject: "\(mail.replyPrefix): \(subject)", on: day, to: place)
  }

  /// The same request, saved as a text: no headers, no labels.
  private func note(_ mail: MailWording, _ language: Language) throws {
    let said = ([mail.greeting, ""] + mail.ticket.sentences).joined(separator: "\n")
    var expected = Expected()
    expected.type = "ticket"
    expected.fields = [("description", said.replacing("\n", with: "\\n"))]
    let place = try folder(
      "texts", "note-\(language.rawValue)", expected, "A request in somebody's own words, without a form.")
    try Data("\(said)\n\n\(mail.closing)\nClara Beaulac\n".utf8).write(to: place.appending(path: "document.txt"))
  }

  private func write(
    _ body: String, as mediaType: String, from: String, subject: String, on day: Day, to place: URL
  ) throws {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let mail = """
      From: \(MailWording.encoded(from))
      To: office@example.org
      Subject: \(MailWording.encoded(subject))
      Date: \(day.day) \(months[day.month - 1]) \(day.year) 08:15:00 +0000
      Message-ID: <\(place.lastPathComponent)@example.org>
      MIME-Version: 1.0
      Content-Type: \(mediaType); charset=utf-8
      Content-Transfer-Encoding: 8bit

      \(body)

      """
    try Data(mail.utf8).write(to: place.appending(path: "document.eml"))
  }
}

/// What people write in mails.
struct MailWording {
  var greeting: String
  var order: String
  var closing: String
  var ticket: (subject: String, sentences: [String])
  var claim: (subject: String, sentences: [String])
  var forwarded: String
  var from: String
  var date: String
  var to: String
  var subject: String
  var forwardPrefix: String
  var replyPrefix: String
  var attribution: String

  /// RFC 2047 where it is needed, but for an address at the end.
  static func encoded(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    let parts = text.split(separator: " <", maxSplits: 1)
    let name = "=?utf-8?B?\(Data(parts[0].utf8).base64EncodedString())?="
    return parts.count > 1 ? "\(name) <\(parts[1])" : name
  }

  static func of(_ language: Language) -> MailWording {
    switch language {
    case .en: english
    case .de: german
    case .fr: french
    case .es: spanish
    case .it: italian
    case .nl: dutch
    }
  }

  private static let english =
    MailWording(
      greeting: "Hello,", order: "we hereby order the following items. Please confirm this order.",
      closing: "Kind regards",
      ticket: (
        "Printer on the third floor does not work",
        [
          "the printer does not work since this morning. The error message says",
          "that a tray is empty. Please help.",
        ]
      ),
      claim: (
        "Claim for water damage",
        [
          "we report a claim: water came through the ceiling of our office.",
          "The circumstances of the loss are below.",
        ]
      ),
      forwarded: "Forwarded message", from: "From", date: "Date", to: "To", subject: "Subject",
      forwardPrefix: "Fwd", replyPrefix: "Re", attribution: "On 2 May 2025, Help Desk <desk@example.org> wrote:")

  private static let german =
    MailWording(
      greeting: "Guten Tag,", order: "hiermit bestellen wir die folgenden Artikel. Bitte bestätigen Sie den Auftrag.",
      closing: "Mit freundlichen Grüßen",
      ticket: (
        "Drucker im dritten Stock funktioniert nicht",
        [
          "der Drucker funktioniert nicht seit heute Morgen. Die Fehlermeldung sagt,",
          "ein Fach sei leer. Bitte um Hilfe.",
        ]
      ),
      claim: (
        "Schadenmeldung Wasserschaden",
        ["wir melden einen Schaden: durch die Decke unseres Büros kam Wasser.", "Der Schadenhergang ist bekannt."]
      ),
      forwarded: "Weitergeleitete Nachricht", from: "Von", date: "Datum", to: "An", subject: "Betreff",
      forwardPrefix: "WG", replyPrefix: "AW", attribution: "Am 2. Mai 2025 schrieb Service <desk@example.org>:")

  private static let french =
    MailWording(
      greeting: "Bonjour,", order: "nous vous commandons les articles suivants. Merci de confirmer.",
      closing: "Cordialement",
      ticket: (
        "L'imprimante du troisième étage ne fonctionne pas",
        [
          "l'imprimante ne fonctionne pas depuis ce matin. Le message d'erreur dit",
          "qu'un bac est vide. Merci de votre aide.",
        ]
      ),
      claim: (
        "Déclaration de sinistre dégât des eaux",
        [
          "nous déclarons un sinistre : de l'eau a traversé le plafond du bureau.",
          "Voici les circonstances du sinistre.",
        ]
      ),
      forwarded: "Message transféré", from: "De", date: "Date", to: "À", subject: "Objet",
      forwardPrefix: "TR", replyPrefix: "RE", attribution: "Le 2 mai 2025, Support <desk@example.org> a écrit :")

  private static let spanish =
    MailWording(
      greeting: "Buenos días:", order: "hacemos el siguiente pedido. Rogamos confirmen el pedido.",
      closing: "Un saludo",
      ticket: (
        "La impresora de la tercera planta no funciona",
        [
          "la impresora no funciona desde esta mañana. El mensaje de error dice",
          "que una bandeja está vacía. Gracias por su ayuda.",
        ]
      ),
      claim: (
        "Declaración de siniestro por agua",
        [
          "declaramos un siniestro: entró agua por el techo de la oficina.",
          "Adjuntamos la descripción de los daños.",
        ]
      ),
      forwarded: "Mensaje reenviado", from: "De", date: "Fecha", to: "Para", subject: "Asunto",
      forwardPrefix: "RV", replyPrefix: "RE", attribution: "El 2 may 2025, Soporte <desk@example.org> escribió:")

  private static let italian =
    MailWording(
      greeting: "Buongiorno,",
      order: "con la presente ordiniamo i seguenti articoli. Vi preghiamo di confermare l'ordine.",
      closing: "Cordiali saluti",
      ticket: (
        "La stampante al terzo piano non funziona",
        [
          "la stampante non funziona da stamattina. Il messaggio di errore dice",
          "che un cassetto è vuoto. Grazie per l'aiuto.",
        ]
      ),
      claim: (
        "Denuncia di sinistro per acqua",
        ["denunciamo un sinistro: dal soffitto dell'ufficio è entrata acqua.", "Segue la descrizione del danno."]
      ),
      forwarded: "Messaggio inoltrato", from: "Da", date: "Data", to: "A", subject: "Oggetto",
      forwardPrefix: "I", replyPrefix: "R", attribution: "Il 2 mag 2025, Assistenza <desk@example.org> ha scritto:")

  private static let dutch =
    MailWording(
      greeting: "Goedendag,", order: "hierbij bestellen wij de volgende artikelen. Graag een orderbevestiging.",
      closing: "Met vriendelijke groet",
      ticket: (
        "De printer op de derde verdieping werkt niet",
        ["de printer werkt niet sinds vanmorgen. De foutmelding zegt", "dat een lade leeg is. Graag hulp."]
      ),
      claim: (
        "Schademelding waterschade",
        [
          "wij melden een schade: er kwam water door het plafond van ons kantoor.",
          "Hieronder de omschrijving van de schade.",
        ]
      ),
      forwarded: "Doorgestuurd bericht", from: "Van", date: "Datum", to: "Aan", subject: "Onderwerp",
      forwardPrefix: "Doorst", replyPrefix: "Antw", attribution: "Op 2 mei 2025 schreef Helpdesk <desk@example.org>:")
}
