import Docket
import Glibc
import Synchronization

/// What a service has done, as Prometheus reads it.
final class ServeMetrics: Sendable {
  private struct Counts {
    var answers: [Int: Int] = [:]
    var buckets = [Int](repeating: 0, count: ServeMetrics.bounds.count + 1)
    var seconds = 0.0
  }

  /// Upper bounds in seconds, of the time from a whole upload to its answer.
  private static let bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
  private let counts = Mutex(Counts())

  func answered(_ status: Int) { counts.withLock { $0.answers[status, default: 0] += 1 } }

  func worked(seconds: Double) {
    let index = ServeMetrics.bounds.firstIndex { seconds <= $0 } ?? ServeMetrics.bounds.count
    counts.withLock {
      $0.buckets[index] += 1
      $0.seconds += seconds
    }
  }

  func text(_ sums: StatusSums, waiting: Int, most: Int) -> String {
    let counts = counts.withLock { $0 }
    var lines = ["# TYPE docket_documents gauge"]
    for state in DocumentState.allCases {
      lines.append("docket_documents{state=\"\(state.rawValue)\"} \(sums.states[state, default: 0])")
    }
    lines += ["# TYPE docket_uploads_in_hand gauge", "docket_uploads_in_hand \(waiting)"]
    lines += ["# TYPE docket_uploads_most gauge", "docket_uploads_most \(most)"]
    lines.append("# TYPE docket_http_responses_total counter")
    for (status, count) in counts.answers.sorted(by: { $0.key < $1.key }) {
      lines.append("docket_http_responses_total{code=\"\(status)\"} \(count)")
    }
    lines.append("# TYPE docket_upload_seconds histogram")
    var total = 0
    for (index, bound) in ServeMetrics.bounds.enumerated() {
      total += counts.buckets[index]
      lines.append("docket_upload_seconds_bucket{le=\"\(bound)\"} \(total)")
    }
    total += counts.buckets[ServeMetrics.bounds.count]
    lines += [
      "docket_upload_seconds_bucket{le=\"+Inf\"} \(total)", "docket_upload_seconds_sum \(counts.seconds)",
      "docket_upload_seconds_count \(total)",
    ]
    lines += ["# TYPE process_resident_memory_bytes gauge", "process_resident_memory_bytes \(residentBytes)"]
    lines += ["# TYPE process_open_fds gauge", "process_open_fds \(FileBytes.names(in: "/proc/self/fd").count)"]
    lines += ["# TYPE process_threads gauge", "process_threads \(FileBytes.names(in: "/proc/self/task").count)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private var residentBytes: Int {
    let text = (try? FileBytes.start(of: "/proc/self/statm", limit: 256)).map { String(decoding: $0, as: UTF8.self) }
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}
