import CLineKernel

/// A convolution of 3 by 3 with a border of nothing, two by two results at a time: less than half of the products.
///
/// Numbers and weights are turned into sixteen places in which they are multiplied, and the products turned back
/// (Winograd's way; `kernel.h` has it).
struct SquareProducts {
  /// The weights of each place; the bias is added in the end.
  private let places: [WholeMatrix]
  private let bias: [Float]

  /// - Parameter numbers: nine times as many rows as there are channels, row after row of the kernel.
  init(_ numbers: [Float], bias: [Float]) {
    let count = numbers.count / 9
    var turned = [Float](repeating: 0, count: 16 * count)
    line_turn_weights(numbers, count, &turned)
    places = (0..<16).map { place in
      // The second of a row and of a column is a sum of two; the others are differences of what is not below nothing.
      let greatest = WholeMatrix.greatest * (place / 4 == 1 ? 2 : 1) * (place % 4 == 1 ? 2 : 1)
      return WholeMatrix(
        Array(turned[place * count..<(place + 1) * count]), bias: [Float](repeating: 0, count: bias.count),
        greatest: greatest)
    }
    self.bias = bias
  }

  func output(of input: FeatureMap, addsInput: Bool) -> FeatureMap {
    let (down, across) = ((input.rows + 1) / 2, (input.columns + 1) / 2)
    let whole = WholePicture(input, rows: 2 * down + 2, columns: 2 * across + 2, at: (1, 1))
    let turned = turned(whole, channels: input.channels, down: down, across: across)
    let products = products(turned, count: down * across, depth: input.channels, unit: whole.unit)
    let channels = bias.count
    let values = [Float](unsafeUninitializedCapacity: input.rows * input.columns * channels) { values, count in
      for row in 0..<down {
        let place = 2 * row * input.columns * channels
        products.withUnsafeBufferPointer { products in
          input.values.withUnsafeBufferPointer { added in
            line_turn_back(
              products.baseAddress! + row * across * channels, down * across * channels, input.columns, channels, bias,
              addsInput ? added.baseAddress! + place : nil, min(2, input.rows - 2 * row), values.baseAddress! + place)
          }
        }
      }
      count = values.count
    }
    return FeatureMap(rows: input.rows, columns: input.columns, channels: channels, values: values)
  }

  private func turned(_ whole: WholePicture, channels: Int, down: Int, across: Int) -> [Int16] {
    let plane = down * across * channels
    let wide = (2 * across + 2) * channels
    return [Int16](unsafeUninitializedCapacity: 16 * plane) { turned, count in
      whole.numbers.withUnsafeBufferPointer { numbers in
        for row in 0..<down {
          line_turn(
            numbers.baseAddress! + 2 * row * wide, wide, across, channels, plane,
            turned.baseAddress! + row * across * channels)
        }
      }
      count = 16 * plane
    }
  }

  private func products(_ turned: [Int16], count squares: Int, depth: Int, unit: Float) -> [Float] {
    let plane = squares * bias.count
    return [Float](unsafeUninitializedCapacity: 16 * plane) { products, count in
      turned.withUnsafeBufferPointer { turned in
        for (place, weights) in places.enumerated() {
          weights.multiply(
            WholeMatrix.Rows(
              numbers: turned.baseAddress! + place * squares * depth, unit: unit, stride: depth, count: squares),
            into: products.baseAddress! + place * plane)
        }
      }
      count = 16 * plane
    }
  }
}
