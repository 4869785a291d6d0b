/// What speaks for, or against, a new document between two pages. Each is between 0 and 1 or, where it compares,
/// between -1 and 1; the names are those of the model's card and of `docket split`.
package enum BoundarySign: String, CaseIterable, Sendable {
  case numberFollows = "page-number-follows"
  case numberRestarts = "page-number-restarts"
  /// The page before is the last by its own count.
  case lastBefore = "last-page-before"
  /// The page before says that more follow.
  case unfinished = "pages-outstanding"
  case numberStops = "page-number-stops"
  case loneNumberFollows = "lone-number-follows"
  case loneNumberJumps = "lone-number-jumps"
  case sizeChanges = "page-size-changes"
  /// A picture after a text layer, or the other way round.
  case unitChanges = "kind-of-page-changes"
  case typeChanges = "type-size-changes"
  case marginChanges = "margin-changes"
  case blankBetween = "blank-page-between"
  case sameWords = "same-words"
  /// Nearer in its words to the page before than to the page after.
  case nearerBefore = "nearer-to-page-before"
  case sameHead = "same-letterhead"
  case sameFoot = "same-foot"
  case sameCodes = "same-numbers"
  case codesInCommon = "numbers-in-common"
  case otherCodes = "other-numbers"
  case sameDate = "same-date"
  case newDate = "new-date"
  case sameAmounts = "same-amounts"
  case opensLowerCase = "opens-in-lower-case"
  case endsOpen = "ends-in-mid-sentence"
  case sentenceGoesOn = "sentence-goes-on"
  case endsEarly = "page-before-ends-early"
  case newHeading = "new-heading"
  case closingBefore = "closing-words-before"
  case languageChanges = "language-changes"
  case opensWithTitle = "opens-with-title"
  case opensWithHeading = "opens-with-heading"
  case goesOnCounting = "goes-on-counting"

  /// - Parameters:
  ///   - next: the page after, where it is not blank.
  ///   - isApart: whether blank pages lie between.
  static func between(
    _ before: PageFace, _ page: PageFace, next: PageFace?, isApart: Bool
  ) -> [BoundarySign: Double] {
    var signs = numbering(before, page)
    signs.merge(looks(before, page)) { $1 }
    signs.merge(contents(before, page)) { $1 }
    let likeness = likeness(before.words, page.words)
    signs[.sameWords] = likeness
    signs[.nearerBefore] = next.map { likeness - BoundarySign.likeness(page.words, $0.words) } ?? 0
    signs[.blankBetween] = isApart ? 1 : 0
    return signs.filter { $0.value != 0 }
  }

  private static func numbering(_ before: PageFace, _ page: PageFace) -> [BoundarySign: Double] {
    var signs: [BoundarySign: Double] = [:]
    if let a = before.number {
      signs[.lastBefore] = a.number == a.total ? 1 : 0
      signs[.unfinished] = a.total.map { a.number < $0 && page.number?.number != 1 } ?? false ? 1 : 0
      signs[.numberStops] = page.number == nil ? 1 : 0
      if let b = page.number, b.number == a.number + 1, a.total == nil || b.total == nil || a.total == b.total {
        signs[.numberFollows] = 1
      }
    }
    signs[.numberRestarts] = page.number?.number == 1 ? 1 : 0
    if let a = before.loneNumber, let b = page.loneNumber {
      signs[.loneNumberFollows] = b == a + 1 ? 1 : 0
      signs[.loneNumberJumps] = b != a + 1 && b != 1 ? 1 : 0
    }
    return signs
  }

  private static func looks(_ before: PageFace, _ page: PageFace) -> [BoundarySign: Double] {
    func ratio(_ a: Double, _ b: Double) -> Double { max(a, b) / min(a, b) }
    return [
      .sizeChanges: max(ratio(before.width, page.width), ratio(before.height, page.height)) > 1.02 ? 1 : 0,
      .unitChanges: before.unit == page.unit ? 0 : 1,
      .typeChanges: min(1, 2 * Elementary.log(ratio(before.typeSize, page.typeSize))),
      .marginChanges: min(1, 10 * abs(before.left - page.left)),
      .endsEarly: max(0, 0.8 - before.fill),
    ]
  }

  private static func contents(_ before: PageFace, _ page: PageFace) -> [BoundarySign: Double] {
    let codes = before.codes.intersection(page.codes).count
    let fewest = min(before.codes.count, page.codes.count)
    let newDate = !page.headDates.isSubset(of: before.dates) && page.headDates.isDisjoint(with: before.dates)
    return [
      .sameHead: share(before.headWords, page.headWords),
      .sameFoot: share(before.footWords, page.footWords),
      .sameCodes: fewest == 0 ? 0 : Double(codes) / Double(fewest),
      .codesInCommon: min(1, Double(codes) / 5),
      .otherCodes: fewest > 0 && codes == 0 ? 1 : 0,
      .sameDate: before.dates.isDisjoint(with: page.dates) ? 0 : 1,
      .newDate: newDate ? 1 : 0,
      .sameAmounts: min(1, Double(before.amounts.intersection(page.amounts).count) / 3),
      .opensLowerCase: page.opening.isLowerCase ? 1 : 0,
      .endsOpen: before.endsOpen ? 1 : 0,
      .sentenceGoesOn: before.endsOpen && page.opening.isLowerCase ? 1 : 0,
      .newHeading: page.headings.isSubset(of: before.headings) ? 0 : 1,
      .closingBefore: min(1, Double(before.closingCount) / 3),
      .languageChanges: before.language.place != page.language.place
        && min(before.language.count, page.language.count) > 5
        ? 1 : 0,
      .opensWithTitle: page.opening.hasTitle ? 1 : 0,
      .opensWithHeading: page.opening.hasHeading ? 1 : 0,
      .goesOnCounting: page.opening.goesOnCounting ? 1 : 0,
    ]
  }

  private static func share(_ a: Set<String>, _ b: Set<String>) -> Double {
    let all = a.union(b).count
    return all == 0 ? 0 : Double(a.intersection(b).count) / Double(all)
  }

  /// Cosine of the square roots of how often words occur, 0 to 1.
  private static func likeness(_ a: [String: Double], _ b: [String: Double]) -> Double {
    let sizes = a.values.reduce(0, +) * b.values.reduce(0, +)
    guard sizes > 0 else { return 0 }
    // In the order of the words: sums of floating numbers depend on it.
    let common = a.keys.filter { b[$0] != nil }.sorted()
    return common.reduce(0.0) { $0 + ((a[$1] ?? 0) * (b[$1] ?? 0)).squareRoot() } / sizes.squareRoot()
  }
}
