package import Docket

/// A file of JSON lines: one record a line, `delivery` (its key) and `operation` first.
///
///     ledger: { jsonl: { path: out/records.jsonl } }
///
/// A retraction is a line of its own with `"operation": "retract"`.
package actor JSONLDestination: Destination {
  package nonisolated let name: String
  private var file: RecordFile

  package init(name: String, path: String) {
    self.name = name
    file = RecordFile(path: path, form: JSONLineForm())
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  private func write(_ delivery: Delivery) throws(DocketError) -> Receipt {
    guard delivery.payload.utf8.first == UInt8(ascii: "{"), !delivery.payload.utf8.contains(10) else {
      throw DocketError(.destinationRefused, "The record for `\(name)` is not one line of JSON.")
    }
    let rest = delivery.payload.dropFirst().drop { $0 == " " }
    let line =
      "\(JSONLineForm.opening)\(delivery.key)\",\"operation\":\"\(delivery.operation.rawValue)\""
      + (rest == "}" ? "" : ",") + rest + "\n"
    _ = try file.append(key: delivery.key) { (_) throws(DocketError) in Array(line.utf8) }
    return Receipt(key: delivery.key, place: file.path)
  }
}

extension JSONLDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "jsonl", summary: "One line of JSON a record, appended to a file.",
    settings: [.init("path", "The file; made if it is not there.", isRequired: true)],
    example: "ledger: { jsonl: { path: out/records.jsonl } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    self.init(name: entry.name, path: place(entry.settings["path", default: ""], in: workspace))
  }
}

/// Lines that open with `{"delivery":"KEY"`.
struct JSONLineForm: RecordForm {
  static let opening = "{\"delivery\":\""

  func end(of bytes: ArraySlice<UInt8>) -> Int? { bytes.firstIndex(of: 10).map { $0 + 1 } }

  /// Keys are made of letters, digits, `/` and `-`: nothing in them is escaped.
  func key(of record: ArraySlice<UInt8>) -> String? {
    guard record.starts(with: JSONLineForm.opening.utf8) else { return nil }
    return String(decoding: record.dropFirst(JSONLineForm.opening.utf8.count).prefix { $0 != 34 }, as: UTF8.self)
  }
}
