/// What documents of a language say. The generator's own words: extraction has lists of its own.
enum Language: String, CaseIterable {
  case en, de, fr, es, it, nl

  /// Those that the first documents of Corpus/ are in.
  static let first: [Language] = [.en, .de, .fr]
}

struct Wording {
  var title: [String: String]
  var number: [String: String]
  var date: [String: String]
  var due: String
  var delivered: String
  var orderReference: String
  var recipient: String
  var supplier: String
  var columns: [String]
  var net: String
  var tax: String
  var total: [String: String]
  var thanks: String
  var carried: String
  var cash: String
  var change: String
  var taxID: String
  var sum: String
  var allowance: String
  var prepaid: String
  var open: String

  static func of(_ language: Language) -> Wording {
    switch language {
    case .en: english
    case .de: german
    case .fr: french
    case .es: spanish
    case .it: italian
    case .nl: dutch
    }
  }

  private static let english = Wording(
    title: ["invoice": "Invoice", "credit_note": "Credit Note", "order": "Purchase Order", "receipt": "RECEIPT"],
    number: [
      "invoice": "Invoice No.", "credit_note": "Credit Note No.", "order": "Order No.", "receipt": "Receipt No",
    ],
    date: ["invoice": "Invoice Date", "credit_note": "Date", "order": "Order Date", "receipt": "Date"],
    due: "Due Date", delivered: "Delivery Date", orderReference: "Purchase Order", recipient: "Bill To",
    supplier: "Supplier",
    columns: ["Description", "Qty", "Unit Price", "Amount"], net: "Subtotal", tax: "VAT",
    total: ["invoice": "Total", "credit_note": "Total", "order": "Order Total", "receipt": "TOTAL"],
    thanks: "Thank you for your business.", carried: "Carried forward", cash: "CASH", change: "CHANGE",
    taxID: "VAT No.", sum: "Sum of items", allowance: "Discount", prepaid: "Prepaid", open: "Amount Due")

  private static let german = Wording(
    title: ["invoice": "Rechnung", "credit_note": "Gutschrift", "order": "Bestellung", "receipt": "Quittung"],
    number: [
      "invoice": "Rechnungsnummer", "credit_note": "Gutschriftsnummer", "order": "Bestellnummer",
      "receipt": "Beleg-Nr",
    ],
    date: ["invoice": "Rechnungsdatum", "credit_note": "Datum", "order": "Bestelldatum", "receipt": "Datum"],
    due: "Fällig am", delivered: "Lieferdatum", orderReference: "Ihre Bestellung", recipient: "Rechnungsempfänger",
    supplier: "Lieferant",
    columns: ["Bezeichnung", "Menge", "Einzelpreis", "Betrag"], net: "Nettobetrag", tax: "MwSt.",
    total: [
      "invoice": "Rechnungsbetrag", "credit_note": "Gesamtbetrag", "order": "Gesamtsumme", "receipt": "SUMME",
    ],
    thanks: "Vielen Dank für Ihren Auftrag.", carried: "Übertrag", cash: "Bar", change: "Rückgeld",
    taxID: "USt-IdNr.", sum: "Summe Positionen", allowance: "Rabatt", prepaid: "Anzahlung", open: "Zahlbetrag")

  private static let french = Wording(
    title: [
      "invoice": "Facture", "credit_note": "Avoir", "order": "Bon de commande", "receipt": "Ticket de caisse",
    ],
    number: ["invoice": "Facture n°", "credit_note": "Avoir n°", "order": "Commande n°", "receipt": "Ticket n°"],
    date: ["invoice": "Date de facture", "credit_note": "Date", "order": "Date de commande", "receipt": "Date"],
    due: "Date d'échéance", delivered: "Date de livraison", orderReference: "Votre commande",
    recipient: "Facturé à", supplier: "Fournisseur",
    columns: ["Désignation", "Quantité", "Prix unitaire", "Montant"], net: "Total HT",
    tax: "TVA",
    total: ["invoice": "Total TTC", "credit_note": "Total TTC", "order": "Total TTC", "receipt": "TOTAL"],
    thanks: "Merci de votre confiance.", carried: "Report", cash: "Espèces", change: "Rendu", taxID: "N° TVA",
    sum: "Sous-total", allowance: "Remise", prepaid: "Acompte versé", open: "Net à payer")

  private static let spanish = Wording(
    title: ["invoice": "Factura", "credit_note": "Nota de abono", "order": "Pedido", "receipt": "RECIBO"],
    number: ["invoice": "Factura n.º", "credit_note": "Abono n.º", "order": "Pedido n.º", "receipt": "Ticket n.º"],
    date: ["invoice": "Fecha de factura", "credit_note": "Fecha", "order": "Fecha de pedido", "receipt": "Fecha"],
    due: "Fecha de vencimiento", delivered: "Fecha de entrega", orderReference: "Su pedido",
    recipient: "Facturar a", supplier: "Proveedor",
    columns: ["Descripción", "Cantidad", "Precio unitario", "Importe"], net: "Base imponible", tax: "IVA",
    total: ["invoice": "Total factura", "credit_note": "Total", "order": "Total pedido", "receipt": "TOTAL"],
    thanks: "Gracias por su confianza.", carried: "Suma y sigue", cash: "Efectivo", change: "Cambio", taxID: "NIF",
    sum: "Subtotal", allowance: "Descuento", prepaid: "Anticipo", open: "Importe a pagar")

  private static let italian = Wording(
    title: [
      "invoice": "Fattura", "credit_note": "Nota di credito", "order": "Ordine di acquisto",
      "receipt": "RICEVUTA",
    ],
    number: [
      "invoice": "Fattura n.", "credit_note": "Nota di credito n.", "order": "Ordine n.",
      "receipt": "Documento n.",
    ],
    date: ["invoice": "Data fattura", "credit_note": "Data", "order": "Data ordine", "receipt": "Data"],
    due: "Scadenza", delivered: "Data di consegna", orderReference: "Vostro ordine", recipient: "Fatturare a",
    supplier: "Fornitore", columns: ["Descrizione", "Quantità", "Prezzo unitario", "Importo"], net: "Imponibile",
    tax: "IVA",
    total: ["invoice": "Totale fattura", "credit_note": "Totale", "order": "Totale ordine", "receipt": "TOTALE"],
    thanks: "Grazie per la fiducia.", carried: "Riporto", cash: "Contanti", change: "Resto", taxID: "Partita IVA",
    sum: "Subtotale", allowance: "Sconto", prepaid: "Acconto", open: "Netto a pagare")

  private static let dutch = Wording(
    title: ["invoice": "Factuur", "credit_note": "Creditnota", "order": "Inkooporder", "receipt": "KASSABON"],
    number: [
      "invoice": "Factuurnummer", "credit_note": "Creditnota nr.", "order": "Ordernummer", "receipt": "Bonnummer",
    ],
    date: ["invoice": "Factuurdatum", "credit_note": "Datum", "order": "Orderdatum", "receipt": "Datum"],
    due: "Vervaldatum", delivered: "Leverdatum", orderReference: "Uw bestelling", recipient: "Factuuradres",
    supplier: "Leverancier", columns: ["Omschrijving", "Aantal", "Stukprijs", "Bedrag"], net: "Totaal excl. btw",
    tax: "BTW",
    total: [
      "invoice": "Totaal incl. btw", "credit_note": "Totaal incl. btw", "order": "Totaalbedrag",
      "receipt": "TOTAAL",
    ],
    thanks: "Dank voor uw vertrouwen.", carried: "Transport", cash: "Contant", change: "Wisselgeld",
    taxID: "Btw-nummer", sum: "Subtotaal", allowance: "Korting", prepaid: "Aanbetaling", open: "Te betalen")
}
