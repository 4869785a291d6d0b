/// When nothing more is taken in: the queue is full, or the disk nearly is. Sources keep their files meanwhile.
package struct IntakeRoom: Sendable {
  /// Documents of a pipeline that may wait for a worker.
  package var mostQueued: Int
  package var leastFreeBytes: Int
  /// On the workspace's disk; nil where it cannot be asked.
  private let freeBytes: @Sendable () -> Int?

  package init(
    mostQueued: Int = 1000, leastFreeBytes: Int = 0, freeBytes: @escaping @Sendable () -> Int? = { nil }
  ) {
    self.mostQueued = mostQueued
    self.leastFreeBytes = leastFreeBytes
    self.freeBytes = freeBytes
  }

  /// Nil where there is room on the disk.
  package var lacksDisk: DocketError? {
    guard leastFreeBytes > 0, let free = freeBytes(), free < leastFreeBytes else { return nil }
    return DocketError(
      .diskLow,
      "The workspace's disk has less than \(leastFreeBytes >> 20) MB free: nothing is taken in until it has more.")
  }

  package func isFull(_ queued: Int) -> DocketError {
    DocketError(.queueFull, "\(queued) documents wait: nothing more is taken in until they are fewer.")
  }
}
