import CLineKernel

/// Which of a processor's vectors are used; all give the same bits.
enum LineArithmetic: CaseIterable {
  /// No products of two numbers a step: any processor.
  case portable
  /// The least that a processor of this kind has.
  case plain
  /// Vectors of eight (AVX2).
  case wide

  static let chosen: LineArithmetic = line_kernel_is_wide() != 0 ? .wide : .plain
  /// Those that this processor has.
  static var usable: [LineArithmetic] { allCases.filter { $0 != .wide || chosen == .wide } }

  func multiply(_ job: line_product) {
    withUnsafePointer(to: job) { job in
      switch self {
      case .portable: line_product_portable(job)
      case .plain: line_product_plain(job)
      case .wide: line_product_wide(job)
      }
    }
  }

  /// A step of a memory layer, for one line.
  ///
  /// - Parameters:
  ///   - fed: input, forget, cell and output gate as the inputs move them, `units` numbers each, a multiple of 4.
  ///   - gates: the same as the last outputs move them.
  ///   - cells: what the layer remembers; changed.
  ///   - outputs: `units` numbers, written, in `WholeMatrix.greatest`ths.
  func step(
    fed: UnsafePointer<Float>, gates: UnsafePointer<Float>, units: Int, cells: UnsafeMutablePointer<Float>,
    outputs: UnsafeMutablePointer<Int16>
  ) {
    let done = self == .wide ? line_step_wide(fed, gates, 0, units, cells, outputs) : 0
    _ = line_step_plain(fed, gates, done, units, cells, outputs)
  }
}
