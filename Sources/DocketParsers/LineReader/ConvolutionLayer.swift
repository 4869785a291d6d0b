/// A picture of numbers: rows of columns of `channels` numbers.
struct FeatureMap {
  let rows: Int
  let columns: Int
  let channels: Int
  var values: [Float]
}

/// A convolution three columns wide with a bias and the positive part taken (ReLU).
struct ConvolutionLayer {
  /// Output channels, a multiple of `MatrixProduct.tile`.
  let channels: Int
  let inputChannels: Int
  let kernelRows: Int
  /// Of rows and columns.
  let stride: Int
  /// Rows of nothing above and below; to the left and right it is always one column.
  let padding: Int
  /// Whether the input is added before the positive part is taken.
  let addsInput: Bool
  /// Whether of each two rows the greater number is kept.
  let pools: Bool
  /// For each kernel row: 3 · `inputChannels` rows of `channels` numbers, packed.
  let weights: [Float]
  let bias: [Float]

  func output(of input: FeatureMap) -> FeatureMap {
    let columns = input.columns / stride
    let rows = (input.rows + 2 * padding - kernelRows) / stride + 1
    var values = [Float](repeating: 0, count: rows * columns * channels)
    let added = addsInput ? input.values : []
    let padded = ConvolutionLayer.padded(input)
    let wide = (input.columns + 2) * inputChannels
    let depth = 3 * inputChannels
    padded.withUnsafeBufferPointer { padded in
      weights.withUnsafeBufferPointer { weights in
        values.withUnsafeMutableBufferPointer { values in
          for row in 0..<rows {
            let sums = values.baseAddress! + row * columns * channels
            start(sums, columns)
            for kernelRow in 0..<kernelRows {
              let from = row * stride + kernelRow - padding
              guard from >= 0, from < input.rows else { continue }
              MatrixProduct().add(
                padded.baseAddress! + from * wide, stride: stride * inputChannels, rows: columns, depth: depth,
                weights.baseAddress! + kernelRow * depth * channels, columns: channels, to: sums)
            }
          }
          rectify(values, adding: added)
        }
      }
    }
    let map = FeatureMap(rows: rows, columns: columns, channels: channels, values: values)
    return pools ? ConvolutionLayer.pooled(map) : map
  }

  /// What is below nothing becomes nothing; before, another picture is added where there is one.
  private func rectify(_ values: UnsafeMutableBufferPointer<Float>, adding added: [Float]) {
    added.withUnsafeBufferPointer { added in
      var place = 0
      while place < added.count {
        values[place] += added[place]
        place &+= 1
      }
    }
    var place = 0
    while place < values.count {
      values[place] = max(values[place], 0)
      place &+= 1
    }
  }

  /// The bias, with which all sums of a row begin.
  private func start(_ sums: UnsafeMutablePointer<Float>, _ columns: Int) {
    bias.withUnsafeBufferPointer { bias in
      var column = 0
      while column < columns {
        (sums + column * channels).update(from: bias.baseAddress!, count: channels)
        column &+= 1
      }
    }
  }

  /// The rows with a column of zeros at either end.
  private static func padded(_ input: FeatureMap) -> [Float] {
    let (wide, channels) = (input.columns * input.channels, input.channels)
    var padded = [Float](repeating: 0, count: input.rows * (wide + 2 * channels))
    for row in 0..<input.rows {
      let place = row * (wide + 2 * channels) + channels
      padded.replaceSubrange(place..<place + wide, with: input.values[row * wide..<(row + 1) * wide])
    }
    return padded
  }

  private static func pooled(_ map: FeatureMap) -> FeatureMap {
    let wide = map.columns * map.channels
    var values = [Float](repeating: 0, count: map.rows / 2 * wide)
    map.values.withUnsafeBufferPointer { from in
      values.withUnsafeMutableBufferPointer { to in
        var place = 0
        while place < to.count {
          let upper = place / wide * 2 * wide + place % wide
          to[place] = max(from[upper], from[upper + wide])
          place &+= 1
        }
      }
    }
    return FeatureMap(rows: map.rows / 2, columns: map.columns, channels: map.channels, values: values)
  }
}
