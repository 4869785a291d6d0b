/// Time, handed in: the domain has none of its own.
package protocol RunClock: Sendable {
  /// Seconds since 1970. Never trusted for exclusion.
  func now() -> Double
  func sleep(seconds: Double) async throws(CancellationError)
}
