/// Where the terms of a UBL order stand in the messages that answer it, change it, or say the same in UN/CEFACT's
/// words. Contracts name the terms by their path in UBL.
///
/// Source: OASIS UBL 2.1; Order-X 1.0, whose SCRDMCCBDACIOMessageStructure is UN/CEFACT's Cross Industry Order.
enum OrderPaths {
  private static let crossIndustry = "SCRDMCCBDACIOMessageStructure"

  /// Roots whose content is what the message of another name holds.
  private static let related = ["Order": ["OrderChange", "OrderResponse", crossIndustry]]

  /// Whether a tree says what a standard's message does: `UBL 2.1 Order`.
  static func fits(_ root: TreeNode, _ standard: String) -> Bool {
    guard standard.hasPrefix("UBL "), let message = standard.split(separator: " ").last.map(String.init) else {
      return false
    }
    return root.name == message || related[message, default: []].contains(root.name)
  }

  /// Ways below the root, those that count most first.
  /// - Parameter term: as the contract has it: `Order/IssueDate`.
  static func paths(_ term: String, in root: TreeNode) -> [String] {
    let steps = term.split(separator: "/")
    guard let message = steps.first.map(String.init), message == root.name || related[message] != nil else { return [] }
    let path = steps.dropFirst().joined(separator: "/")
    if root.name == crossIndustry { return industry[path, default: []] }
    // An answer has a number of its own; the order's is that of what it answers.
    if root.name == "OrderResponse", path == "ID" { return ["OrderReference/ID", path] }
    return [path]
  }

  /// Ways below a line.
  static func column(_ term: String, in root: TreeNode) -> [String] {
    root.name == crossIndustry ? columns[term, default: []] : [term]
  }

  private static let transaction = "SupplyChainTradeTransaction"
  private static let agreement = "\(transaction)/ApplicableHeaderTradeAgreement"
  private static let delivery = "\(transaction)/ApplicableHeaderTradeDelivery"
  private static let settlement = "\(transaction)/ApplicableHeaderTradeSettlement"
  private static let sum = "\(settlement)/SpecifiedTradeSettlementHeaderMonetarySummation"

  private static let industry = [
    "ID": ["ExchangedDocument/ID"],
    "IssueDate": ["ExchangedDocument/IssueDateTime/DateTimeString"],
    "Delivery/RequestedDeliveryPeriod/EndDate": [
      "\(delivery)/RequestedDeliverySupplyChainEvent/OccurrenceSpecifiedPeriod/EndDateTime/DateTimeString",
      "\(delivery)/RequestedDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",
    ],
    "BuyerCustomerParty": ["\(agreement)/BuyerTradeParty"],
    "SellerSupplierParty": ["\(agreement)/SellerTradeParty"],
    "Delivery/DeliveryLocation/Address": ["\(delivery)/ShipToTradeParty/PostalTradeAddress"],
    "DocumentCurrencyCode": ["\(settlement)/OrderCurrencyCode"],
    "AnticipatedMonetaryTotal/LineExtensionAmount": ["\(sum)/LineTotalAmount"],
    "AnticipatedMonetaryTotal/TaxExclusiveAmount": ["\(sum)/TaxBasisTotalAmount"],
    "TaxTotal/TaxAmount": ["\(sum)/TaxTotalAmount"],
    "AnticipatedMonetaryTotal/TaxInclusiveAmount": ["\(sum)/GrandTotalAmount"],
    "AnticipatedMonetaryTotal/PayableAmount": ["\(sum)/GrandTotalAmount"],
    "OrderLine/LineItem": ["\(transaction)/IncludedSupplyChainTradeLineItem"],
  ]

  private static let price = "SpecifiedLineTradeAgreement/NetPriceProductTradePrice|GrossPriceProductTradePrice"
  private static let lineSum =
    "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"

  private static let columns = [
    "Item/Name": ["SpecifiedTradeProduct/Name"],
    "Item/SellersItemIdentification/ID": ["SpecifiedTradeProduct/SellerAssignedID"],
    "Quantity": ["SpecifiedLineTradeDelivery/RequestedQuantity"],
    "Quantity/@unitCode": ["SpecifiedLineTradeDelivery/RequestedQuantity/@unitCode"],
    "Price/PriceAmount": ["\(price)/ChargeAmount"],
    "LineExtensionAmount": [lineSum],
  ]
}
