/// A door to the outside: a source or a destination.
package protocol Connector: Sendable {
  /// As a pipeline names it.
  var name: String { get }
}

/// A file that a source offers. Nothing is known of it but its name and where its bytes can be opened.
package struct Arrival: Hashable, Sendable {
  package var source: String
  /// Of the file, without folders.
  package var name: String
  /// Where the main process opens the bytes.
  package var path: String
  /// Tells one version of a file from the next: device, inode, size, modification time. The same token is
  /// never taken in twice.
  package var token: String
  /// A weaker identity for files that stay where they are: place, size and time. Where it was taken in before with
  /// the same bytes, it is the same file on a share that was mounted anew. Nil where files are put away.
  package var place: String?
  package init(source: String, name: String, path: String, token: String, place: String? = nil) {
    self.source = source
    self.name = name
    self.path = path
    self.token = token
    self.place = place
  }
}

/// What has become of an arrival since it was offered.
package enum ArrivalStanding: Sendable { case unchanged, changed, gone }

package protocol Source: Connector {
  /// What is ready now, oldest first; never half a file.
  func arrivals(limit: Int) async throws(DocketError) -> [Arrival]
  /// The bytes are durable: the source may archive or delete its file. Safe to call again.
  func acknowledge(_ arrival: Arrival) async throws(DocketError)
  /// A new batch begins: what was offered and not acknowledged, for want of room say, is offered again.
  func offerAgain() async
  /// What lies there and is not taken in, and why; each is said once.
  func refusals() async -> [DocketError]
  /// Whether the file still is what was offered: asked after its bytes were copied.
  func standing(of arrival: Arrival) async -> ArrivalStanding
}

extension Source {
  package func standing(of arrival: Arrival) async -> ArrivalStanding { .unchanged }
}

/// A record on its way to one destination.
package struct Delivery: Hashable, Sendable {
  /// Unique for record, version, destination and operation: `4711…/1/ledger/deliver`.
  package var key: String
  package var destination: String
  package var operation: Operation
  package var record: RecordID
  package var version: Int
  package var contract: ContractReference
  /// The record as `docket/record/1` JSON, one line, keys sorted.
  package var payload: String
  /// Leaf values in contract order, for destinations that want columns.
  package var values: [Cell]
  /// The whole record in columns and rows, for destinations that are tables.
  package var sheet: RecordSheet
  /// Where the original's bytes lie, for destinations that keep files.
  package var original: ReadableFile?
  /// What a message of it says it is: `record.deliver`.
  package var type: String

  package enum Operation: String, Sendable, CaseIterable { case deliver, retract }
  package struct Cell: Hashable, Sendable {
    package var path: String
    package var value: String
    package init(path: String, value: String) {
      self.path = path
      self.value = value
    }
  }

  package init(
    key: String, destination: String, operation: Operation, record: RecordID, version: Int,
    contract: ContractReference, payload: String, values: [Cell], sheet: RecordSheet? = nil,
    original: ReadableFile? = nil
  ) {
    self.key = key
    self.destination = destination
    self.operation = operation
    self.record = record
    self.version = version
    self.contract = contract
    self.payload = payload
    self.values = values
    self.sheet = sheet ?? RecordSheet(name: contract.name, cells: values)
    self.original = original
    type = "record.\(operation.rawValue)"
  }
}

/// What a destination says it did: enough to find it again, and to take it back.
package struct Receipt: Hashable, Sendable {
  package var key: String
  package var place: String
  package init(key: String, place: String) {
    self.key = key
    self.place = place
  }
}

/// Has its effect once per `delivery.key`, however often it is called.
package protocol Destination: Connector {
  func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt
  /// A line or a tombstone of its own; never an edit of what was delivered.
  func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt
}
