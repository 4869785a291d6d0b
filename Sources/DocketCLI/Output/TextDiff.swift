/// What changes between two texts, line by line: `-` is left out, `+` is added, a space stays.
struct TextDiff {
  private let lines: [(mark: Character, line: String)]

  /// Unchanged lines that are shown around what changes.
  private static let around = 2

  init(from old: String, to new: String) {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let change = after.difference(from: before)
    var removed = Set<Int>()
    var added = Set<Int>()
    for step in change {
      switch step {
      case .remove(let place, _, _): removed.insert(place)
      case .insert(let place, _, _): added.insert(place)
      }
    }
    var lines: [(Character, String)] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if removed.contains(left) {
        lines.append(("-", before[left]))
        left += 1
      } else if added.contains(right) {
        lines.append(("+", after[right]))
        right += 1
      } else {
        lines.append((" ", after[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
    self.lines = lines
  }

  var isEmpty: Bool { lines.allSatisfy { $0.mark == " " } }

  /// With a few unchanged lines around each change.
  func text(_ output: Output) -> String {
    let changed = lines.indices.filter { lines[$0].mark != " " }
    let shown = lines.indices.filter { index in changed.contains { abs($0 - index) <= TextDiff.around } }
    var text = ""
    var last: Int?
    for index in shown {
      if let last, index > last + 1 { text += "  …\n" }
      last = index
      let (mark, line) = lines[index]
      let written = "\(mark) \(PlainText.oneLine(line))"
      text += (mark == " " ? written : output.styled(written, mark == "+" ? .green : .red)) + "\n"
    }
    return text
  }
}
