/// Where the terms of EN 16931 stand in its two syntaxes, UBL 2.1 and UN/CEFACT CII (D16B and, as `|` alternatives,
/// the older form of ZUGFeRD 1). Paths start below the root; of several the first with a text counts.
///
/// Source: EN 16931-3-2 and -3-3, syntax bindings; ZUGFeRD 1.0, technical annex.
enum EN16931Paths {
  enum Syntax: Sendable { case ubl, cii }

  static func syntax(of root: TreeNode) -> Syntax? {
    if root.namespace.hasPrefix("urn:oasis:names:specification:ubl:schema:xsd:") { return .ubl }
    let isCII = root.namespace.hasPrefix("urn:un:unece:uncefact:data:") || root.namespace.hasPrefix("urn:ferd:")
    return isCII ? .cii : nil
  }

  /// Whether the root is what EN 16931 describes: a request for payment or its reversal, in either syntax.
  static func isInvoice(_ root: TreeNode) -> Bool {
    switch syntax(of: root) {
    case .cii: ["CrossIndustryInvoice", "CrossIndustryDocument", "Invoice"].contains(root.name)
    case .ubl: ["Invoice", "CreditNote"].contains(root.name)
    case nil: false
    }
  }

  static func paths(_ term: String, _ syntax: Syntax) -> [String] {
    guard let row = table[term] else { return [] }
    return syntax == .ubl ? row.ubl : row.cii
  }

  private static let document = "ExchangedDocument|HeaderExchangedDocument"
  private static let transaction = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
  private static let agreement =
    "\(transaction)/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
  private static let delivery = "\(transaction)/ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
  private static let settlement =
    "\(transaction)/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
  private static let sum =
    "\(settlement)/SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"

  private static let table: [String: (ubl: [String], cii: [String])] = [
    "BT-1": (["ID"], ["\(document)/ID"]),
    "BT-2": (
      ["IssueDate"], ["\(document)/IssueDateTime/DateTimeString", "\(document)/IssueDateTime"]
    ),
    "BT-3": (["InvoiceTypeCode|CreditNoteTypeCode"], ["\(document)/TypeCode"]),
    "BT-5": (["DocumentCurrencyCode"], ["\(settlement)/InvoiceCurrencyCode"]),
    "BT-9": (
      ["DueDate", "PaymentMeans/PaymentDueDate"],
      [
        "\(settlement)/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
        "\(settlement)/SpecifiedTradePaymentTerms/DueDateDateTime",
      ]
    ),
    "BT-13": (
      ["OrderReference/ID"],
      [
        "\(agreement)/BuyerOrderReferencedDocument/IssuerAssignedID",
        "\(agreement)/BuyerOrderReferencedDocument/ID",
      ]
    ),
    "BT-72": (
      ["Delivery/ActualDeliveryDate"],
      [
        "\(delivery)/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",
        "\(delivery)/ActualDeliverySupplyChainEvent/OccurrenceDateTime",
      ]
    ),
    "BT-83": (["PaymentMeans/PaymentID"], ["\(settlement)/PaymentReference"]),
    "BT-84": (
      ["PaymentMeans/PayeeFinancialAccount/ID"],
      ["\(settlement)/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID"]
    ),
    "BT-86": (
      ["PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID"],
      ["\(settlement)/SpecifiedTradeSettlementPaymentMeans/PayeeSpecifiedCreditorFinancialInstitution/BICID"]
    ),
    "BT-106": (["LegalMonetaryTotal/LineExtensionAmount"], ["\(sum)/LineTotalAmount"]),
    "BT-107": (["LegalMonetaryTotal/AllowanceTotalAmount"], ["\(sum)/AllowanceTotalAmount"]),
    "BT-108": (["LegalMonetaryTotal/ChargeTotalAmount"], ["\(sum)/ChargeTotalAmount"]),
    "BT-109": (["LegalMonetaryTotal/TaxExclusiveAmount"], ["\(sum)/TaxBasisTotalAmount"]),
    "BT-110": (["TaxTotal/TaxAmount"], ["\(sum)/TaxTotalAmount"]),
    "BT-112": (["LegalMonetaryTotal/TaxInclusiveAmount"], ["\(sum)/GrandTotalAmount"]),
    "BT-113": (["LegalMonetaryTotal/PrepaidAmount"], ["\(sum)/TotalPrepaidAmount"]),
    "BT-115": (["LegalMonetaryTotal/PayableAmount"], ["\(sum)/DuePayableAmount"]),
    "BG-4": (["AccountingSupplierParty/Party"], ["\(agreement)/SellerTradeParty"]),
    "BG-7": (["AccountingCustomerParty/Party"], ["\(agreement)/BuyerTradeParty"]),
    "BG-25": (
      ["InvoiceLine|CreditNoteLine"], ["\(transaction)/IncludedSupplyChainTradeLineItem"]
    ),
    "BT-153": (["Item/Name"], ["SpecifiedTradeProduct/Name"]),
    "BT-155": (["Item/SellersItemIdentification/ID"], ["SpecifiedTradeProduct/SellerAssignedID"]),
    "BT-129": (
      ["InvoicedQuantity|CreditedQuantity"],
      ["SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery/BilledQuantity"]
    ),
    "BT-130": (
      ["InvoicedQuantity|CreditedQuantity/@unitCode"],
      ["SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery/BilledQuantity/@unitCode"]
    ),
    "BT-146": (
      ["Price/PriceAmount"],
      [
        "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
        "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement/GrossPriceProductTradePrice/ChargeAmount",
      ]
    ),
    "BT-131": (
      ["LineExtensionAmount"],
      [
        "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation/LineTotalAmount"
      ]
    ),
  ]

  /// A party's parts below its element.
  static func party(_ part: String, _ syntax: Syntax) -> [String] {
    guard let row = parties[part] else { return [] }
    return syntax == .ubl ? row.ubl : row.cii
  }

  private static let parties: [String: (ubl: [String], cii: [String])] = [
    "name": (["PartyLegalEntity/RegistrationName", "PartyName/Name"], ["Name"]),
    "tax_id": (
      ["PartyTaxScheme/CompanyID"],
      ["SpecifiedTaxRegistration/ID[schemeID=VA]", "SpecifiedTaxRegistration/ID[schemeID=FC]"]
    ),
    "id": (["PartyIdentification/ID"], ["ID", "GlobalID"]),
    "country": (["PostalAddress/Country/IdentificationCode"], ["PostalTradeAddress/CountryID"]),
    "email": (
      ["Contact/ElectronicMail"],
      [
        "DefinedTradeContact/EmailURIUniversalCommunication/URIID",
        "DefinedTradeContact/EmailURIUniversalCommunication/CompleteNumber",
      ]
    ),
    "phone": (["Contact/Telephone"], ["DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"]),
  ]

  /// The lines of a postal address, joined in this order.
  static func address(_ syntax: Syntax) -> [[String]] {
    switch syntax {
    case .ubl:
      [
        ["PostalAddress/StreetName"], ["PostalAddress/AdditionalStreetName"],
        ["PostalAddress/PostalZone", "PostalAddress/CityName"], ["PostalAddress/AddressLine/Line"],
      ]
    case .cii:
      [
        ["PostalTradeAddress/LineOne"], ["PostalTradeAddress/LineTwo"], ["PostalTradeAddress/LineThree"],
        ["PostalTradeAddress/PostcodeCode", "PostalTradeAddress/CityName"],
      ]
    }
  }
}
