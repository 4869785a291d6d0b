import Glibc

/// The terminal at standard input, key by key. Restored when it goes away. Ctrl-C and Ctrl-D end the input, so that
/// whoever reads keys can keep what was answered.
final class Terminal {
  private var saved = termios()

  /// Nil where standard input is no terminal.
  init?() {
    guard isatty(0) == 1, tcgetattr(0, &saved) == 0 else { return nil }
    // While a line is typed, Ctrl-C takes the line away and no more.
    signal(SIGINT, SIG_IGN)
    setKeyByKey()
  }

  deinit {
    tcsetattr(0, TCSAFLUSH, &saved)
    signal(SIGINT, SIG_DFL)
  }

  private func setKeyByKey() {
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    tcsetattr(0, TCSAFLUSH, &raw)
  }

  /// The next key as typed; nil at the end of input. Enter is `\n`; an escape sequence counts as one key.
  func key() -> Character? {
    var byte: UInt8 = 0
    guard read(0, &byte, 1) == 1, byte != 0x03, byte != 0x04 else { return nil }
    guard byte == 0x1B else { return Character(Unicode.Scalar(byte)) }
    var rest = [UInt8](repeating: 0, count: 8)
    var wait = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    if poll(&wait, 1, 20) > 0 { _ = read(0, &rest, rest.count) }
    return "\u{1B}"
  }

  /// A line with the terminal's own editing; nil at the end of input.
  func line(prompt: String) -> String? {
    tcsetattr(0, TCSAFLUSH, &saved)
    defer { setKeyByKey() }
    Output.write(prompt, to: 1)
    return readLine()
  }
}
