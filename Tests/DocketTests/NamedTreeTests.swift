import Testing

@testable import Docket

private func label(_ texts: String...) -> [String: [WeightedPhrase]] { ["en": texts.map { WeightedPhrase($0) }] }

private let contract = Contract(
  name: "slip", version: 1, summary: "A slip.", headings: label("delivery slip"),
  fields: [
    Field(name: "number", type: .id, required: true, labels: label("slip no")),
    Field(name: "issued_on", type: .date, required: true, labels: label("date")),
    Field(name: "sender", type: .party, labels: label("from")),
    Field(name: "weight", type: .decimal, labels: label("gross weight"), notLabels: label("net weight")),
    Field(
      name: "parcels", type: .rows,
      columns: [
        Field(name: "content", type: .text, labels: label("description")),
        Field(name: "pieces", type: .quantity, labels: label("qty")),
      ]),
  ], digest: ContentDigest(of: "named"))

private func leaf(_ name: String, _ text: String) -> TreeNode { TreeNode(name: name, text: text) }

private func extraction(_ root: TreeNode) -> Extraction {
  NamedTreeExtractor(words: [], vocabularies: [:]).extract(
    from: Reading(mediaType: "application/json", content: .tree(root)), for: contract,
    in: Context(digest: ContentDigest(of: ""), name: "a.json"))
}

private func values(_ path: String, _ root: TreeNode) -> [String] {
  extraction(root).candidates[path, default: []].map(\.value.canonical)
}

@Suite struct NamedTreeTests {
  @Test(
    "a name is a label, however its words are joined; a field's own name is one too",
    arguments: ["slipNo", "slip_no", "SLIP-NO", "SlipNumber", "number"])
  func names(name: String) {
    let root = TreeNode(name: "Slip", children: [leaf(name, "A 7"), leaf("net_weight", "3")])
    #expect(values("number", root) == (name == "SlipNumber" ? [] : ["A 7"]))
    #expect(values("weight", root) == [])
  }

  @Test("the name of what holds an element counts before its own")
  func qualified() {
    let root = TreeNode(
      name: "x",
      children: [
        leaf("weight", "9"), TreeNode(name: "gross", children: [leaf("weight", "12.5")]),
      ])
    #expect(values("weight", root).first == "9", "the field's own name is the strongest")
    let other = TreeNode(
      name: "x", children: [leaf("no", "1"), TreeNode(name: "slip", children: [leaf("no", "2")])])
    #expect(values("number", other).first == "2")
  }

  @Test("numbers and dates are read by the file's own habit")
  func habits() {
    let root = TreeNode(
      name: "x", children: [leaf("date", "31.12.2024"), leaf("gross_weight", "1.234,50"), leaf("net_weight", "7,25")])
    #expect(values("issued_on", root) == ["2024-12-31"])
    #expect(values("weight", root) == ["1234.50"])
    #expect(
      values("issued_on", TreeNode(name: "x", children: [leaf("date", "2024-12-31T09:00:00Z")])) == ["2024-12-31"])
  }

  @Test("a party takes its parts from the element that is called as it, or from names put together")
  func parties() {
    let nested = TreeNode(
      name: "x",
      children: [
        TreeNode(
          name: "from",
          children: [
            TreeNode(name: "address", children: [leaf("city", "Leith"), leaf("street", "1 Quay")]),
            leaf("companyName", "Harbour Ltd"), leaf("vatId", "GB1"),
          ])
      ])
    #expect(values("sender.name", nested) == ["Harbour Ltd"])
    #expect(values("sender.tax_id", nested) == ["GB1"])
    #expect(values("sender.address", nested) == ["1 Quay, Leith"])
    let flat = TreeNode(name: "x", children: [leaf("sender", "Harbour Ltd"), leaf("sender_email", "a@b.example")])
    #expect(values("sender.name", flat) == ["Harbour Ltd"])
    #expect(values("sender.email", flat) == ["a@b.example"])
  }

  @Test("repeated elements whose names fit the columns are the rows, each value with its path")
  func rows() throws {
    func item(_ content: String, _ count: String) -> TreeNode {
      TreeNode(name: "item", attributes: [.init(name: "qty", value: count)], children: [leaf("description", content)])
    }
    let root = TreeNode(
      name: "x", children: [TreeNode(name: "items", children: [item("books", "3"), item("pens", "12")])])
    let rows = try #require(extraction(root).rows["parcels"])
    #expect(rows.map { $0["content"]?.value.canonical } == ["books", "pens"])
    #expect(rows.map { $0["pieces"]?.value.canonical } == ["3", "12"])
    #expect(rows[1]["pieces"]?.locators == [.path("/x[1]/items[1]/item[2]/@qty")])
    #expect(rows[1]["pieces"]?.isExact == false)
  }

  @Test("what a tree calls itself and names says which contract it fits; other data fits none")
  func classified() {
    func contract(of root: TreeNode) -> String? {
      let reading = Reading(mediaType: "application/json", content: .tree(root))
      return Classifier(words: []).classify(reading, among: [NamedTreeTests.slip]).contract?.name
    }
    let named = TreeNode(name: "DeliverySlip", children: [leaf("no", "1"), leaf("date", "2024-01-01")])
    #expect(contract(of: named) == "slip")
    #expect(contract(of: TreeNode(name: "package", children: [leaf("name", "x"), leaf("version", "1")])) == nil)
    let published = TreeNode(
      name: "DeliverySlip", namespace: "urn:oasis:names:specification:ubl:schema:xsd:X", children: named.children)
    #expect(contract(of: published) == nil, "a published form is not read by its names")
  }

  static let slip = contract
}

@Suite struct OrderPathsTests {
  private static let orders = Contract(
    name: "order", version: 1, summary: "", standard: "UBL 2.1 Order",
    fields: [
      Field(name: "number", type: .id, standard: "Order/ID"),
      Field(name: "buyer", type: .party, standard: "Order/BuyerCustomerParty"),
      Field(name: "place", type: .address, standard: "Order/Delivery/DeliveryLocation/Address"),
    ], digest: ContentDigest(of: "orders"))

  private func values(_ root: TreeNode) -> [String: String] {
    TreeExtractor(vocabularies: [:]).extract(
      from: Reading(mediaType: "application/xml", content: .tree(root)), for: Self.orders,
      in: Context(digest: ContentDigest(of: ""), name: "a.xml")
    ).candidates.mapValues { $0[0].value.canonical }
  }

  private func ubl(_ name: String, _ children: [TreeNode]) -> TreeNode {
    TreeNode(name: name, namespace: "urn:oasis:names:specification:ubl:schema:xsd:\(name)-2", children: children)
  }

  @Test("an order's party is the one within its customer; an address is its lines")
  func order() {
    let party = TreeNode(
      name: "Party", children: [TreeNode(name: "PartyName", children: [leaf("Name", "Harbour Ltd")])])
    let address = TreeNode(name: "Address", children: [leaf("CityName", "Leith"), leaf("StreetName", "1 Quay")])
    let root = ubl(
      "Order",
      [
        leaf("ID", "7"), TreeNode(name: "BuyerCustomerParty", children: [party]),
        TreeNode(name: "Delivery", children: [TreeNode(name: "DeliveryLocation", children: [address])]),
      ])
    #expect(values(root) == ["number": "7", "buyer.name": "Harbour Ltd", "place": "1 Quay, Leith"])
  }

  @Test("an answer's order number is that of the order it answers; an invoice is no order")
  func answer() {
    let reference = TreeNode(name: "OrderReference", children: [leaf("ID", "7")])
    #expect(values(ubl("OrderResponse", [leaf("ID", "R1"), reference])) == ["number": "7"])
    #expect(values(ubl("OrderChange", [leaf("ID", "8")])) == ["number": "8"])
    #expect(values(ubl("Invoice", [leaf("ID", "8")])) == [:])
  }
}
