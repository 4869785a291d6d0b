import Dispatch

/// Work that blocks (another program, a web server that does not answer) on threads that nobody else waits for.
enum BlockingWork {
  private static let queue = DispatchQueue(label: "docket.blocking", attributes: .concurrent)

  static func start(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
}
