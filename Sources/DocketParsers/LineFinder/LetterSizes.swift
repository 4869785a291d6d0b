/// How high letters are, block by block: receipts and forms mix sizes.
///
/// Measured on pieces of ink that may be letters, each counted by its width, so that specks weigh little; the height
/// that 80 % do not exceed is that of capitals in most print.
struct LetterSizes {
  private let block: Int32
  private let columns: Int
  private let rows: Int
  private var heights: [Int32] = []
  /// Of the page.
  let usual: Int32

  /// Nil where nothing on the page may be a letter.
  init?(_ blobs: [Blob], width: Int, height: Int, resolution: Int) {
    block = Int32(max(48, resolution / 2))
    columns = (width + Int(block) - 1) / Int(block)
    rows = (height + Int(block) - 1) / Int(block)
    let most = Int(LetterSizes.greatest(resolution))
    var counts = [[Int32]](repeating: [], count: columns * rows)
    var whole = [Int](repeating: 0, count: most + 1)
    for blob in blobs where LetterSizes.mayBeLetter(blob, resolution: resolution) {
      let weight = min(blob.width, 3 * blob.height)
      let place = Int(blob.middle / block) * columns + Int((blob.left + blob.right) / 2 / block)
      if counts[place].isEmpty { counts[place] = [Int32](repeating: 0, count: most + 1) }
      counts[place][Int(blob.height)] += weight
      whole[Int(blob.height)] += Int(weight)
    }
    guard let usual = LetterSizes.percentile(whole) else { return nil }
    self.usual = Int32(usual)
    heights = [Int32](repeating: Int32(usual), count: columns * rows)
    var around = [Int](repeating: 0, count: most + 1)
    for row in 0..<rows {
      for column in 0..<columns {
        for place in around.indices { around[place] = 0 }
        // A block that says little is as its neighbours and the page are.
        var weight = 0
        for y in max(0, row - 1)...min(rows - 1, row + 1) {
          for x in max(0, column - 1)...min(columns - 1, column + 1) {
            let share = y == row && x == column ? 2 : 1
            for (place, count) in counts[y * columns + x].enumerated() where count > 0 {
              around[place] += share * Int(count)
              weight += share * Int(count)
            }
          }
        }
        guard weight >= 12 * usual, let height = LetterSizes.percentile(around) else { continue }
        heights[row * columns + column] = Int32(height)
      }
    }
  }

  /// Where a piece of ink lies.
  func height(at blob: Blob) -> Int32 {
    let row = min(max(Int(blob.middle / block), 0), rows - 1)
    let column = min(max(Int((blob.left + blob.right) / 2 / block), 0), columns - 1)
    return heights[row * columns + column]
  }

  /// In pixels, of a letter; half an inch.
  static func greatest(_ resolution: Int) -> Int32 { Int32(max(40, resolution / 2)) }

  static func mayBeLetter(_ blob: Blob, resolution: Int) -> Bool {
    blob.height >= max(4, Int32(resolution / 40)) && blob.height <= greatest(resolution) && blob.width >= 2
      && blob.width <= 16 * blob.height && blob.fill > 0.1 && (blob.width <= 4 * blob.height || blob.fill < 0.65)
  }

  private static func percentile(_ counts: [Int]) -> Int? {
    let all = counts.reduce(0, +)
    guard all > 0 else { return nil }
    var sum = 0
    for (height, count) in counts.enumerated() {
      sum += count
      if sum * 100 >= all * 80 { return height }
    }
    return nil
  }
}
