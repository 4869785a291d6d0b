/// What the places of a page's words say of how it lay before the camera or on the glass.
struct PageShape {
  /// The lines fan out: it was photographed from the side.
  let isInPerspective: Bool
  /// Wider than high, with a margin down the middle: two pages side by side.
  let holdsTwoPages: Bool

  /// Rise over run by which the slopes of the upper and the lower half differ.
  private static let leastFan = 0.024
  private static let fewestWords = 40
  /// Width over height.
  private static let leastWidth: Float = 1.25
  /// Shares of the page's width: how near the middle the margin lies, and how wide it is; columns stand closer.
  private static let middle: ClosedRange<Float> = 0.4...0.6
  private static let leastMargin: Float = 0.06
  /// Of the words, on either side.
  private static let leastSide = 0.25

  init(_ page: PageReading) {
    let words = page.words
    guard words.count >= PageShape.fewestWords else {
      (isInPerspective, holdsTwoPages) = (false, false)
      return
    }
    let half = words.map(\.y).sorted()[words.count / 2]
    let upper = Deskew.slope(of: words.filter { $0.y < half })
    let lower = Deskew.slope(of: words.filter { $0.y >= half })
    isInPerspective = abs(upper - lower) >= PageShape.leastFan
    holdsTwoPages = page.width >= PageShape.leastWidth * page.height && PageShape.hasMargin(in: page)
  }

  private static func hasMargin(in page: PageReading) -> Bool {
    let sides = page.words.sorted { $0.x < $1.x }
    var right: Float = 0
    for (count, word) in sides.enumerated() {
      let share = Double(count) / Double(sides.count)
      let centre = (right + word.x) / 2 / page.width
      if word.x - right >= leastMargin * page.width, middle.contains(centre), share >= leastSide, share <= 1 - leastSide
      {
        return true
      }
      right = max(right, word.right)
    }
    return false
  }
}
