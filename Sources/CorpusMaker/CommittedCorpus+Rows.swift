import Foundation

/// Lists whose rows are documents, and a table that is one document.
extension CommittedCorpus {
  func rows() throws {
    let customers = [
      ["Customer no", "Company name", "Street", "Postcode", "City", "Country", "VAT no", "E-mail", "Phone"],
      [
        "C-1001", "Rowan Tools Ltd", "4 Mill Lane", "LS1 4AB", "Leeds", "GB", "GB575994863", "office@rowan.example",
        "+44 20 7946 0018",
      ],
      [
        "C-1002", "Alder GmbH", "Hauptstr. 5", "10115", "Berlin", "DE", "DE136695976", "info@alder.example",
        "+49 30 901820",
      ],
      ["C-1003", "Linde SARL", "3 rue du Port", "13002", "Marseille", "FR", "", "contact@linde.example", ""],
    ]
    try list(
      "customers-csv", "csv", "customer", 3,
      [
        ("number", "C-1001"), ("customer.name", "Rowan Tools Ltd"), ("address", "4 Mill Lane, LS1 4AB, Leeds"),
        ("country", "GB"), ("tax_id", "GB575994863"), ("email", "office@rowan.example"),
      ], Array(customers.map { $0.joined(separator: ";") }.joined(separator: "\n").utf8),
      "Customers, one a row; cells may be empty.")
    let products = [
      ["Artikelnummer", "Bezeichnung", "Marke", "Preis", "Einheit", "EAN"],
      ["A-17", "Schlosserhammer 500 g", "Rowan", "12,50", "Stück", "4006381333931"],
      ["A-18", "Fuchsschwanz", "Rowan", "8,20", "Stück", "4006381333948"],
    ]
    try list(
      "products-xlsx", "xlsx", "product", 2,
      [
        ("sku", "A-17"), ("name", "Schlosserhammer 500 g"), ("brand", "Rowan"), ("price", "12.50"),
        ("gtin", "4006381333931"),
      ], OfficeFiles.xlsx(sheet: "Artikel", products), "Products of a sheet, one a row, with German headings.")
    let tickets = """
      [
        { "number": "T-301", "subject": "The printer is broken", "requester": "Ann Lee", "opened_at": "2026-03-01",
          "priority": "high", "description": "It draws the paper in and stops." },
        { "number": "T-302", "subject": "No mail since noon", "requester": "Bo Ek", "opened_at": "2026-03-02",
          "priority": "low", "description": "Nothing has come in since noon." }
      ]
      """
    try list(
      "tickets-json", "json", "ticket", 2,
      [
        ("number", "T-301"), ("subject", "The printer is broken"), ("requester", "Ann Lee"),
        ("opened_at", "2026-03-01"), ("priority", "high"),
      ], Array(tickets.utf8), "Tickets, one an element of a list.")
    let orders = [
      ["Order number", "Order date", "Buyer", "Supplier", "Currency", "Order total"],
      ["PO-2101", "2026-03-01", "Rowan Tools Ltd", "Alder GmbH", "EUR", "120.00"],
      ["PO-2102", "2026-03-02", "Elm Works Ltd", "Alder GmbH", "EUR", "80.00"],
    ]
    try list(
      "orders-csv", "csv", "order", 2,
      [
        ("number", "PO-2101"), ("issued_on", "2026-03-01"), ("buyer.name", "Rowan Tools Ltd"),
        ("seller.name", "Alder GmbH"), ("currency", "EUR"), ("total", "120.00"),
      ], Array(orders.map { $0.joined(separator: ",") }.joined(separator: "\n").utf8), "Orders, one a row.")
    let lines = [
      ["Order number", "Order date", "Buyer", "Item no", "Description", "Quantity", "Unit price", "Amount"],
      ["PO-2103", "2026-03-04", "Rowan Tools Ltd", "A-17", "Hammer", "2", "10.00", "20.00"],
      ["PO-2103", "2026-03-04", "Rowan Tools Ltd", "A-18", "Saw", "1", "15.00", "15.00"],
    ]
    try list(
      "order-lines-csv", "csv", "order", 1, [("number", "PO-2103")],
      Array(lines.map { $0.joined(separator: ",") }.joined(separator: "\n").utf8),
      "One order, an item a row: stays whole.")
  }

  private func list(
    _ name: String, _ ending: String, _ type: String, _ records: Int, _ fields: [(String, String)], _ bytes: [UInt8],
    _ notes: String
  ) throws {
    var expected = Expected()
    expected.type = type
    expected.records = records
    expected.fields = fields
    let place = try folder("rows", name, expected, notes)
    try Data(bytes).write(to: place.appending(path: "document.\(ending)"))
  }
}
