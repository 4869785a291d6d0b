/// What documents of a language say. The generator's own words: extraction has lists of its own.
enum Language: String, CaseIterable { case en, de, fr }

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
    case .en:
      Wording(
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
    case .de:
      Wording(
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
    case .fr:
      Wording(
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
    }
  }
}
