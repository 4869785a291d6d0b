import Glibc

/// How far a long command is: a line drawn over itself on a terminal, else a plain line every few seconds.
actor Progress {
  private let output: Output
  private let total: Int?
  private let noun: String
  private let began = Progress.now
  private var done = 0
  private var failed = 0
  private var lastShown: Double
  private var isDrawn = false

  /// - Parameters:
  ///   - total: nil where nobody knows.
  ///   - noun: what is counted: `documents`.
  init(_ output: Output, total: Int?, noun: String = "documents") {
    self.output = output
    self.total = total
    self.noun = noun
    lastShown = Progress.now
  }

  /// Seconds between two lines.
  private var interval: Double { output.isInteractive ? 0.1 : 5 }

  func advance(current: String, failed didFail: Bool = false) {
    done += 1
    if didFail { failed += 1 }
    let now = Progress.now
    guard now - lastShown >= interval else { return }
    lastShown = now
    show(current: current, now: now)
  }

  /// Takes the line away.
  func finish() {
    if isDrawn { Output.write("\r\u{1B}[K", to: 2) }
    isDrawn = false
  }

  /// A message above the progress line.
  func note(_ text: String) {
    finish()
    output.note(text)
  }

  private func show(current: String, now: Double) {
    let rate = Double(done) / max(now - began, 0.001)
    var parts = [total.map { "\(done)/\($0) (\(done * 100 / max($0, 1)) %)" } ?? "\(done)"]
    parts[0] += " \(noun)"
    parts.append("\(Progress.short(rate))/s")
    if let total, rate > 0 { parts.append("\(Progress.clock(Double(total - done) / rate)) left") }
    if failed > 0 { parts.append("\(failed) failed") }
    if output.isInteractive {
      let line = (parts + [PlainText.oneLine(current)]).joined(separator: " · ")
      Output.write("\r\u{1B}[K" + line.prefix(Progress.width - 1), to: 2)
      isDrawn = true
    } else {
      output.note("docket: " + parts.joined(separator: ", "))
    }
  }

  /// Monotonic seconds.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var width: Int {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  private static func short(_ rate: Double) -> String {
    rate >= 10 ? String(Int(rate)) : String(Double(Int(rate * 10)) / 10)
  }

  private static func clock(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 359_999))
    let rest = seconds % 60
    return seconds >= 3600
      ? "\(seconds / 3600) h \(seconds % 3600 / 60) min" : "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
