/// Orders as data: in the words of UBL, of UN/CEFACT, and of nobody but their sender.
enum OrderFiles {
  static func ubl(_ deal: Deal, root: String = "Order") -> String {
    func party(_ company: Company) -> String {
      """
      <cac:Party><cac:PartyName><cbc:Name>\(company.name)</cbc:Name></cac:PartyName><cac:PostalAddress>\
      <cbc:StreetName>\(company.street)</cbc:StreetName><cbc:CityName>\(company.city)</cbc:CityName>\
      <cbc:PostalZone>\(company.postcode)</cbc:PostalZone></cac:PostalAddress></cac:Party>
      """
    }
    let lines = deal.lines.enumerated().map { index, line in
      """
      <cac:OrderLine><cac:LineItem><cbc:ID>\(index + 1)</cbc:ID><cbc:Quantity unitCode="C62">\(line.quantity)</cbc:Quantity>\
      <cbc:LineExtensionAmount>\(Cents.plain(line.amount))</cbc:LineExtensionAmount><cac:Price><cbc:PriceAmount>\
      \(Cents.plain(line.price))</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>\(line.description)</cbc:Name></cac:Item>\
      </cac:LineItem></cac:OrderLine>
      """
    }.joined(separator: "\n")
    let isAnswer = root == "OrderResponse"
    let ids =
      isAnswer
      ? "<cbc:ID>R-1</cbc:ID>" : "<cbc:ID>\(deal.number)</cbc:ID>"
    let answered = isAnswer ? "<cac:OrderReference><cbc:ID>\(deal.number)</cbc:ID></cac:OrderReference>" : ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <\(root) xmlns="urn:oasis:names:specification:ubl:schema:xsd:\(root)-2" \
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      \(ids)<cbc:IssueDate>\(deal.issued.iso)</cbc:IssueDate><cbc:DocumentCurrencyCode>\(deal.currency)</cbc:DocumentCurrencyCode>\(answered)
      <cac:BuyerCustomerParty>\(party(deal.buyer))</cac:BuyerCustomerParty>
      <cac:SellerSupplierParty>\(party(deal.seller))</cac:SellerSupplierParty>
      <cac:TaxTotal><cbc:TaxAmount>\(Cents.plain(deal.tax))</cbc:TaxAmount></cac:TaxTotal>
      <cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount>\(Cents.plain(deal.sum))</cbc:LineExtensionAmount>\
      <cbc:TaxExclusiveAmount>\(Cents.plain(deal.net))</cbc:TaxExclusiveAmount><cbc:PayableAmount>\(Cents.plain(deal.total))\
      </cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
      \(lines)
      </\(root)>

      """
  }

  /// Order-X.
  static func crossIndustry(_ deal: Deal) -> String {
    func party(_ company: Company) -> String {
      """
      <ram:Name>\(company.name)</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>\(company.postcode)</ram:PostcodeCode>\
      <ram:LineOne>\(company.street)</ram:LineOne><ram:CityName>\(company.city)</ram:CityName></ram:PostalTradeAddress>
      """
    }
    let lines = deal.lines.enumerated().map { index, line in
      """
      <ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>\(index + 1)</ram:LineID>\
      </ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>\(line.description)</ram:Name>\
      </ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>\
      \(Cents.plain(line.price))</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>\
      <ram:SpecifiedLineTradeDelivery><ram:RequestedQuantity unitCode="C62">\(line.quantity)</ram:RequestedQuantity>\
      </ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>\
      <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>\(Cents.plain(line.amount))\
      </ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>\
      </ram:IncludedSupplyChainTradeLineItem>
      """
    }.joined(separator: "\n")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100" \
      xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:128" \
      xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:128">
      <rsm:ExchangedDocument><ram:ID>\(deal.number)</ram:ID><ram:TypeCode>220</ram:TypeCode><ram:IssueDateTime>\
      <udt:DateTimeString format="102">\(deal.issued.digits)</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
      <rsm:SupplyChainTradeTransaction>
      \(lines)
      <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>\(party(deal.seller))</ram:SellerTradeParty>
      <ram:BuyerTradeParty>\(party(deal.buyer))</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
      <ram:ApplicableHeaderTradeDelivery/>
      <ram:ApplicableHeaderTradeSettlement><ram:OrderCurrencyCode>\(deal.currency)</ram:OrderCurrencyCode>\
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>\(Cents.plain(deal.sum))</ram:LineTotalAmount>\
      <ram:TaxBasisTotalAmount>\(Cents.plain(deal.net))</ram:TaxBasisTotalAmount><ram:TaxTotalAmount>\(Cents.plain(deal.tax))\
      </ram:TaxTotalAmount><ram:GrandTotalAmount>\(Cents.plain(deal.total))</ram:GrandTotalAmount>\
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
      </rsm:SupplyChainTradeTransaction></rsm:SCRDMCCBDACIOMessageStructure>

      """
  }

  /// As a shop's programmer writes it.
  static func json(_ deal: Deal) -> String {
    let lines = deal.lines.map {
      """
          { "description": "\($0.description)", "qty": \($0.quantity), "unitPrice": \(Cents.plain($0.price)), \
      "amount": \(Cents.plain($0.amount)) }
      """
    }.joined(separator: ",\n")
    return """
      {
        "type": "order",
        "orderNumber": "\(deal.number)",
        "orderDate": "\(deal.issued.iso)",
        "buyer": { "name": "\(deal.buyer.name)", "address": { "street": "\(deal.buyer.street)", "city": "\(deal.buyer.city)" } },
        "supplier": { "name": "\(deal.seller.name)", "vatId": "\(deal.seller.taxID)" },
        "currency": "\(deal.currency)",
        "items": [
      \(lines)
        ],
        "subtotal": \(Cents.plain(deal.net)), "vat": \(Cents.plain(deal.tax)), "orderTotal": \(Cents.plain(deal.total))
      }

      """
  }

  /// As an old system exports it, in its own language and with its own marks.
  static func xml(_ deal: Deal) -> String {
    let lines = deal.lines.map {
      """
          <Position><Bezeichnung>\($0.description)</Bezeichnung><Menge>\($0.quantity)</Menge>\
      <Einzelpreis>\(Cents.printed($0.price, .de))</Einzelpreis><Betrag>\(Cents.printed($0.amount, .de))</Betrag></Position>
      """
    }.joined(separator: "\n")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Bestellung Waehrung="\(deal.currency)">
        <Bestellnummer>\(deal.number)</Bestellnummer>
        <Bestelldatum>\(deal.issued.printed(.de, style: 0))</Bestelldatum>
        <Besteller><Name>\(deal.buyer.name)</Name><Strasse>\(deal.buyer.street)</Strasse><PLZ>\(deal.buyer.postcode)</PLZ>\
      <Ort>\(deal.buyer.city)</Ort></Besteller>
        <Lieferant>\(deal.seller.name)</Lieferant>
        <Positionen>
      \(lines)
        </Positionen>
        <Nettobetrag>\(Cents.printed(deal.net, .de))</Nettobetrag>
        <MwSt>\(Cents.printed(deal.tax, .de))</MwSt>
        <Gesamtsumme>\(Cents.printed(deal.total, .de))</Gesamtsumme>
      </Bestellung>

      """
  }
}
