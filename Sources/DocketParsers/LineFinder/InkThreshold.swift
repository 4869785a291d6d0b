/// How dark a pixel must be to be ink, place by place: shades, colours and faint print are told by what lies around.
///
/// For each tile a histogram; of a tile and its eight neighbours the paper (a high percentile) and the darkest print;
/// between tiles the threshold is interpolated.
struct InkThreshold {
  /// Columns that share a threshold.
  static let cell = 8

  private let tile: Int
  private let columns: Int
  private let rows: Int
  private let width: Int
  /// One a tile: less than this is ink.
  private(set) var values: [Int32]

  init(_ picture: GreyPicture, resolution: Int) {
    tile = resolution > 250 ? 64 : 32
    width = picture.width
    columns = (picture.width + tile - 1) / tile
    rows = (picture.height + tile - 1) / tile
    values = []
    let counts = InkThreshold.histograms(of: picture, tile: tile, columns: columns, rows: rows)
    values = InkThreshold.thresholds(counts, columns: columns, rows: rows)
  }

  /// The threshold of each cell of a row.
  func row(_ y: Int, into cells: UnsafeMutablePointer<UInt8>) {
    let (above, below, part) = place(y, rows)
    let perTile = tile / InkThreshold.cell
    values.withUnsafeBufferPointer { values in
      let (first, second) = (values.baseAddress! + above * columns, values.baseAddress! + below * columns)
      let weight = Int32(part)
      for cell in 0..<(width + InkThreshold.cell - 1) / InkThreshold.cell {
        let at = 2 * cell + 1 - perTile
        let left = max(0, at >= 0 ? at / (2 * perTile) : -1)
        let right = min(columns - 1, at >= 0 ? left + 1 : 0)
        let share = Int32(at >= 0 ? (at % (2 * perTile)) * 64 / (2 * perTile) : 0)
        let up = first[left] * (64 - share) + first[right] * share
        let down = second[left] * (64 - share) + second[right] * share
        cells[cell] = UInt8(truncatingIfNeeded: (up * (64 - weight) + down * weight) >> 12)
      }
    }
  }

  /// The tiles between whose middles a pixel lies, and how far from the first to the second, in 64ths.
  private func place(_ pixel: Int, _ count: Int) -> (first: Int, second: Int, part: Int) {
    let at = 2 * pixel + 1 - tile
    guard at >= 0 else { return (0, 0, 0) }
    let first = min(at / (2 * tile), count - 1)
    return (first, min(first + 1, count - 1), (at % (2 * tile)) * 64 / (2 * tile))
  }

  private static let bins = 64

  /// Of every second pixel of every second row.
  private static func histograms(of picture: GreyPicture, tile: Int, columns: Int, rows: Int) -> [UInt16] {
    var counts = [UInt16](repeating: 0, count: columns * rows * bins)
    picture.pixels.withUnsafeBufferPointer { pixels in
      counts.withUnsafeMutableBufferPointer { counts in
        for y in stride(from: 0, to: picture.height, by: 2) {
          let line = pixels.baseAddress! + y * picture.width
          for column in 0..<columns {
            let bin = counts.baseAddress! + ((y / tile) * columns + column) * bins
            var x = column * tile
            let end = min(x + tile, picture.width)
            while x < end {
              bin[Int(line[x] >> 2)] &+= 1
              x &+= 2
            }
          }
        }
      }
    }
    return counts
  }

  private static func thresholds(_ counts: [UInt16], columns: Int, rows: Int) -> [Int32] {
    var whole = [Int](repeating: 0, count: bins)
    for place in counts.indices { whole[place % bins] += Int(counts[place]) }
    let page = percentile(whole, 75)
    var values = [Int32](repeating: 0, count: columns * rows)
    var around = [Int](repeating: 0, count: bins)
    for row in 0..<rows {
      for column in 0..<columns {
        for bin in 0..<bins { around[bin] = 0 }
        for y in max(0, row - 1)...min(rows - 1, row + 1) {
          for x in max(0, column - 1)...min(columns - 1, column + 1) {
            let start = (y * columns + x) * bins
            for bin in 0..<bins { around[bin] += Int(counts[start + bin]) }
          }
        }
        // Amid black there is no paper: what is much darker than the page's is ink.
        let paper = max(percentile(around, 75), page / 2)
        let noise = percentile(around, 90) - percentile(around, 50)
        let contrast = max(paper - percentile(around, 1), 0) * depth / 100
        values[row * columns + column] = Int32(min(max(paper - max(contrast, min(max(noise * 2, 24), 64)), 1), 250))
      }
    }
    return values
  }

  /// Of the way from paper to print, in hundredths.
  private static let depth = 42

  private static func percentile(_ counts: [Int], _ share: Int) -> Int {
    let all = counts.reduce(0, +)
    var sum = 0
    for bin in 0..<bins {
      sum += counts[bin]
      if sum * 100 >= all * share { return bin * 4 + 2 }
    }
    return 255
  }
}
