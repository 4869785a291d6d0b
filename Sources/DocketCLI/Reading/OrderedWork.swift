/// Work on many inputs at once whose results come out in the order of the inputs.
enum OrderedWork {
  /// How far the work may run ahead of a slow input: results that wait are all the memory it needs.
  private static let lead = 64

  /// - Parameters:
  ///   - width: how many inputs are worked on at once.
  ///   - stop: once requested nothing new begins; what is in hand is finished and handed on.
  ///   - emit: called in order, one at a time.
  /// - Returns: how many results were handed on.
  @discardableResult
  static func run<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], width: Int, stop: StopRequest,
    work: @escaping @Sendable (Input) async -> Output, emit: (Input, Output) async throws -> Void
  ) async throws -> Int {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var waiting: [Int: Output] = [:]
      var running = 0
      var begun = 0
      var next = 0
      while true {
        while running < width, begun < inputs.count, begun - next < width + lead, !stop.isRequested {
          let index = begun
          let input = inputs[index]
          group.addTask { (index, await work(input)) }
          begun += 1
          running += 1
        }
        guard running > 0, let (index, output) = try await group.next() else { return next }
        running -= 1
        waiting[index] = output
        while let ready = waiting.removeValue(forKey: next) {
          try await emit(inputs[next], ready)
          next += 1
        }
      }
    }
  }
}
