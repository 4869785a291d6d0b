import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

@Suite struct SQLiteDestinationTests {
  let scratch: ScratchFolder
  let path: String
  init() throws {
    scratch = try ScratchFolder()
    path = scratch.path("out/ledger.sqlite")
  }

  private func destination(table: String? = nil) -> SQLiteDestination {
    SQLiteDestination(name: "ledger", path: path, table: table)
  }

  private static let contract = Contract(
    name: "parcel", version: 1, summary: "", identity: [["number"]],
    fields: [
      Field(name: "number", type: .id), Field(name: "sender", type: .party), Field(name: "total", type: .money),
      Field(name: "paid", type: .boolean), Field(name: "tags", type: .text, isList: true),
      Field(
        name: "lines", type: .rows,
        columns: [Field(name: "what", type: .text), Field(name: "amount", type: .money)]),
    ], digest: ContentDigest(of: "parcel"))

  private static func sourced(_ value: Value) -> Sourced {
    Sourced(value: value, raw: "", confidence: 1, provenance: [])
  }

  /// - Parameter label: which document it is of.
  private static func delivery(
    _ label: String, version: Int = 1, number: String = "P-1", total: String = "12.50", lines: Int = 2,
    contract: Contract = contract, operation: Delivery.Operation = .deliver
  ) throws -> Delivery {
    var delivery = DestinationSuite.delivery(label, operation: operation)
    func field(_ path: String, _ values: Value...) -> RecordField {
      RecordField(path: path, values: values.map(sourced), confidence: 1)
    }
    let record = Record(
      id: delivery.record, version: version, contract: contract.reference, classification: 1,
      fields: [
        field("number", .text(number)), field("sender.name", .text("Acme")), field("paid", .boolean(true)),
        field("total", .decimal(try #require(DecimalNumber(total)))), field("tags", .text("a"), .text("b")),
      ],
      tables: [
        RecordTable(
          path: "lines",
          rows: try (0..<lines).map { row in
            [
              field("lines.what", .text("thing \(row)")),
              field("lines.amount", .decimal(try #require(DecimalNumber("\(row).25")))),
            ]
          })
      ])
    delivery.key = "\(record.id.hex)/\(version)/ledger/\(operation.rawValue)"
    (delivery.version, delivery.contract) = (version, contract.reference)
    delivery.sheet = RecordSheet(of: record, by: contract)
    return delivery
  }

  private func ask(_ sql: String) throws -> [String] { try SQLiteReader.rows(path, sql) }

  @Test("keeps the promises of a destination")
  func suite() async throws {
    let path = path
    try await DestinationSuite(
      open: { SQLiteDestination(name: "test", path: path) },
      keys: { try SQLiteReader.rows(path, "SELECT key FROM docket_delivery") }
    ).run()
  }

  @Test("a contract becomes a table: parts are columns, rows and lists are tables below, numbers are numbers")
  func tables() async throws {
    _ = try await destination().deliver(try Self.delivery("a"))
    #expect(try ask("SELECT number, sender_name, total, paid FROM parcel") == ["P-1|Acme|12.5|1"])
    let lines = try ask("SELECT docket_row, what, amount FROM parcel_lines ORDER BY 1")
    #expect(lines == ["1|thing 0|0.25", "2|thing 1|1.25"])
    #expect(try ask("SELECT value FROM parcel_tags ORDER BY docket_row") == ["a", "b"])
    #expect(try ask("SELECT COUNT(*) FROM parcel WHERE total > 9") == ["1"], "compared as a number")
    #expect(try ask("SELECT sender_tax_id IS NULL FROM parcel") == ["1"])
  }

  @Test("the same thing takes its row's place, whichever document tells of it, and keeps the row's number")
  func upsert() async throws {
    let first = try await destination().deliver(try Self.delivery("a"))
    let second = try await destination().deliver(try Self.delivery("b", total: "13.00", lines: 1))
    #expect(first.place == second.place)
    #expect(try ask("SELECT docket_id, total FROM parcel") == ["1|13"])
    #expect(try ask("SELECT COUNT(*) FROM parcel_lines") == ["1"])
    _ = try await destination().deliver(try Self.delivery("c", number: "P-2"))
    #expect(try ask("SELECT number FROM parcel ORDER BY 1") == ["P-1", "P-2"])
    #expect(try ask("SELECT effect FROM docket_delivery ORDER BY rowid") == ["inserted", "updated", "inserted"])
  }

  @Test("a corrected record moves to the thing it is of; an older version that comes late changes nothing")
  func corrections() async throws {
    _ = try await destination().deliver(try Self.delivery("a", number: "P-1"))
    _ = try await destination().deliver(try Self.delivery("a", version: 3, number: "P-7"))
    #expect(try ask("SELECT number FROM parcel") == ["P-7"])
    _ = try await destination().deliver(try Self.delivery("a", version: 2, number: "P-6"))
    #expect(try ask("SELECT number, docket_version FROM parcel") == ["P-7|3"])
  }

  @Test("what is retracted loses its row, but not one that a newer version has")
  func retraction() async throws {
    _ = try await destination().deliver(try Self.delivery("a"))
    _ = try await destination().deliver(try Self.delivery("a", version: 2, total: "1.00"))
    _ = try await destination().retract(try Self.delivery("a", operation: .retract))
    #expect(try ask("SELECT total FROM parcel") == ["1"])
    _ = try await destination().retract(try Self.delivery("a", version: 2, operation: .retract))
    #expect(try ask("SELECT COUNT(*) FROM parcel") == ["0"] && ask("SELECT COUNT(*) FROM parcel_lines") == ["0"])
    _ = try await destination().deliver(try Self.delivery("b"))
    #expect(try ask("SELECT docket_id FROM parcel") == ["2"], "no number is used twice")
  }

  @Test("a field that the contract gets becomes a column; what others added stays")
  func growth() async throws {
    _ = try await destination().deliver(try Self.delivery("a"))
    _ = try ask("ALTER TABLE parcel ADD COLUMN booked TEXT; UPDATE parcel SET booked = 'yes'")
    var grown = Self.contract
    grown.version = 2
    grown.fields.append(Field(name: "weight", type: .decimal))
    grown.fields.append(Field(name: "stops", type: .rows, columns: [Field(name: "place", type: .text)]))
    _ = try await destination().deliver(try Self.delivery("a", version: 2, contract: grown))
    #expect(try ask("SELECT booked, weight IS NULL FROM parcel") == ["yes|1"])
    #expect(try ask("SELECT COUNT(*) FROM parcel_stops") == ["0"])
  }

  @Test("a table of somebody else's, a file that is none, and a number that would be rounded are refused")
  func refusals() async throws {
    func code(_ delivery: Delivery, table: String? = nil) async -> ErrorCode? {
      do {
        _ = try await destination(table: table).deliver(delivery)
        return nil
      } catch { return error.code }
    }
    #expect(await code(try Self.delivery("a", total: "1234567890123.456")) == .destinationRefused)
    _ = try await destination().deliver(try Self.delivery("a"))
    _ = try ask("CREATE TABLE theirs (a)")
    #expect(await code(try Self.delivery("b"), table: "theirs") == .destinationRefused)
    #expect(try ask("SELECT COUNT(*) FROM theirs") == ["0"])
    #expect(await code(try Self.delivery("b"), table: "mine") == nil)
    try scratch.write(String(repeating: "no database", count: 500), to: "out/ledger.sqlite")
    #expect(await code(try Self.delivery("c")) == .destinationRefused)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(await code(try Self.delivery("c")) == .destinationUnavailable)
  }

  @Test("two that begin on a new file at once make it once and lose nothing")
  func atOnce() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        let destination = destination()
        group.addTask {
          for number in 0..<10 {
            _ = try await destination.deliver(try Self.delivery("\(writer) \(number)", number: "P-\(writer)-\(number)"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try ask("SELECT COUNT(*), COUNT(DISTINCT number) FROM parcel") == ["40|40"])
    #expect(try ask("SELECT COUNT(*) FROM parcel_lines") == ["80"])
  }
}
