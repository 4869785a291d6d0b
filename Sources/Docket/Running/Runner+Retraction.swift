extension Runner {
  /// Takes back from a destination what it was given, at once and not by the outbox.
  /// - Throws: what the destination throws; it has its effect once, so that trying again is safe.
  package func retract(_ entry: OutboxEntry) async throws(DocketError) {
    guard let destination = courier.destinations[entry.destination] else {
      throw DocketError(
        .badConfiguration, "The pipeline `\(file.name)` has no destination `\(entry.destination)` any more.",
        document: entry.document)
    }
    var (delivery, _) = try await courier.delivery(entry)
    delivery.operation = .retract
    delivery.key = OutboxEntry.key(
      record: entry.document, version: entry.version, destination: entry.destination, operation: .retract)
    _ = try await destination.retract(delivery)
  }
}
