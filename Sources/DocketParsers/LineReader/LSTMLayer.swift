/// A layer that reads a line's frames from the left and from the right, remembering what it saw (bidirectional LSTM).
struct LSTMLayer {
  /// One direction: the gates are input, forget, cell and output, `hidden` columns each.
  struct Direction {
    /// From inputs to gates.
    let input: WholeMatrix
    /// From the last output to gates, without a bias.
    let recurrent: WholeMatrix
  }

  /// Frames one after another, in whole numbers.
  struct Frames {
    var numbers: [Int16]
    /// What one is worth.
    let unit: Float
  }

  /// What one of the outputs is worth: they lie between -1 and 1.
  static let unit = 1 / Float(WholeMatrix.greatest)

  let forward: Direction
  let backward: Direction

  var hidden: Int { forward.recurrent.depth }
  var inputs: Int { forward.input.depth }

  /// Lines of frames in, lines of frames out with 2 · `hidden` numbers each, those from the left first.
  ///
  /// - Parameter lines: the longest first; each holds its frames of `inputs` numbers.
  ///   Lines go through together, since the weights then are fetched once for all; each gives what it gives alone.
  func output(of lines: [Frames]) -> [Frames] {
    var outputs = lines.map { line in
      Frames(numbers: [Int16](repeating: 0, count: line.numbers.count / inputs * 2 * hidden), unit: LSTMLayer.unit)
    }
    run(forward, fromRight: false, lines, into: &outputs)
    run(backward, fromRight: true, lines, into: &outputs)
    return outputs
  }

  private func run(_ direction: Direction, fromRight: Bool, _ lines: [Frames], into outputs: inout [Frames]) {
    let width = 4 * hidden
    let counts = lines.map { $0.numbers.count / inputs }
    let fed = lines.map { direction.input.products($0) }
    var last = [Int16](repeating: 0, count: lines.count * hidden)
    var cells = [Float](repeating: 0, count: lines.count * hidden)
    var gates = [Float](repeating: 0, count: lines.count * width)
    for step in 0..<(counts.first ?? 0) {
      let active = counts.prefix { $0 > step }.count
      gates.withUnsafeMutableBufferPointer { gates in
        last.withUnsafeMutableBufferPointer { last in
          cells.withUnsafeMutableBufferPointer { cells in
            direction.recurrent.multiply(
              WholeMatrix.Rows(numbers: last.baseAddress!, unit: LSTMLayer.unit, stride: hidden, count: active),
              into: gates.baseAddress!)
            for line in 0..<active {
              let frame = fromRight ? counts[line] - 1 - step : step
              let place = last.baseAddress! + line * hidden
              fed[line].withUnsafeBufferPointer { fed in
                LineArithmetic.chosen.step(
                  fed: fed.baseAddress! + frame * width, gates: gates.baseAddress! + line * width, units: hidden,
                  cells: cells.baseAddress! + line * hidden, outputs: place)
              }
              outputs[line].numbers.withUnsafeMutableBufferPointer { output in
                (output.baseAddress! + frame * 2 * hidden + (fromRight ? hidden : 0)).update(from: place, count: hidden)
              }
            }
          }
        }
      }
    }
  }
}

extension WholeMatrix {
  /// The products of a line's frames, one after another.
  func products(_ line: LSTMLayer.Frames) -> [Float] {
    let rows = line.numbers.count / depth
    return [Float](unsafeUninitializedCapacity: rows * columns) { results, count in
      line.numbers.withUnsafeBufferPointer { numbers in
        multiply(
          Rows(numbers: numbers.baseAddress!, unit: line.unit, stride: depth, count: rows), into: results.baseAddress!)
      }
      count = rows * columns
    }
  }
}
