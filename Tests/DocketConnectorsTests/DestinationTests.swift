import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

@Suite struct JSONLDestinationTests {
  @Test("keeps the promises of a destination, a torn last line included")
  func suite() async throws {
    let scratch = try ScratchFolder()
    let path = scratch.path("out/records.jsonl")
    try await DestinationSuite(
      open: { JSONLDestination(name: "test", path: path) },
      keys: { try DestinationFiles.jsonKeys(path) },
      tear: { try DestinationFiles.tear(path) }
    ).run()
  }

  @Test("a line is the record with its key and operation first")
  func line() async throws {
    let scratch = try ScratchFolder()
    let destination = JSONLDestination(name: "test", path: scratch.path("a.jsonl"))
    let delivery = DestinationSuite.delivery("one")
    _ = try await destination.deliver(delivery)
    #expect(
      scratch.text("a.jsonl")
        == "{\"delivery\":\"\(delivery.key)\",\"operation\":\"deliver\",\"fields\":{\"number\":\"4711\"},"
        + "\"schema\":\"docket/record/1\"}\n")
  }

  @Test("refuses a path where no ordinary file stands")
  func notAFile() async throws {
    let scratch = try ScratchFolder()
    let destination = JSONLDestination(name: "test", path: scratch.root)
    await #expect(throws: DocketError.self) { try await destination.deliver(DestinationSuite.delivery("one")) }
  }
}

@Suite struct CSVDestinationTests {
  @Test("keeps the promises of a destination, a torn last row included")
  func suite() async throws {
    let scratch = try ScratchFolder()
    let path = scratch.path("records.csv")
    try await DestinationSuite(
      open: { CSVDestination(name: "test", path: path) },
      keys: { try DestinationFiles.csvKeys(path) },
      tear: { try DestinationFiles.tear(path) }
    ).run()
  }

  @Test(
    "a value that a spreadsheet would execute stands after an apostrophe; numbers stay numbers",
    arguments: [("=1+1", "'=1+1"), ("@x", "'@x"), ("+49 30", "'+49 30"), ("-12.50", "-12.50"), ("plain", "plain")])
  func injection(value: String, cell: String) async throws {
    let scratch = try ScratchFolder()
    let destination = CSVDestination(name: "test", path: scratch.path("a.csv"))
    _ = try await destination.deliver(DestinationSuite.delivery("one", value: value))
    let rows = scratch.text("a.csv").split(whereSeparator: \.isNewline)
    #expect(rows.first == "delivery,operation,document,version,contract,number,total")
    #expect(rows.last?.hasSuffix(",thing@1,\(cell),-12.50") == true)
  }

  @Test("refuses a record with a column that the table does not have")
  func columns() async throws {
    let scratch = try ScratchFolder()
    let destination = CSVDestination(name: "test", path: scratch.path("a.csv"))
    _ = try await destination.deliver(DestinationSuite.delivery("one"))
    var other = DestinationSuite.delivery("two")
    other.values.append(.init(path: "new", value: "x"))
    let delivery = other
    let error = await #expect(throws: DocketError.self) { try await destination.deliver(delivery) }
    #expect(error?.code == .destinationRefused)
  }
}

@Suite struct FolderDestinationTests {
  @Test("keeps the promises of a destination")
  func suite() async throws {
    let scratch = try ScratchFolder()
    let original = ReadableFile(path: try scratch.write("the original", to: "in/Scan 1.PDF"), name: "Scan 1.PDF")
    let folder = scratch.path("archive")
    try await DestinationSuite(
      open: { FolderDestination(name: "test", folder: folder, nameFields: ["number"]) },
      keys: { try DestinationFiles.folderKeys(folder) }, original: original
    ).run()
  }

  @Test("names files by the record's values, the second of a name with -2, and keeps the original's ending")
  func names() async throws {
    let scratch = try ScratchFolder()
    let destination = FolderDestination(name: "test", folder: scratch.path("archive"), nameFields: ["number"])
    for label in ["one", "two"] {
      let original = ReadableFile(path: try scratch.write(label, to: label), name: "x.PDF")
      _ = try await destination.deliver(DestinationSuite.delivery(label, value: "R/47 11", original: original))
    }
    #expect(
      scratch.names("archive").filter { !$0.hasPrefix(".") }
        == ["R-47-11-2.json", "R-47-11-2.pdf", "R-47-11.json", "R-47-11.pdf"])
    #expect(scratch.text("archive/R-47-11-2.pdf") == "two")
  }

  @Test("an original that a crash left alone gets its record on the next try")
  func crash() async throws {
    let scratch = try ScratchFolder()
    let original = ReadableFile(path: try scratch.write("bytes", to: "x.pdf"), name: "x.pdf")
    try scratch.write("bytes", to: "archive/4711.pdf")
    let destination = FolderDestination(name: "test", folder: scratch.path("archive"), nameFields: ["number"])
    _ = try await destination.deliver(DestinationSuite.delivery("one", original: original))
    #expect(scratch.names("archive").filter { !$0.hasPrefix(".") } == ["4711.json", "4711.pdf"])
  }
}

/// What a reader of the destinations' files finds.
enum DestinationFiles {
  static func jsonKeys(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      struct Line: Decodable { let delivery: String }
      return try JSONDecoder().decode(Line.self, from: Data(line.utf8)).delivery
    }
  }

  /// First cells of rows; keys hold no quotes, and line breaks stand only inside quotes.
  static func csvKeys(_ path: String) throws -> [String] {
    var isQuoted = false
    var rows = [""]
    for scalar in try String(contentsOfFile: path, encoding: .utf8).unicodeScalars {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == "\n", !isQuoted { rows.append("") } else { rows[rows.count - 1].unicodeScalars.append(scalar) }
    }
    return rows.compactMap { $0.split(separator: ",").first.map(String.init) }
  }

  static func folderKeys(_ folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try names.filter { $0.hasSuffix(".json") }.flatMap { try jsonKeys("\(folder)/\($0)") }
  }

  /// Takes the last ten bytes away, as a crash in the middle of a write leaves a file.
  static func tear(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.dropLast(10).write(to: URL(filePath: path))
  }
}
