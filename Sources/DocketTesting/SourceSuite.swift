package import Docket
package import Testing

/// What every source must do. A conformer's tests make one and call `run`.
package struct SourceSuite: Sendable {
  /// Opens the source anew on the same place, as another process or a restart would.
  package let open: @Sendable () throws -> any Source
  /// Puts a whole file there, as a sender would.
  package let put: @Sendable (_ name: String, _ text: String) throws -> Void
  /// Files that the source still offers to whoever looks.
  package let remaining: @Sendable () throws -> [String]
  /// The source takes files away once they are acknowledged.
  package let takesAway: Bool

  package init(
    open: @escaping @Sendable () throws -> any Source,
    put: @escaping @Sendable (_ name: String, _ text: String) throws -> Void,
    remaining: @escaping @Sendable () throws -> [String], takesAway: Bool
  ) {
    self.open = open
    self.put = put
    self.remaining = remaining
    self.takesAway = takesAway
  }

  package func run() async throws {
    let source = try open()
    #expect(try await source.arrivals(limit: 10).isEmpty, "an empty place gives nothing")

    for number in 1...3 { try put("file\(number).txt", "text \(number)") }
    let first = try await source.arrivals(limit: 2)
    #expect(first.count == 2, "the limit holds")
    let second = try await source.arrivals(limit: 10)
    let all = first + second
    #expect(Set(all.map(\.name)) == ["file1.txt", "file2.txt", "file3.txt"])
    #expect(Set(all.map(\.token)).count == 3, "every file has a token of its own")
    #expect(try await source.arrivals(limit: 10).isEmpty, "what was offered is not offered again")

    let again = try await open().arrivals(limit: 10)
    #expect(Set(again.map(\.token)) == Set(all.map(\.token)), "what was not acknowledged is there after a restart")
    #expect(try remaining().count == 3, "nothing leaves before it is acknowledged")

    for arrival in all { try await source.acknowledge(arrival) }
    for arrival in all { try await source.acknowledge(arrival) }
    #expect(try remaining().isEmpty == takesAway, "acknowledged twice is acknowledged once")

    try put("file1.txt", "another text")
    let later = try await open().arrivals(limit: 10).filter { arrival in !all.contains { $0.token == arrival.token } }
    #expect(later.map(\.name) == ["file1.txt"], "the same name with other bytes is another arrival")
  }
}
