/// Deals as structured originals, and mails around them.
enum Structured {
  static func cii(_ deal: Deal) -> String {
    func date(_ day: Day) -> String { "<udt:DateTimeString format=\"102\">\(day.digits)</udt:DateTimeString>" }
    func party(_ company: Company) -> String {
      """
      <ram:Name>\(company.name)</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>\(company.postcode)</ram:PostcodeCode>\
      <ram:LineOne>\(company.street)</ram:LineOne><ram:CityName>\(company.city)</ram:CityName>\
      <ram:CountryID>\(company.country)</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration>\
      <ram:ID schemeID="VA">\(company.taxID)</ram:ID></ram:SpecifiedTaxRegistration>
      """
    }
    let lines = deal.lines.enumerated().map { index, line in
      """
      <ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>\(index + 1)</ram:LineID>\
      </ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>\(line.description)</ram:Name>\
      </ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>\
      \(Cents.plain(line.price))</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>\
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">\(line.quantity)</ram:BilledQuantity>\
      </ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>\
      <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>\(Cents.plain(line.amount))\
      </ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>\
      </ram:IncludedSupplyChainTradeLineItem>
      """
    }.joined(separator: "\n")
    let allowance =
      deal.allowance > 0
      ? "<ram:AllowanceTotalAmount>\(Cents.plain(deal.allowance))</ram:AllowanceTotalAmount>" : ""
    let prepaid =
      deal.prepaid > 0 ? "<ram:TotalPrepaidAmount>\(Cents.plain(deal.prepaid))</ram:TotalPrepaidAmount>" : ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" \
      xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" \
      xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
      <rsm:ExchangedDocument><ram:ID>\(deal.number)</ram:ID><ram:TypeCode>\(deal.kind == "invoice" ? "380" : "381")</ram:TypeCode>\
      <ram:IssueDateTime>\(date(deal.issued))</ram:IssueDateTime></rsm:ExchangedDocument>
      <rsm:SupplyChainTradeTransaction>
      \(lines)
      <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>\(party(deal.seller))</ram:SellerTradeParty>
      <ram:BuyerTradeParty>\(party(deal.buyer))</ram:BuyerTradeParty>
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>\(deal.orderReference)</ram:IssuerAssignedID>\
      </ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
      <ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>\(date(deal.delivered))\
      </ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>
      <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>\(deal.currency)</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>\(deal.seller.iban)\
      </ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>\(date(deal.due))</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>\(Cents.plain(deal.sum))</ram:LineTotalAmount>\
      \(allowance)\
      <ram:TaxBasisTotalAmount>\(Cents.plain(deal.net))</ram:TaxBasisTotalAmount><ram:TaxTotalAmount>\(Cents.plain(deal.tax))\
      </ram:TaxTotalAmount><ram:GrandTotalAmount>\(Cents.plain(deal.total))</ram:GrandTotalAmount>\
      \(prepaid)<ram:DuePayableAmount>\
      \(Cents.plain(deal.open))</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
      </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>

      """
  }

  static func ubl(_ deal: Deal) -> String {
    let isCredit = deal.kind == "credit_note"
    let root = isCredit ? "CreditNote" : "Invoice"
    func party(_ company: Company) -> String {
      """
      <cac:Party><cac:PostalAddress><cbc:StreetName>\(company.street)</cbc:StreetName><cbc:CityName>\(company.city)</cbc:CityName>\
      <cbc:PostalZone>\(company.postcode)</cbc:PostalZone><cac:Country><cbc:IdentificationCode>\(company.country)\
      </cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>\(company.taxID)\
      </cbc:CompanyID></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>\(company.name)</cbc:RegistrationName>\
      </cac:PartyLegalEntity></cac:Party>
      """
    }
    let lines = deal.lines.enumerated().map { index, line in
      """
      <cac:\(root)Line><cbc:ID>\(index + 1)</cbc:ID><cbc:\(isCredit ? "Credited" : "Invoiced")Quantity unitCode="C62">\
      \(line.quantity)</cbc:\(isCredit ? "Credited" : "Invoiced")Quantity><cbc:LineExtensionAmount>\(Cents.plain(line.amount))\
      </cbc:LineExtensionAmount><cac:Item><cbc:Name>\(line.description)</cbc:Name></cac:Item><cac:Price><cbc:PriceAmount>\
      \(Cents.plain(line.price))</cbc:PriceAmount></cac:Price></cac:\(root)Line>
      """
    }.joined(separator: "\n")
    let allowance =
      deal.allowance > 0
      ? "<cbc:AllowanceTotalAmount>\(Cents.plain(deal.allowance))</cbc:AllowanceTotalAmount>" : ""
    let prepaid = deal.prepaid > 0 ? "<cbc:PrepaidAmount>\(Cents.plain(deal.prepaid))</cbc:PrepaidAmount>" : ""
    let due = isCredit ? "" : "<cbc:DueDate>\(deal.due.iso)</cbc:DueDate>"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <\(root) xmlns="urn:oasis:names:specification:ubl:schema:xsd:\(root)-2" \
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:ID>\(deal.number)</cbc:ID><cbc:IssueDate>\(deal.issued.iso)</cbc:IssueDate>\(due)
      <cbc:\(root)TypeCode>\(isCredit ? "381" : "380")</cbc:\(root)TypeCode><cbc:DocumentCurrencyCode>\(deal.currency)\
      </cbc:DocumentCurrencyCode><cac:OrderReference><cbc:ID>\(deal.orderReference)</cbc:ID></cac:OrderReference>
      <cac:AccountingSupplierParty>\(party(deal.seller))</cac:AccountingSupplierParty>
      <cac:AccountingCustomerParty>\(party(deal.buyer))</cac:AccountingCustomerParty>
      <cac:Delivery><cbc:ActualDeliveryDate>\(deal.delivered.iso)</cbc:ActualDeliveryDate></cac:Delivery>
      <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>\(deal.seller.iban)</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
      <cac:TaxTotal><cbc:TaxAmount>\(Cents.plain(deal.tax))</cbc:TaxAmount></cac:TaxTotal>
      <cac:LegalMonetaryTotal><cbc:LineExtensionAmount>\(Cents.plain(deal.sum))</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>\
      \(Cents.plain(deal.net))</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount>\(Cents.plain(deal.total))</cbc:TaxInclusiveAmount>\
      \(allowance)\(prepaid)<cbc:PayableAmount>\(Cents.plain(deal.open))</cbc:PayableAmount></cac:LegalMonetaryTotal>
      \(lines)
      </\(root)>

      """
  }

  /// A mail in a mail, and so on, so many deep.
  static func nestedMail(depth: Int) -> String {
    func head(_ level: Int) -> String {
      """
      From: office@example.org
      To: accounts@example.com
      Subject: Level \(level)
      Date: Thu, 01 Jan 2026 09:00:00 +0000
      MIME-Version: 1.0
      """
    }
    var mail = "\(head(depth))\nContent-Type: text/plain; charset=utf-8\n\nThe innermost.\n"
    for level in (0..<depth).reversed() {
      mail = """
        \(head(level))
        Content-Type: multipart/mixed; boundary="level-\(level)"

        --level-\(level)
        Content-Type: text/plain; charset=utf-8

        See the mail inside.
        --level-\(level)
        Content-Type: message/rfc822

        \(mail)
        --level-\(level)--

        """
    }
    return mail
  }

  /// A mail with one attachment, built by hand.
  static func mail(_ deal: Deal, attachment: [UInt8], name: String) -> String {
    let encoded = Base64.lines(attachment)
    return """
      From: "\(deal.seller.name)" <office@example.org>
      To: accounts@example.com
      Subject: \(Wording.of(deal.language).title["invoice"] ?? "") \(deal.number)
      Date: Thu, 01 Jan 2026 09:00:00 +0000
      Message-ID: <\(deal.number)@example.org>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="docket-corpus"

      --docket-corpus
      Content-Type: text/plain; charset=utf-8

      \(Wording.of(deal.language).thanks)
      --docket-corpus
      Content-Type: application/octet-stream; name="\(name)"
      Content-Disposition: attachment; filename="\(name)"
      Content-Transfer-Encoding: base64

      \(encoded)
      --docket-corpus--

      """
  }
}

/// RFC 4648, in lines of 76.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func lines(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = Array(bytes[start..<min(start + 3, bytes.count)])
      let word = chunk.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for place in 0..<4 { out.append(place <= chunk.count ? digits[word >> (18 - 6 * place) & 63] : 0x3D) }
      if (start / 3 + 1) % 19 == 0 { out.append(0x0A) }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
