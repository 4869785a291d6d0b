package import Docket

/// A table for spreadsheets: one row a record, a column for each leaf field of the contract.
///
///     ledger: { csv: { path: out/records.csv } }
///
/// The first columns are `delivery` (the key), `operation`, `document`, `version` and `contract`. A cell that a
/// spreadsheet would take for a formula is written after an apostrophe.
package actor CSVDestination: Destination {
  package nonisolated let name: String
  private var file: RecordFile
  private static let ownColumns = ["delivery", "operation", "document", "version", "contract"]

  package init(name: String, path: String) {
    self.name = name
    file = RecordFile(path: path, form: CSVForm())
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  private func write(_ delivery: Delivery) throws(DocketError) -> Receipt {
    let path = file.path
    _ = try file.append(key: delivery.key) { (header) throws(DocketError) in
      let columns = CSVDestination.ownColumns + delivery.values.map(\.path)
      guard let header else {
        return CSVForm.row(columns) + CSVDestination.row(delivery, columns: columns)
      }
      let known = CSVForm.cells(of: header)
      guard Set(columns).isSubset(of: known) else {
        throw DocketError(
          .destinationRefused, "The table `\(path)` lacks columns that `\(delivery.contract)` has.",
          hint: "Give each contract a csv destination of its own, or move the old table away.")
      }
      return CSVDestination.row(delivery, columns: known)
    }
    return Receipt(key: delivery.key, place: path)
  }

  private static func row(_ delivery: Delivery, columns: [String]) -> [UInt8] {
    var cells = Dictionary(delivery.values.map { ($0.path, CSVRow.safe($0.value)) }) { first, _ in first }
    cells["delivery"] = delivery.key
    cells["operation"] = delivery.operation.rawValue
    cells["document"] = delivery.record.hex
    cells["version"] = String(delivery.version)
    cells["contract"] = delivery.contract.description
    return CSVForm.row(columns.map { cells[$0, default: ""] })
  }
}

extension CSVDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "csv", summary: "One row a record, appended to a table; columns from the contract.",
    settings: [.init("path", "The file; made, with its header, if it is not there.", isRequired: true)],
    example: "ledger: { csv: { path: out/records.csv } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    self.init(name: entry.name, path: place(entry.settings["path", default: ""], in: workspace))
  }
}

/// Rows after RFC 4180, the key in the first cell.
struct CSVForm: RecordForm {
  func end(of bytes: ArraySlice<UInt8>) -> Int? {
    var isQuoted = false
    for index in bytes.indices {
      if bytes[index] == 34 { isQuoted.toggle() }
      if bytes[index] == 10, !isQuoted { return index + 1 }
    }
    return nil
  }

  func key(of record: ArraySlice<UInt8>) -> String? { CSVForm.cells(of: Array(record)).first }

  static func row(_ cells: [String]) -> [UInt8] {
    Array((cells.map(CSVRow.quoted).joined(separator: ",") + "\r\n").utf8)
  }

  /// The cells of one row.
  static func cells(of row: [UInt8]) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    var previous: UInt8 = 0
    for byte in row {
      switch byte {
      case 34:
        // A quote after a closing quote is a quote.
        if !isQuoted, previous == 34 { cells[cells.count - 1].append(34) }
        isQuoted.toggle()
      case 44 where !isQuoted: cells.append([])
      case 10 where !isQuoted, 13 where !isQuoted: break
      default: cells[cells.count - 1].append(byte)
      }
      previous = byte
    }
    return cells.map { String(decoding: $0, as: UTF8.self) }
  }
}
