package import Docket
package import Testing

/// What every destination must do. A conformer's tests make one and call `run`.
package struct DestinationSuite: Sendable {
  /// Opens the destination anew on the same place, as another process or a restart would.
  package let open: @Sendable () throws -> any Destination
  /// What a reader of the destination finds: the keys in it, in no order, with repeats.
  package let keys: @Sendable () throws -> [String]
  /// Leaves the place as a crash in the middle of the last write would; nil where there is no such state.
  package let tear: (@Sendable () throws -> Void)?
  package let original: ReadableFile?

  package init(
    open: @escaping @Sendable () throws -> any Destination, keys: @escaping @Sendable () throws -> [String],
    tear: (@Sendable () throws -> Void)? = nil, original: ReadableFile? = nil
  ) {
    self.open = open
    self.keys = keys
    self.tear = tear
    self.original = original
  }

  package func run() async throws {
    try await onceForEachKey()
    try await onceAcrossRestarts()
    try await retraction()
    try await hostileValues()
    try await severalAtOnce()
    if let tear { try await crash(tear) }
  }

  private func onceForEachKey() async throws {
    let destination = try open()
    let delivery = DestinationSuite.delivery("once", original: original)
    let first = try await destination.deliver(delivery)
    let second = try await destination.deliver(delivery)
    #expect(first == second, "the same key gives the same receipt")
    #expect(try count(delivery) == 1, "the same key twice has one effect")
  }

  private func onceAcrossRestarts() async throws {
    let delivery = DestinationSuite.delivery("restart", original: original)
    let first = try await open().deliver(delivery)
    let second = try await open().deliver(delivery)
    #expect(first == second)
    #expect(try count(delivery) == 1, "a key that another process delivered is not delivered again")
  }

  private func retraction() async throws {
    let destination = try open()
    let delivered = DestinationSuite.delivery("taken-back", original: original)
    _ = try await destination.deliver(delivered)
    let retracted = DestinationSuite.delivery("taken-back", operation: .retract, original: original)
    _ = try await destination.retract(retracted)
    _ = try await destination.retract(retracted)
    #expect(try count(delivered) == 1, "a retraction does not edit what was delivered")
    #expect(try count(retracted) == 1, "a retraction is a record of its own, once")
  }

  private func hostileValues() async throws {
    let destination = try open()
    for (index, value) in DestinationSuite.hostile.enumerated() {
      let delivery = DestinationSuite.delivery("hostile\(index)", value: value, original: original)
      _ = try await destination.deliver(delivery)
      #expect(try count(delivery) == 1)
    }
  }

  /// Two openings of one place, as two processes have them.
  private func severalAtOnce() async throws {
    let deliveries = (0..<20).map { DestinationSuite.delivery("race\($0)", original: original) }
    let destinations = [try open(), try open()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for destination in destinations {
        group.addTask { for delivery in deliveries { _ = try await destination.deliver(delivery) } }
      }
      try await group.waitForAll()
    }
    for delivery in deliveries { #expect(try count(delivery) == 1, "both at once still deliver once") }
  }

  private func crash(_ tear: @Sendable () throws -> Void) async throws {
    let before = DestinationSuite.delivery("before-crash", original: original)
    let torn = DestinationSuite.delivery("torn", original: original)
    _ = try await open().deliver(before)
    _ = try await open().deliver(torn)
    try tear()
    _ = try await open().deliver(torn)
    #expect(try count(torn) == 1, "what was torn is delivered again, whole")
    #expect(try count(before) == 1, "what came before is untouched")
  }

  private func count(_ delivery: Delivery) throws -> Int { try keys().filter { $0 == delivery.key }.count }

  package static let hostile = [
    "=HYPERLINK(\"http://example.org\")", "@SUM(A1)", "-2+3", "a\nb", "a\"b,c;d", "../../etc/passwd", "", "\u{0}",
    String(repeating: "x", count: 5000), "Ünïcödé 🧾", ".hidden", "con/aux",
  ]

  /// A delivery whose one field `number` has a value.
  package static func delivery(
    _ label: String, value: String = "4711", operation: Delivery.Operation = .deliver, original: ReadableFile? = nil
  ) -> Delivery {
    let id = RecordID(hex: String(ContentDigest(of: label).hex.prefix(32)))
    let escaped = value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\u{0}": "\\u0000"
      default: String(scalar)
      }
    }.joined()
    return Delivery(
      key: "\(id.hex)/1/test/\(operation.rawValue)", destination: "test", operation: operation, record: id, version: 1,
      contract: ContractReference(name: "thing", version: 1),
      payload: "{\"fields\":{\"number\":\"\(escaped)\"},\"schema\":\"docket/record/1\"}",
      values: [.init(path: "number", value: value), .init(path: "total", value: "-12.50")], original: original)
  }
}
