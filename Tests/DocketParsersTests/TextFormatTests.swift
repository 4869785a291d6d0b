import Docket
import Testing

@testable import DocketParsers

@Suite struct TextFormatTests {
  private func rows(_ bytes: [UInt8], name: String = "sample") throws -> [[String]] {
    guard case .table(let table)? = try read(bytes, name: name).summary.content else { return [] }
    return table.sheets[0].rows
  }

  @Test("a table's divider is found, quotes are taken off", arguments: [";", "\t", ",", "|"])
  func dividers(divider: String) throws {
    let text = [["No", "Name", "Sum"], ["1", "\"Ek\(divider) \"\"Bo\"\"\"", "1.5"], ["2", "\"two\nlines\"", ""]]
      .map { $0.joined(separator: divider) + "\r\n" }.joined()
    #expect(
      try rows(Array(text.utf8), name: "list.csv") == [
        ["No", "Name", "Sum"], ["1", "Ek\(divider) \"Bo\"", "1.5"], ["2", "two\nlines", ""],
      ])
  }

  @Test("a table is one by its content too, prose with commas is none")
  func content() throws {
    #expect(try rows(Array("a;b;c\n1;2;3\n4;5;6\n".utf8)).count == 3)
    let prose = "Dear Ann, Bo, and all,\nthe order, as said, is late.\nRegards, Cy, Dee\n"
    #expect(try read(Array(prose.utf8)).summary.mediaType == "text/plain")
    #expect(try read(Array(prose.utf8), name: "a.csv").summary.mediaType == "text/csv")
  }

  @Test("a text in columns of a fixed width is a table, where every line keeps to them")
  func fixedWidth() throws {
    let report =
      "No    Name         Sum\n1     Ann Lee     12.50\n22    Bo           3.00\n333   Cy Ek\n"
      + "4     Dee        100.00\n"
    #expect(
      FixedWidthTable(report)?.rows == [
        ["No", "Name", "Sum"], ["1", "Ann Lee", "12.50"], ["22", "Bo", "3.00"], ["333", "Cy Ek", ""],
        ["4", "Dee", "100.00"],
      ])
    #expect(try rows(Array(report.utf8)).count == 5)
    // A rule tells columns that stand close.
    let ruled = "No Name    Sum\n-- ---- ------\n 1 Ann   12.50\n 2 Bo     3.00\n 3 Cy   100.00\n"
    #expect(FixedWidthTable(ruled)?.rows[3] == ["3", "Cy", "100.00"])
    #expect(FixedWidthTable(ruled)?.starts == [0, 3, 8])
    // A line across the columns, names that are missing, prose: texts.
    #expect(FixedWidthTable(report + "A total of 115.50 in all\n") == nil)
    #expect(FixedWidthTable(report.replacing("Name", with: "    ")) == nil)
    #expect(FixedWidthTable("Dear Ann,\nyour order is late.\nWe are sorry.\nRegards\nBo\n") == nil)
  }

  @Test("a spreadsheet's own line about the divider is no row")
  func preamble() throws {
    #expect(try rows(Array("sep=|\na|b\n1|2\n".utf8), name: "a.csv") == [["a", "b"], ["1", "2"]])
  }

  @Test("the row that names the columns is found behind lines about the file")
  func heading() {
    let bank = [["Account", "DE1"], [], ["Date", "Text", "Amount"], ["01.02.2026", "Rent", "-5,00"]]
    #expect(TableShape(bank).heading == 2)
    #expect(TableShape([["1", "2"], ["3", "4"]]).heading == nil)
    #expect(TableShape([["Name", "Town"], ["Ann", "Rom"]]).heading == 0)
  }

  @Test("old code pages are told apart by where their letters stand")
  func codePages() throws {
    let dos: [UInt8] = Array("Gr".utf8) + [0x81, 0xE1] + Array("e aus M".utf8) + [0x81] + Array("nchen\r\n".utf8)
    #expect(try text(of: read(dos).summary).text == "Grüße aus München\n")
    let windows: [UInt8] = Array("Gr".utf8) + [0xFC, 0xDF] + Array("e, it".utf8) + [0x92] + Array("s 5 ".utf8) + [0x80]
    #expect(try text(of: read(windows).summary).text == "Grüße, it’s 5 €")
  }

  @Test("what is printed twice is read once, and what printers are told is not read")
  func overstruck() throws {
    let spool = "\u{1B}E\u{1B}&l0OTOTAL\rTOTAL  5.00\r\nN\u{8}No_\u{8}. 7\n\u{0C}Page 2\r\n\u{1A}"
    #expect(try text(of: read(Array(spool.utf8)).summary).text == "TOTAL  5.00\nNo. 7\n\u{0C}Page 2\n")
    // Returns alone end lines where nothing is printed over anything.
    #expect(try text(of: read(Array("one\rtwo\rthree\n".utf8)).summary).text == "one\ntwo\nthree\n")
    #expect(try text(of: read(Array("one\rtwo\r".utf8)).summary).text == "one\ntwo\n")
  }

  @Test("a mainframe's carriage control becomes form feeds and blank lines")
  func carriageControl() {
    let body = (1...18).map { " line \($0)" }
    let report = (["1REPORT", "0first", "+_____"] + body + ["1NEXT"]).joined(separator: "\n")
    let pages = PrintSpool.plain(report).split(separator: "\u{0C}")
    #expect(pages.count == 2)
    #expect(pages[0].hasPrefix("REPORT\n\nfirst\nline 1\n"))
    #expect(PrintSpool.plain("1. One\n2. Two\n") == "1. One\n2. Two\n")
  }

  @Test("a calendar is a tree of its components")
  func calendar() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      SUMMARY:Delivery\\, dock 4\\nring
       twice
      DTSTART;TZID="Europe/Berlin":20260304T090000
      END:VEVENT
      END:VCALENDAR

      """
    let (_, summary) = try read(Array(text.utf8))
    guard case .tree(let root)? = summary.content else {
      Issue.record("no tree")
      return
    }
    let event = try #require(root.children.first?.children.first)
    #expect([root.name, root.children[0].name, event.name] == ["icalendar", "VCALENDAR", "VEVENT"])
    #expect(event.children.map(\.text) == ["Delivery, dock 4\nringtwice", "20260304T090000"])
    #expect(event.children[1].attributes == [.init(name: "TZID", value: "Europe/Berlin")])
  }

  @Test("RTF is text: letters in their code pages, cells, and nothing of what is not shown")
  func rtf() throws {
    let source = """
      {\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}}{\\*\\generator x;}{\\info secret}
      \\f0 Gr\\'fc\\u223?e\\par \\trowd Desk\\cell 2\\cell\\row {\\f1 \\'c4\\'e0} \\{a\\}\\par}
      """
    let (_, summary) = try read(Array(source.utf8))
    #expect(text(of: summary).text == "Grüße\nDesk\t2\t\nДа {a}\n")
  }
}
