import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

@Suite struct LookUpFileTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private func load(_ path: String, table: String? = nil, column: String = "no") throws -> LookUpTable {
    let pair = LookUpEntry.Pair(
      field: "number", column: PlacedText(text: column, place: Place(line: 1, column: 1)))
    let entry = LookUpEntry(
      name: "vendors", kind: table == nil ? "csv" : "sqlite", path: path, table: table, match: [pair], fills: [],
      place: Place(line: 1, column: 1))
    return try LookUpFile.load(entry, workspace: scratch.root, legalForms: ["GmbH"])
  }

  @Test(
    "reads what spreadsheets write",
    arguments: [
      "no,name\n1,\"Oak, Elm \"\"& Co\"\"\"\n\n2,b\n", "no;name\r\n1;Oak, Elm \"& Co\"\r\n2;b",
      "\u{FEFF}no\tname\n1\t\"Oak\nElm\"\n2\tb\n",
    ])
  func csv(text: String) throws {
    try scratch.write(text, to: "v.csv")
    let table = try load("v.csv")
    #expect(table.columns == ["no", "name"] && table.count == 2)
  }

  @Test("a file that was written anew is another table")
  func changes() throws {
    try scratch.write("no,name\n1,a\n", to: "v.csv")
    let first = try load("v.csv").digest
    #expect(try load("v.csv").digest == first)
    try scratch.write("no,name\n1,a\n2,b\n", to: "v.csv")
    #expect(try load("v.csv").digest != first)
  }

  @Test("a table of a database, without writing to it")
  func database() throws {
    let path = scratch.path("v.sqlite")
    _ = try SQLiteReader.rows(path, "CREATE TABLE vendor (no INTEGER, name TEXT); INSERT INTO vendor VALUES (7, 'a')")
    let before = try Data(contentsOf: scratch.url("v.sqlite"))
    let table = try load("v.sqlite", table: "vendor")
    #expect(table.columns == ["no", "name"] && table.count == 1)
    #expect(try Data(contentsOf: scratch.url("v.sqlite")) == before)
    #expect(throws: DocketError.self) { try load("v.sqlite", table: "vendors") }
  }

  @Test("what is not there is said, with what may have been meant")
  func mistakes() throws {
    try scratch.write("number,name\n1,a\n", to: "v.csv")
    let column = #expect(throws: DocketError.self) { try load("v.csv", column: "numer") }
    #expect(column?.sentence.hasSuffix("did you mean `number`?") == true)
    let file = #expect(throws: DocketError.self) { try load("w.csv") }
    #expect(file?.code == .badConfiguration)
    try scratch.write("", to: "empty.csv")
    #expect(throws: DocketError.self) { try load("empty.csv") }
  }
}
