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
  ///   - right: `depth` rows of `columns` numbers, as `packed` gives them.
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

  /// Rows of `columns` numbers in strips: the first `tile` columns of all rows, then the next.
  ///
  /// - Parameter depth: rows that belong together; of several such matrices each is packed for itself.
  static func packed(_ rows: [Float], depth: Int, columns: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: rows.count) { out, count in
      rows.withUnsafeBufferPointer { rows in
        guard let from = rows.baseAddress, var to = out.baseAddress else { return }
        for matrix in stride(from: 0, to: rows.count, by: depth * columns) {
          for column in stride(from: 0, to: columns, by: tile) {
            for row in 0..<depth {
              to.update(from: from + matrix + row * columns + column, count: tile)
              to += tile
            }
          }
        }
      }
      count = rows.count
    }
  }

  /// A step of a memory layer, for one line.
  ///
  /// - Parameters:
  ///   - gates: input, forget, cell and output, `units` numbers each, a multiple of 4.
  ///   - cells: what the layer remembers; changed.
  ///   - outputs: `units` numbers, written.
  func step(
    gates: UnsafePointer<Float>, units: Int, cells: UnsafeMutablePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    let done = usesWideVectors ? line_step_wide(gates, 0, units, cells, outputs) : 0
    _ = line_step_plain(gates, done, units, cells, outputs)
  }
}
