/// A layer that reads a line's frames from the left and from the right, remembering what it saw (bidirectional LSTM).
struct LSTMLayer {
  /// One direction: the gates are input, forget, cell and output, `hidden` columns each.
  struct Direction {
    /// From inputs to gates: `inputs` rows of 4 · `hidden` numbers, packed.
    var input: [Float]
    /// From the last output to gates: `hidden` rows of 4 · `hidden` numbers, packed.
    var recurrent: [Float]
    /// 4 · `hidden` numbers.
    var bias: [Float]
  }

  let inputs: Int
  let hidden: Int
  let forward: Direction
  let backward: Direction

  /// Lines of frames in, lines of frames out with 2 · `hidden` numbers each, those from the left first.
  ///
  /// - Parameter lines: the longest first; each holds its frames of `inputs` numbers one after another.
  ///   Lines go through together, since the weights then are fetched once for all; each gives what it gives alone.
  func output(of lines: [[Float]]) -> [[Float]] {
    var outputs = lines.map { [Float](repeating: 0, count: $0.count / inputs * 2 * hidden) }
    run(forward, fromRight: false, lines, into: &outputs)
    run(backward, fromRight: true, lines, into: &outputs)
    return outputs
  }

  private func run(_ direction: Direction, fromRight: Bool, _ lines: [[Float]], into outputs: inout [[Float]]) {
    let width = 4 * hidden
    let counts = lines.map { $0.count / inputs }
    let fed = zip(lines, counts).map { line, count in
      var gates = [Float](repeating: 0, count: count * width)
      for frame in 0..<count { gates.replaceSubrange(frame * width..<(frame + 1) * width, with: direction.bias) }
      MatrixProduct().add(line, stride: inputs, rows: count, depth: inputs, direction.input, columns: width, to: &gates)
      return gates
    }
    var last = [Float](repeating: 0, count: lines.count * hidden)
    var cells = last
    var gates = [Float](repeating: 0, count: lines.count * width)
    for step in 0..<(counts.first ?? 0) {
      let active = counts.prefix { $0 > step }.count
      for line in 0..<active {
        let frame = fromRight ? counts[line] - 1 - step : step
        gates.replaceSubrange(line * width..<(line + 1) * width, with: fed[line][frame * width..<(frame + 1) * width])
      }
      MatrixProduct().add(
        last, stride: hidden, rows: active, depth: hidden, direction.recurrent, columns: width, to: &gates)
      for line in 0..<active {
        let frame = fromRight ? counts[line] - 1 - step : step
        gates.withUnsafeBufferPointer { gates in
          cells.withUnsafeMutableBufferPointer { cells in
            last.withUnsafeMutableBufferPointer { last in
              let place = line * hidden
              MatrixProduct().step(
                gates: gates.baseAddress! + line * width, units: hidden, cells: cells.baseAddress! + place,
                outputs: last.baseAddress! + place)
            }
          }
        }
        let place = frame * 2 * hidden + (fromRight ? hidden : 0)
        outputs[line].replaceSubrange(place..<place + hidden, with: last[line * hidden..<(line + 1) * hidden])
      }
    }
  }
}
