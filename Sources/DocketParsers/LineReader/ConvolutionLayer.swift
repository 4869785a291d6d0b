import CLineKernel

/// A picture of numbers: rows of columns of `channels` numbers, none below 0; a row has a multiple of 4.
struct FeatureMap {
  let rows: Int
  let columns: Int
  let channels: Int
  var values: [Float]
}

/// A convolution three columns wide with a bias and the positive part taken (ReLU).
struct ConvolutionLayer {
  let inputChannels: Int
  /// Of rows and columns.
  let stride: Int
  /// Rows of nothing above and below; to the left and right it is always one column.
  let padding: Int
  /// Whether the input is added before the positive part is taken.
  let addsInput: Bool
  /// Whether of each two rows the greater number is kept.
  let pools: Bool
  let form: Form

  enum Form {
    /// A tap for each kernel row, with 3 · `inputChannels` rows; a column for each channel.
    case windows(WholeMatrix)
    case squares(SquareProducts)
  }

  func output(of input: FeatureMap) -> FeatureMap {
    let map =
      switch form {
      case .windows(let weights): output(of: input, weights)
      case .squares(let squares): squares.output(of: input, addsInput: addsInput)
      }
    return pools ? ConvolutionLayer.pooled(map) : map
  }

  private func output(of input: FeatureMap, _ weights: WholeMatrix) -> FeatureMap {
    let columns = input.columns / stride
    let rows = (input.rows + 2 * padding - weights.taps) / stride + 1
    let wide = (input.columns + 2) * inputChannels
    let whole = WholePicture(input, rows: input.rows, columns: input.columns + 2, at: (0, 1))
    let values = [Float](unsafeUninitializedCapacity: rows * columns * weights.columns) { values, count in
      input.values.withUnsafeBufferPointer { added in
        whole.numbers.withUnsafeBufferPointer { numbers in
          for row in 0..<rows {
            let top = row * stride - padding
            let taps = max(0, -top)..<min(weights.taps, input.rows - top)
            let place = row * columns * weights.columns
            weights.multiply(
              WholeMatrix.Rows(
                numbers: numbers.baseAddress! + (top + taps.lowerBound) * wide, unit: whole.unit,
                stride: stride * inputChannels, count: columns, tapStride: wide),
              taps: taps, added: addsInput ? added.baseAddress! + place : nil, isPositive: true,
              into: values.baseAddress! + place)
          }
        }
      }
      count = values.count
    }
    return FeatureMap(rows: rows, columns: columns, channels: weights.columns, values: values)
  }

  private static func pooled(_ map: FeatureMap) -> FeatureMap {
    let wide = map.columns * map.channels
    let values = [Float](unsafeUninitializedCapacity: map.rows / 2 * wide) { values, count in
      map.values.withUnsafeBufferPointer { from in
        for row in 0..<map.rows / 2 {
          let upper = from.baseAddress! + 2 * row * wide
          line_pool(upper, upper + wide, wide, values.baseAddress! + row * wide)
        }
      }
      count = values.count
    }
    return FeatureMap(rows: map.rows / 2, columns: map.columns, channels: map.channels, values: values)
  }
}
