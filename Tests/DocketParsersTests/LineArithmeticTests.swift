import Testing

@testable import DocketParsers

/// The kernel against plain loops, with each kind of vectors that the processor has.
@Suite struct LineArithmeticTests {
  /// Numbers between -1 and 1 in no order; the same every time.
  static func numbers(_ count: Int, seed: UInt64 = 1) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int64(bitPattern: state) >> 40) * 0x1p-23
    }
  }

  /// What stands in a matrix's row and column, as the kernel has it.
  static func number(_ matrix: WholeMatrix, tap: Int, row: Int, column: Int) -> Int {
    let pairs = (matrix.depth + 1) / 2
    let strip = column / 16 * matrix.taps * pairs * 32
    return Int(matrix.weights[strip + (tap * pairs + row / 2) * 32 + column % 16 * 2 + row % 2])
  }

  @Test(
    "multiplies to the same bits with every kind of vectors, as whole numbers in plain loops",
    arguments: [1, 2, 3, 4, 5, 7, 8, 11, 14], [3, 24])
  func product(rows: Int, depth: Int) {
    let (columns, taps, stride) = (48, 2, 5)
    let bias = Self.numbers(columns, seed: 7)
    let matrix = WholeMatrix(Self.numbers(taps * depth * columns), taps: taps, bias: bias)
    let tapStride = rows * stride + depth + 1
    let left = Self.numbers(taps * tapStride, seed: 3).map { Int16($0 * 4095) }
    let added = Self.numbers(rows * columns, seed: 5)
    let unit: Float = 0.37
    for part in [0..<2, 1..<2] {
      for isPositive in [false, true] {
        var expected: [Float] = []
        for row in 0..<rows {
          for column in 0..<columns {
            var sum = 0
            for (place, tap) in part.enumerated() {
              for k in 0..<depth {
                sum +=
                  Int(left[place * tapStride + row * stride + k])
                  * Self.number(matrix, tap: tap, row: k, column: column)
              }
            }
            let value = Float(sum) * (matrix.scales[column] * unit) + bias[column] + added[row * columns + column]
            expected.append(isPositive ? max(value, 0) : value)
          }
        }
        for arithmetic in LineArithmetic.usable {
          var results = [Float](repeating: .nan, count: rows * columns)
          matrix.multiply(
            WholeMatrix.Rows(numbers: left, unit: unit, stride: stride, count: rows, tapStride: tapStride),
            taps: part, added: added, isPositive: isPositive, into: &results, by: arithmetic)
          #expect(results == expected, "\(arithmetic)")
        }
      }
    }
  }

  @Test("keeps every sum within 32 bits, however the numbers lie", arguments: [1, 2, 1152, 4096])
  func bound(depth: Int) {
    // In all directions, all one way, and some so great that the others are nothing beside them.
    for kind in 0..<3 {
      var numbers = kind == 1 ? [Float](repeating: 3, count: depth * 16) : Self.numbers(depth * 16)
      if kind == 2 { for place in stride(from: 0, to: numbers.count, by: 37) { numbers[place] *= 60_000 } }
      for row in 0..<depth { numbers[row * 16 + 15] = 0 }
      let matrix = WholeMatrix(numbers, bias: [Float](repeating: 0, count: 16))
      for column in 0..<16 {
        let total = (0..<depth).reduce(0) { $0 + abs(Self.number(matrix, tap: 0, row: $1, column: column)) }
        #expect(total * WholeMatrix.greatest <= WholeMatrix.bound)
        // No number is farther from the float than half of what one is worth, as near as floats have it.
        for row in 0..<depth {
          let whole = Float(Self.number(matrix, tap: 0, row: row, column: column)) * matrix.scales[column]
          #expect(abs(whole - numbers[row * 16 + column]) <= matrix.scales[column] * 0.502)
        }
      }
    }
  }

  @Test("remembers to the same bits with either kind of vectors, as one unit after another", arguments: [8, 20])
  func step(units: Int) {
    func sigmoid(_ x: Float) -> Float { 1 / (1 + Self.power(-x)) }
    func tanh(_ x: Float) -> Float { 2 * sigmoid(2 * x) - 1 }
    // Numbers beyond where e to the x is bounded are among them.
    let fed: [Float] = (0..<4 * units).map { (place: Int) -> Float in
      let number = Float((place * 37) % 101 - 50)
      return place % 7 == 0 ? number * 2.5 : number * 0.11
    }
    let gates = Self.numbers(4 * units)
    let before: [Float] = (0..<units).map { Float($0 % 5) - 2.25 }
    var cells = before
    var outputs = [Int16](repeating: 0, count: units)
    for unit in 0..<units {
      let gate = (0..<4).map { gates[unit + $0 * units] + fed[unit + $0 * units] }
      let kept = sigmoid(gate[1]) * before[unit]
      let added = sigmoid(gate[0]) * tanh(gate[2])
      cells[unit] = kept + added
      outputs[unit] = Int16((sigmoid(gate[3]) * tanh(kept + added) * 4095).rounded(.toNearestOrEven))
    }
    for arithmetic in LineArithmetic.usable {
      var mine = before
      var given = [Int16](repeating: 0, count: units)
      arithmetic.step(fed: fed, gates: gates, units: units, cells: &mine, outputs: &given)
      #expect(mine == cells && given == outputs)
    }
  }

  /// e to the x, as the kernel has it.
  static func power(_ x: Float) -> Float {
    let bounded = min(max(x, -87), 88)
    let power = (bounded * 1.442_695_04 + 0x1.8p23) - 0x1.8p23
    let rest = (bounded - power * 0.693_359_375) - power * -2.121_944_4e-4
    var sum: Float = 1.987_569_1e-4
    sum = sum * rest + 1.398_199_9e-3
    sum = sum * rest + 8.333_452e-3
    sum = sum * rest + 4.166_579_6e-2
    sum = sum * rest + 1.666_666_5e-1
    sum = sum * rest + 5e-1
    return (sum * rest * rest + rest + 1) * Float(bitPattern: UInt32(Int32(power) + 127) << 23)
  }

  @Test("shares add up to one, in a fixed order", arguments: [1, 4, 7, 198])
  func shares(count: Int) {
    let numbers = Self.numbers(200).map { $0 * 20 }
    let greatest = numbers[..<count].max() ?? 0
    let powers = numbers[..<count].map { Self.power($0 - greatest) }
    var sums: [Float] = [0, 0, 0, 0]
    for (place, power) in powers.enumerated() { sums[place % 4] += power }
    let total = (sums[0] + sums[1]) + (sums[2] + sums[3])
    var shares = [Float](repeating: 0, count: 200)
    #expect(LinePath.shares(numbers, from: 0, count, into: &shares) == numbers.firstIndex(of: greatest))
    #expect(Array(shares[..<count]) == powers.map { $0 / total } && shares[count...].allSatisfy { $0 == 0 })
  }

  @Test("turned squares give what windows give", arguments: [(2, 4), (3, 8), (8, 12)])
  func squares(rows: Int, columns: Int) {
    let channels = 16
    let numbers = Self.numbers(9 * channels * channels)
    let bias = Self.numbers(channels, seed: 9)
    let values = Self.numbers(rows * columns * channels, seed: 11).map { max($0, 0) }
    let map = FeatureMap(rows: rows, columns: columns, channels: channels, values: values)
    for addsInput in [false, true] {
      let made = [
        ConvolutionLayer.Form.windows(WholeMatrix(numbers, taps: 3, bias: bias)),
        .squares(SquareProducts(numbers, bias: bias)),
      ].map { form in
        ConvolutionLayer(
          inputChannels: channels, stride: 1, padding: 1, addsInput: addsInput, pools: false, form: form
        ).output(of: map)
      }
      #expect((made[1].rows, made[1].columns, made[1].channels) == (rows, columns, channels))
      var far: Float = 0
      for row in 0..<rows {
        for column in 0..<columns {
          for channel in 0..<channels {
            let place = (row * columns + column) * channels + channel
            var sum = bias[channel] + (addsInput ? values[place] : 0)
            for (tap, above) in (row - 1...row + 1).enumerated() where (0..<rows).contains(above) {
              for (step, beside) in (column - 1...column + 1).enumerated() where (0..<columns).contains(beside) {
                for from in 0..<channels {
                  sum +=
                    values[(above * columns + beside) * channels + from]
                    * numbers[((tap * 3 + step) * channels + from) * channels + channel]
                }
              }
            }
            for map in made { far = max(far, abs(map.values[place] - max(sum, 0))) }
          }
        }
      }
      #expect(far < 2e-3)
    }
  }

  @Test("rounds a picture by its greatest value, between columns of nothing")
  func whole() {
    let values: [Float] = [0, 1, 2, 3, 4, 5, 6, 7.5]
    let picture = WholePicture(
      FeatureMap(rows: 2, columns: 4, channels: 1, values: values), rows: 3, columns: 6, at: (1, 1))
    let rows: [[Int16]] = [[0, 0, 0, 0, 0, 0], [0, 0, 546, 1092, 1638, 0], [0, 2184, 2730, 3276, 4095, 0], [0]]
    #expect(picture.numbers == rows.flatMap { $0 })
    #expect(picture.unit == 7.5 / 4095)
    let blank = WholePicture(
      FeatureMap(rows: 1, columns: 4, channels: 1, values: [0, 0, 0, 0]), rows: 1, columns: 4, at: (0, 0))
    #expect(blank.unit == 0 && blank.numbers.allSatisfy { $0 == 0 })
    // What is no number, or none that can be written, is not handed on.
    let odd = WholePicture(
      FeatureMap(rows: 1, columns: 4, channels: 1, values: [.nan, .infinity, 1, 0]), rows: 1, columns: 4, at: (0, 0))
    #expect(odd.numbers.allSatisfy { (0...4095).contains($0) })
  }
}
