import Foundation

/// Documents that come as texts and tables, and in archives and packings of all kinds.
extension CommittedCorpus {
  func post() throws {
    var random = SeededGenerator(seed: 20_260_301)
    try texts(&random)
    try packed(&random)
    try hostilePost()
  }

  private func write(
    _ family: String, _ name: String, _ expected: Expected, _ ending: String, _ bytes: [UInt8], _ notes: String
  ) throws {
    try Data(bytes).write(to: folder(family, name, expected, notes).appending(path: "document.\(ending)"))
  }

  private func texts(_ random: inout SeededGenerator) throws {
    for (number, language) in Language.allCases.enumerated() {
      let plain = PlainDeal(
        deal: Deal(kind: "invoice", language: language, lines: 3 + number % 3, random: &random))
      try write(
        "texts", "plain-\(language.rawValue)", Expected(plain.deal), "txt", Array(plain.text.utf8),
        "An invoice in columns of letters.")
      let web = PlainDeal(
        deal: Deal(kind: number % 2 == 0 ? "order" : "invoice", language: language, lines: 4, random: &random))
      try write(
        "texts", "html-\(language.rawValue)", Expected(web.deal), "html", Array(web.html.utf8),
        "A page of HTML: tables within tables, a hidden line with a false total.")
    }
    let spool = PlainDeal(deal: Deal(kind: "invoice", language: .de, lines: 5, random: &random))
    // Code page 850, as DOS printed it.
    let old: [Unicode.Scalar: UInt8] = [
      "ä": 0x84, "ö": 0x94, "ü": 0x81, "Ä": 0x8E, "Ö": 0x99, "Ü": 0x9A, "ß": 0xE1,
    ]
    try write(
      "texts", "spool-de", Expected(spool.deal), "prn",
      spool.spool.unicodeScalars.map { old[$0] ?? UInt8(truncatingIfNeeded: $0.value) },
      "An invoice as it was sent to a line printer, in code page 850.")
    let table = PlainDeal(deal: Deal(kind: "order", language: .fr, lines: 6, random: &random))
    try write(
      "texts", "table-fr", Expected(), "csv", Array(table.table.utf8), "A table of items alone: no contract fits.")
  }

  private func packed(_ random: inout SeededGenerator) throws {
    func deal(_ language: Language) -> PlainDeal {
      PlainDeal(deal: Deal(kind: "invoice", language: language, lines: 3, random: &random))
    }
    let zipped = deal(.de)
    try write(
      "archives", "zip-de", Expected(zipped.deal), "zip",
      Packing.zip([
        ("Büro/Rechnung \(zipped.deal.number).txt", Array(zipped.text.utf8)),
        ("../../Liste.csv", Array(zipped.table.utf8)),
        ("__MACOSX/._Liste.csv", [0, 5, 22, 7]),
      ]),
      "A ZIP with an invoice and a table; one name tries to leave it, one file is Finder's own.")
    let tarred = deal(.en)
    try write(
      "archives", "tgz-en", Expected(tarred.deal), "tgz",
      Packing.gzip(
        Packing.tar([("post/invoice.html", Array(tarred.html.utf8)), ("post/readme.txt", Array("Hello.\n".utf8))])),
      "A compressed TAR.")
    let alone = deal(.nl)
    try write(
      "archives", "gz-nl", Expected(alone.deal), "gz", Packing.gzip(Array(alone.text.utf8)), "One compressed file.")
    let nested = deal(.fr)
    let inner = Packing.zip([("facture.txt", Array(nested.text.utf8))])
    try write(
      "archives", "zip-in-zip-fr", Expected(nested.deal), "zip", Packing.zip([("post.zip", inner)]), "A ZIP in a ZIP.")
    let signed = Deal(kind: "invoice", language: .it, lines: 2, random: &random)
    try write(
      "structured", "signed-it", Expected(signed), "p7m", Packing.signed(Array(Structured.ubl(signed).utf8)),
      "UBL that was signed: the signature is taken off, not checked.")
    let packed = deal(.es)
    let file = (name: "factura.html", content: Array(packed.html.utf8))
    try write(
      "mails", "winmail-es", Expected(packed.deal), "eml",
      Array(Structured.mail(packed.deal, attachment: Packing.tnef(file), name: "winmail.dat").utf8),
      "A mail whose attachment Outlook packed into a winmail.dat.")
    let first = deal(.en)
    let mails = [first, deal(.en)].map {
      Structured.mail($0.deal, attachment: Array($0.text.utf8), name: "invoice.txt")
    }
    try write(
      "mails", "mbox-en", Expected(first.deal), "mbox",
      Array(mails.map { "From office@example.org Thu Jan  1 09:00:00 2026\n\($0)\n" }.joined().utf8),
      "A mailbox of two mails.")
  }

  private func hostilePost() throws {
    let hello: Packing.File = ("a.txt", Array("hello, hello, hello".utf8))
    try write(
      "hostile", "zip-locked", Expected(outcome: "archive-encrypted"), "zip", Packing.zip([hello], isLocked: true),
      "Must fail with `archive-encrypted`: it asks for a password.")
    try write(
      "hostile", "gzip-cut", Expected(outcome: "archive-damaged"), "gz",
      Array(Packing.gzip(hello.content).prefix(20)), "Must fail with `archive-damaged`.")
    let sealed: [UInt8] = [
      0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03, 0xA0, 0x80, 0, 0, 0, 0,
    ]
    try write(
      "hostile", "mail-sealed", Expected(outcome: "content-encrypted"), "p7m", sealed,
      "Must fail with `content-encrypted`: nobody here has the key.")
    try write(
      "hostile", "bomb", Expected(outcome: "too-many-bytes"), "bz2", CommittedCorpus.bomb,
      "A few hundred bytes that unpack to 300 megabytes: must fail with `too-many-bytes`.")
  }

  /// Three hundred megabytes of one letter, compressed by bzip2: the same block again and again, each of 46 megabytes.
  private static let bomb: [UInt8] = Array("BZh9".utf8) + (0..<7).flatMap { _ in block }
  private static let block: [UInt8] = [
    0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0xB4, 0xEB, 0x54, 0xA0, 0x01, 0x5F, 0x8E, 0x00, 0x80, 0x80, 0x40, 0x00,
    0x08, 0x20, 0x00, 0x30, 0x80, 0x4D, 0x46, 0x42, 0xA0, 0x25, 0xA9, 0x0A, 0x80, 0x97,
  ]
}
