import Glibc

/// Where a command's words go: data to standard output, everything else to standard error.
struct Output: Sendable {
  /// Data is JSON, on standard output.
  let isJSON: Bool
  /// Standard error is a terminal, so that a progress line may be drawn over.
  let isInteractive: Bool
  private let colorsData: Bool
  private let colorsNotes: Bool

  init(isJSON: Bool = false, color: ColorChoice = .auto) {
    self.isJSON = isJSON
    isInteractive = isatty(2) == 1 && !Output.isDumb
    colorsData = color.applies(to: 1)
    colorsNotes = color.applies(to: 2)
  }

  static var isDumb: Bool { Environment["TERM"] == "dumb" }

  /// A line of data.
  func data(_ line: some StringProtocol) { Output.write(line + "\n", to: 1) }

  /// Data as it is, for documents' words and files.
  func raw(_ text: some StringProtocol) { Output.write(text, to: 1) }

  /// A line for the person at the terminal.
  func note(_ line: some StringProtocol) { Output.write(line + "\n", to: 2) }

  /// Text in a style, where data may be styled.
  func styled(_ text: String, _ style: Style) -> String { colorsData ? style.wrap(text) : text }

  /// Text in a style, where notes may be styled.
  func styledNote(_ text: String, _ style: Style) -> String { colorsNotes ? style.wrap(text) : text }

  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"

    fileprivate func wrap(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
  }

  /// Writes all of it. A reader that went away ends the process as it ends any other in a pipe.
  static func write(_ text: some StringProtocol, to descriptor: Int32) {
    var text = String(text)
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EAGAIN {
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&wait, 1, -1)
        } else if errno == EPIPE {
          signal(SIGPIPE, SIG_DFL)
          raise(SIGPIPE)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}

/// `--color auto|always|never`; `NO_COLOR` and `TERM=dumb` say never unless the flag says always.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never

  fileprivate func applies(to descriptor: Int32) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isatty(descriptor) == 1 && Environment["NO_COLOR"] == nil && !Output.isDumb
    }
  }
}

/// The process's environment; an empty variable counts as not set.
enum Environment {
  static subscript(name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
