import CLineKernel

/// A picture in whole numbers within one of zeros: one is worth `unit`.
struct WholePicture {
  let numbers: [Int16]
  let unit: Float

  /// - Parameters:
  ///   - rows: of the whole.
  ///   - columns: of the whole.
  ///   - place: row and column where the map begins.
  init(_ map: FeatureMap, rows: Int, columns: Int, at place: (row: Int, column: Int)) {
    let whole = WholePicture.unit(map.values)
    unit = whole.unit
    // A window of an odd number of columns is read with one number too many.
    let size = rows * columns * map.channels + 1
    let wide = map.columns * map.channels
    numbers = [Int16](unsafeUninitializedCapacity: size) { numbers, count in
      numbers.initialize(repeating: 0)
      map.values.withUnsafeBufferPointer { values in
        for row in 0..<map.rows {
          let to = ((row + place.row) * columns + place.column) * map.channels
          line_round(values.baseAddress! + row * wide, wide, whole.factor, numbers.baseAddress! + to)
        }
      }
      count = size
    }
  }

  /// What one is worth, where the greatest value is `WholeMatrix.greatest`, and by what values are to be multiplied.
  private static func unit(_ values: [Float]) -> (unit: Float, factor: Float) {
    let greatest = line_greatest(values, values.count)
    guard greatest > 0 else { return (0, 0) }
    return (greatest / Float(WholeMatrix.greatest), Float(WholeMatrix.greatest) / greatest)
  }
}
