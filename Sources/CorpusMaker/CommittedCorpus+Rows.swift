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
    try report()
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

  private func report() throws {
    let report = """
      Asset no  Description          Serial number Purchase date        Cost
      --------- -------------------- ------------- ------------- -----------
      A-2201    Laptop 14 inch       SN-77120019   2025-03-02       1,200.00
      A-2202    Label printer        SN-77120044   2025-04-11         340.50
      A-2203    Monitor 27 inch      SN-77120091   2025-04-11         289.00

      """
    try list(
      "assets-report", "txt", "asset", 3,
      [
        ("number", "A-2201"), ("name", "Laptop 14 inch"), ("serial_number", "SN-77120019"),
        ("acquired_on", "2025-03-02"),
      ], Array(report.utf8),
      "A report in columns of a fixed width, an asset a row.")
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

  /// What was sent, as UBL says it.
  func despatch() throws {
    var expected = Expected()
    expected.type = "shipment"
    expected.fields = [
      ("number", "DA-2026-118"), ("shipped_on", "2026-03-09"), ("expected_on", "2026-03-11"),
      ("order_reference", "PO-2101"), ("sender.name", "Alder GmbH"), ("recipient.name", "Rowan Tools Ltd"),
      ("recipient.country", "GB"), ("carrier", "Linde Spedition"), ("packages", "3"), ("weight", "212.5"),
      ("weight_unit", "KGM"),
    ]
    expected.rows = [
      [("article", "A-17"), ("description", "Hammer"), ("quantity", "20"), ("unit", "C62")],
      [("article", "A-18"), ("description", "Saw"), ("quantity", "5"), ("unit", "C62")],
    ]
    let place = try folder("structured", "despatch-advice-ubl", expected, "UBL 2.1 DespatchAdvice.")
    try Data(CommittedCorpus.despatchAdvice.utf8).write(to: place.appending(path: "document.xml"))
  }

  private static let despatchAdvice = """
    <?xml version="1.0" encoding="UTF-8"?>
    <DespatchAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:UBLVersionID>2.1</cbc:UBLVersionID>
      <cbc:ID>DA-2026-118</cbc:ID>
      <cbc:IssueDate>2026-03-09</cbc:IssueDate>
      <cbc:DespatchAdviceTypeCode>delivery</cbc:DespatchAdviceTypeCode>
      <cac:OrderReference><cbc:ID>PO-2101</cbc:ID></cac:OrderReference>
      <cac:DespatchSupplierParty>
        <cac:Party><cac:PartyName><cbc:Name>Alder GmbH</cbc:Name></cac:PartyName>
        <cac:PostalAddress><cbc:StreetName>Hauptstr. 5</cbc:StreetName><cbc:CityName>Berlin</cbc:CityName><cbc:PostalZone>10115</cbc:PostalZone>
        <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress></cac:Party></cac:DespatchSupplierParty>
      <cac:DeliveryCustomerParty>
        <cac:Party><cac:PartyName><cbc:Name>Rowan Tools Ltd</cbc:Name></cac:PartyName>
        <cac:PostalAddress><cbc:StreetName>4 Mill Lane</cbc:StreetName><cbc:CityName>Leeds</cbc:CityName><cbc:PostalZone>LS1 4AB</cbc:PostalZone>
        <cac:Country><cbc:IdentificationCode>GB</cbc:IdentificationCode></cac:Country></cac:PostalAddress></cac:Party></cac:DeliveryCustomerParty>
      <cac:Shipment>
        <cbc:ID>1</cbc:ID>
        <cbc:GrossWeightMeasure unitCode="KGM">212.5</cbc:GrossWeightMeasure>
        <cbc:TotalTransportHandlingUnitQuantity>3</cbc:TotalTransportHandlingUnitQuantity>
        <cac:Consignment><cbc:ID>1</cbc:ID>
        <cac:CarrierParty><cac:PartyName><cbc:Name>Linde Spedition</cbc:Name></cac:PartyName></cac:CarrierParty></cac:Consignment>
        <cac:Delivery>
        <cac:EstimatedDeliveryPeriod><cbc:EndDate>2026-03-11</cbc:EndDate></cac:EstimatedDeliveryPeriod></cac:Delivery>
      </cac:Shipment>
      <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="C62">20</cbc:DeliveredQuantity>
        <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>
        <cac:Item><cbc:Name>Hammer</cbc:Name><cac:SellersItemIdentification><cbc:ID>A-17</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:DespatchLine>
      <cac:DespatchLine><cbc:ID>2</cbc:ID><cbc:DeliveredQuantity unitCode="C62">5</cbc:DeliveredQuantity>
        <cac:OrderLineReference><cbc:LineID>2</cbc:LineID></cac:OrderLineReference>
        <cac:Item><cbc:Name>Saw</cbc:Name><cac:SellersItemIdentification><cbc:ID>A-18</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:DespatchLine>
    </DespatchAdvice>

    """
}
