import CLineKernel

/// Products of matrices of floats, rows one after another.
///
/// Each sum is taken in one order, every product and sum rounded apart: all processors give the same bits.
struct MatrixProduct {
  /// The number of the right matrix's columns is a multiple of this.
  static let tile = 16
  /// Whether the processor's vectors of eight are used; both ways give the same.
  var usesWideVectors = line_kernel_is_wide() != 0

  /// `sums += left · right`.
  ///
  /// - Parameters:
  ///   - left: `rows` rows of `depth` numbers, `stride` apart: rows may overlap, as windows over a picture do.
  ///   - right: `depth` rows of `columns` numbers.
  ///   - sums: `rows` rows of `columns` numbers.
  func add(
    _ left: UnsafePointer<Float>, stride: Int, rows: Int, depth: Int, _ right: UnsafePointer<Float>, columns: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    if usesWideVectors {
      line_kernel_wide(left, stride, rows, depth, right, columns, sums)
    } else {
      line_kernel_plain(left, stride, rows, depth, right, columns, sums)
    }
  }
}
