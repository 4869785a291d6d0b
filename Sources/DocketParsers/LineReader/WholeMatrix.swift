import CLineKernel

/// A matrix in whole numbers, with which numbers are multiplied that are whole, too.
///
/// Sums of whole numbers are exact: all processors give the same bits, in whatever order they add.
struct WholeMatrix {
  /// The number of columns is a multiple of this.
  static let tile = 16
  /// What is multiplied lies between this and its opposite.
  static let greatest = 4095
  /// The least that `greatest` times the sizes of a column's numbers stays below: 32 bits hold every sum.
  static let bound = Int(Int32.max)

  /// Matrices whose products are added, each of `depth` rows.
  let taps: Int
  let depth: Int
  let columns: Int
  /// As `line_product` has them.
  let weights: [Int16]
  /// What one is worth, by column.
  let scales: [Float]
  let bias: [Float]

  private var pairs: Int { (depth + 1) / 2 }

  /// - Parameters:
  ///   - numbers: `taps` · `depth` rows of as many numbers as `bias` has, all finite.
  ///   - greatest: what is multiplied lies between this and its opposite.
  init(_ numbers: [Float], taps: Int = 1, bias: [Float], greatest: Int = WholeMatrix.greatest) {
    let columns = bias.count
    let depth = numbers.count / columns / taps
    let strip = taps * ((depth + 1) / 2) * 2 * WholeMatrix.tile
    let rows = taps * depth
    let factors = WholeMatrix.factors(numbers, rows: rows, columns: columns, bound: WholeMatrix.bound / greatest)
    weights = [Int16](unsafeUninitializedCapacity: columns / WholeMatrix.tile * strip) { packed, count in
      packed.initialize(repeating: 0)
      numbers.withUnsafeBufferPointer { numbers in
        guard let from = numbers.baseAddress, let to = packed.baseAddress else { return }
        for tap in 0..<taps {
          line_pack(from + tap * depth * columns, depth, columns, factors, strip, to + tap * strip / taps)
        }
      }
      count = packed.count
    }
    (self.taps, self.depth, self.columns, self.bias) = (taps, depth, columns, bias)
    scales = factors.map { 1 / $0 }
  }

  /// By what each column is multiplied, so that it has as many digits as its sums allow.
  ///
  /// - Parameter bound: what the sizes of a column's numbers may add up to.
  private static func factors(_ numbers: [Float], rows: Int, columns: Int, bound: Int) -> [Float] {
    var greatest = [Float](repeating: 0, count: columns)
    var total = greatest
    line_extents(numbers, rows, columns, &greatest, &total)
    // Rounding adds up to half a one to each number; and the total is rounded itself.
    let room = Float(bound - rows) * 0.999
    return zip(greatest, total).map { greatest, total in
      greatest > 0 ? min(32_000 / greatest, room / total) : 1
    }
  }

  /// Whole numbers that stand for others: one is worth `unit`.
  struct Rows {
    let numbers: UnsafePointer<Int16>
    let unit: Float
    /// From one row to the next; rows may overlap, as windows over a picture do.
    let stride: Int
    let count: Int
    /// From the rows of one tap to those of the next.
    var tapStride = 0
  }

  /// `results = left · self + bias + added`.
  ///
  /// - Parameters:
  ///   - taps: those that are looked at.
  ///   - added: laid out as the results are, or nil.
  ///   - isPositive: whether what is below nothing becomes nothing.
  func multiply(
    _ left: Rows, taps: Range<Int>? = nil, added: UnsafePointer<Float>? = nil, isPositive: Bool = false,
    into results: UnsafeMutablePointer<Float>, by arithmetic: LineArithmetic = .chosen
  ) {
    let taps = taps ?? 0..<self.taps
    weights.withUnsafeBufferPointer { weights in
      scales.withUnsafeBufferPointer { scales in
        bias.withUnsafeBufferPointer { bias in
          guard let right = weights.baseAddress else { return }
          arithmetic.multiply(
            line_product(
              left: left.numbers, stride: left.stride, tapStride: left.tapStride, taps: taps.count, rows: left.count,
              pairs: pairs, right: right + taps.lowerBound * pairs * 2 * WholeMatrix.tile,
              strip: self.taps * pairs * 2 * WholeMatrix.tile, columns: columns, scales: scales.baseAddress,
              bias: bias.baseAddress, unit: left.unit, added: added, isPositive: isPositive ? 1 : 0, results: results))
        }
      }
    }
  }
}
