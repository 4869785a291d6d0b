import Docket
import Testing

@testable import Docket

/// Lists of objects are taken apart, tables that are one document are not.
@Suite struct RowSplitterTests {
  private let split: SplitStage
  private let context = Context(digest: ContentDigest(of: "list"), name: "list.csv")

  init() {
    var mistakes: [Mistake] = []
    let library = Library(files: ShippedDataTests.files, mistakes: &mistakes)
    split = SplitStage(rows: RowSplitter(Classifier(words: library.words), contracts: library.contracts))
  }

  private func table(_ lines: String...) -> Reading {
    let rows = lines.map { $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
    return Reading(mediaType: "text/csv", content: .table(TableReading(rows: rows)))
  }

  private func parts(_ reading: Reading) async throws -> [String] {
    try await split.run(reading, in: context).parts.map { $0.path?.text ?? "whole" }
  }

  private let assets = "Asset number;Description;Serial number;Manufacturer;Model;Location;Cost"

  @Test("rows of assets are documents, and an empty row is none")
  func list() async throws {
    let reading = table(
      "", assets, "I-1;Laptop;S1;Dell;XPS;Leeds;1200.00", ";;;;;;", "I-2;Monitor;S2;Dell;U27;Leeds;300.00")
    #expect(try await parts(reading) == ["rows/3-3", "rows/5-5"])
  }

  @Test("a part says where its row stood, and is not taken apart again")
  func part() async throws {
    let whole = table(assets, "I-1;Laptop;S1;Dell;XPS;Leeds;1200.00", "I-2;Monitor;S2;Dell;U27;Leeds;300.00")
    let part = whole.part(at: PartPath("rows/3-3"))
    let tree = try #require(NamedTree(part))
    #expect(tree.leaves.first?.text == "I-2" && tree.leaves.first?.locator == .cell(sheet: 1, row: 3, column: 1))
    #expect(ContextLine.around(.cell(sheet: 1, row: 3, column: 1), in: part).last?.text.hasPrefix("I-2") == true)
    #expect(ContextLine.around(.cell(sheet: 1, row: 9, column: 1), in: part).isEmpty)
    #expect(whole.part(at: PartPath("rows/3-9")) == whole, "there are no such rows")
    var context = context
    context.isPart = true
    #expect(try await split.run(part, in: context).parts == [Part(.whole)])
  }

  @Test(
    "a table that is one document stays whole",
    arguments: [
      ["Article no;Description;Quantity;Unit price;Amount", "A-1;Hammer;2;10.00;20.00", "A-2;Saw;1;15.00;15.00"],
      ["Order number;Order date;Buyer;Total", "PO-1;2026-03-01;Rowan;20.00", "PO-1;2026-03-01;Rowan;15.00"],
      ["SKU;Name;Brand;Price;Currency", "A-1;Hammer;Rowan;20.00;EUR", "A-2;Saw;Rowan;15.00;EUR", "Total;;;35.00;EUR"],
      ["Customer list;;", "Customer no;Company name;Country", "C-1;Rowan;GB", "C-2;Alder;DE"],
      ["time;sensor;temperature", "1;a;2.5", "2;b;3.5"],
      ["SKU;Name;Brand;Price;Currency", "A-1;Hammer;Rowan;20.00;EUR"],
    ])
  func whole(lines: [String]) async throws {
    let rows = lines.map { $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
    let reading = Reading(mediaType: "text/csv", content: .table(TableReading(rows: rows)))
    #expect(try await split.run(reading, in: context) == Splitting())
  }

  @Test("rows that lack what their record needs are asked about")
  func doubtful() async throws {
    let reading = table(
      "Invoice number;Invoice date;Due date;Amount;Balance", "1;2026-01-02;2026-02-01;100.00;100.00",
      "2;2026-01-03;2026-02-02;50.00;150.00")
    let splitting = try await split.run(reading, in: context)
    #expect(splitting.areRowsDoubtful && splitting.parts == [Part(.whole)])
    #expect(splitting.questions(on: Part(.whole)).map(\.code) == ["rows-doubtful"])
  }

  @Test("elements of a list are documents")
  func elements() async throws {
    func ticket(_ number: String) -> TreeNode {
      let texts = [
        ("number", number), ("subject", "No mail"), ("requester", "Bo Ek"), ("opened_at", "2026-03-02"),
        ("priority", "low"),
      ]
      return TreeNode(name: "ticket", children: texts.map { TreeNode(name: $0.0, text: $0.1) })
    }
    let root = TreeNode(name: "tickets", children: [ticket("T-1"), ticket("T-2")])
    let reading = Reading(mediaType: "application/json", content: .tree(root))
    #expect(try await parts(reading) == ["rows/1-1", "rows/2-2"])
    let tree = try #require(NamedTree(reading.part(at: PartPath("rows/2-2"))))
    #expect(tree.leaves.first?.locator == .path("/tickets[1]/ticket[2]/number[1]"))
  }

  @Test("thousands of rows are told in a moment")
  func many() async throws {
    let rows = (1...3000).map { ["I-\($0)", "Laptop", "S\($0)", "Dell", "XPS", "Leeds", "1200.00"] }
    let headings = assets.split(separator: ";").map(String.init)
    let reading = Reading(mediaType: "text/csv", content: .table(TableReading(rows: [headings] + rows)))
    #expect(try await split.run(reading, in: context).parts.count == 3000)
  }
}
