import DocketTesting
import Foundation
import Testing

/// Bundles, as their users meet them: taken apart by `docket split`, `extract` and `run` alike.
@Suite struct SplitCommandTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  /// Words of three pages: an invoice of one page, and an order of two on smaller sheets.
  private static let bundle: String = {
    func page(_ number: Int, _ width: Int, _ lines: [String]) -> String {
      let words = lines.enumerated().flatMap { row, line in
        line.split(separator: " ").enumerated().map { place, word in
          #"{"text": "\#(word)", "box": [\#(40 + 70 * place), \#(40 + 30 * row), 60, 12], "line": \#(row)}"#
        }
      }
      return #"{"page": \#(number), "width": \#(width), "height": \#(width * 14 / 10), "unit": "pt", "words": ["#
        + words.joined(separator: ",") + "]}"
    }
    let pages = [
      page(1, 595, ["INVOICE 471100", "Date 12/03/2024", "Page 1 of 1", "Widgets 10.00", "Total 10.00", "Thank you"]),
      page(2, 420, ["PURCHASE ORDER 998877", "Date 01/04/2024", "Page 1 of 2", "Please send us these goods"]),
      page(3, 420, ["PURCHASE ORDER 998877", "Page 2 of 2", "goods that we want"]),
    ]
    return #"{"schema": "docket/text/1", "outcome": "ok", "pages": ["# + pages.joined(separator: ",") + "]}"
  }()

  @Test("says where documents begin, how sure that is, and what was seen")
  func split() throws {
    try scratch.write(SplitCommandTests.bundle, to: "bundle.json")
    let ending = try docket.run(["split", "bundle.json"], in: scratch.root)
    #expect(ending.status == 0)
    #expect(ending.output.contains("2 documents: pages 1-1, pages 2-3"))
    #expect(ending.output.contains("page-number-restarts"))
    let lines = try docket.run(["extract", "--json", "bundle.json"], in: scratch.root).output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].contains(#""part":"pages/1-1""#) && lines[2].contains(#""part":"pages/2-3""#))
  }

  @Test("in a run the parts are documents, and the sum adds up")
  func run() throws {
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    let office = scratch.path("office")
    try scratch.write(SplitCommandTests.bundle, to: "office/inbox/bundle.json")
    #expect(try docket.run(["run"], in: office).status == 0)
    let status = try docket.run(["status", "--json"], in: office).output
    for part in [#""arrived":3"#, #""expanded":1"#, #""review":2"#, #""adds_up":true"#] {
      #expect(status.contains(part))
    }
    let explained = try docket.run(["explain", "bundle.json"], in: office).output
    #expect(explained.contains("2 documents") && explained.contains("bundle (pages 2-3).json"))
    let second = try docket.run(["review", "split", "bundle (pages 2-3).json", "3"], in: office)
    #expect(second.status == 0)
    #expect(try docket.run(["run"], in: office).status == 0)
    #expect(try docket.run(["status", "--json"], in: office).output.contains(#""arrived":5"#))
    let wrong = try docket.run(["review", "split", "bundle (pages 1-1).json", "7"], in: office)
    #expect(wrong.status == 65 || wrong.status == 64)
  }
}
