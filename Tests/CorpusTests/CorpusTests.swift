import Docket
import DocketTesting
import Foundation
import Testing

/// Every folder of `Corpus/` read by the real programs, and what came out held against what must.
@Suite struct CorpusTests {
  @Test("structured originals give exactly their records, hostile files exactly their codes, and pages the floors")
  func everything() throws {
    let cases = try CorpusCase.all()
    #expect(cases.count >= 90)
    let lines = try CorpusTests.extracted(cases)
    var fields = Tally()
    var cells = Tally()
    for item in cases {
      let found = lines[item.document] ?? []
      let codes = found.flatMap { (try? $0["findings"].array.map { try $0["code"].string }) ?? [] }
      for code in item.findings where !codes.contains(code) {
        Issue.record("\(item.testDescription) is not said to be `\(code)`")
      }
      guard item.outcome == "ok" else {
        let failures = found.compactMap { try? $0["outcome"].string }.filter { $0 != "ok" }
        #expect(failures == [item.outcome], "\(item.testDescription)")
        continue
      }
      guard let type = item.type else {
        #expect(found.allSatisfy { $0["contract"].isNull }, "\(item.testDescription) fits no contract")
        continue
      }
      if let records = item.records {
        let count = found.count { (try? $0["contract"]["name"].string) == type }
        #expect(count == records, "\(item.testDescription) holds \(records)")
      }
      guard let line = found.first(where: { (try? $0["contract"]["name"].string) == type }) else {
        Issue.record("\(item.testDescription) was not taken for what it is")
        continue
      }
      fields.add(CorpusTests.fields(of: line, against: item))
      cells.add(CorpusTests.cells(of: line, against: item))
    }
    // Floors, raised when extraction gets better; never lowered.
    #expect(fields.share >= 0.965, "\(fields.right) of \(fields.asked) values are right")
    #expect(cells.share >= 0.92, "\(cells.right) of \(cells.asked) cells of rows are right")
  }

  /// How many were asked for, and how many are right.
  struct Tally {
    var right = 0
    var asked = 0
    var share: Double { asked == 0 ? 1 : Double(right) / Double(asked) }
    mutating func add(_ other: Tally) {
      right += other.right
      asked += other.asked
    }
  }

  private static func fields(of line: JSONValue, against item: CorpusCase) -> Tally {
    var tally = Tally()
    for (path, value) in item.fields {
      tally.asked += 1
      if value == (try? line["fields"][path]["value"].string) {
        tally.right += 1
      } else if item.isExact {
        Issue.record("\(item.testDescription): \(path) is not what the original says")
      }
    }
    return tally
  }

  /// Rows are held against those in the same place: one too many or too few makes all that follow wrong.
  private static func cells(of line: JSONValue, against item: CorpusCase) -> Tally {
    let given = (try? line["rows"]["lines"].array) ?? []
    if item.isExact, given.count != item.rows.count { Issue.record("\(item.testDescription) has other rows") }
    var tally = Tally()
    for (index, row) in item.rows.enumerated() {
      for (column, value) in row {
        tally.asked += 1
        let cell = index < given.count ? try? given[index][column]["value"].string : nil
        if cell == value {
          tally.right += 1
        } else if item.isExact {
          Issue.record("\(item.testDescription): row \(index + 1), \(column) is not what the original says")
        }
      }
    }
    return tally
  }

  /// What `docket extract` says of all of them, by path.
  private static func extracted(_ cases: [CorpusCase]) throws -> [String: [JSONValue]] {
    let ending = try BuiltProgram("docket").run(
      ["extract", "--json", "--share", CorpusCase.root.deletingLastPathComponent().path] + cases.map(\.document))
    #expect(ending.status == 3, "hostile documents fail, the rest does not: \(ending.errors.suffix(500))")
    let lines = try ending.lines.map { try JSONValue(parsing: String($0)) }
    return Dictionary(grouping: lines) { (try? $0["file"].string) ?? "" }
  }

  @Test("the committed documents are those that the generator makes")
  func reproducible() throws {
    let scratch = try ScratchFolder()
    let ending = try BuiltProgram("CorpusMaker").run(["--committed", scratch.root])
    #expect(ending.status == 0)
    // Other versions of the libraries that draw make other bytes of the same drawing: then text alone is compared.
    let isDrawnAlike = CorpusCase.isSame("drawn-with.txt", scratch)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: scratch.root)
      .filter { !URL(filePath: $0).pathExtension.isEmpty }
    #expect(paths.count >= 270)
    for path in paths where isDrawnAlike || ["json", "md", "xml"].contains(URL(filePath: path).pathExtension) {
      #expect(CorpusCase.isSame(path, scratch), "\(path) differs")
    }
    let committed = try CorpusCase.all().map { "\($0.family)/\($0.name)/expected.json" }
    #expect(Set(committed).subtracting(paths) == [], "not made by the generator")
  }
}
