import Docket

/// Pages of words from outside, whatever form they came in: what all such forms have to hold.
struct WordPages {
  private let limits: ReadLimits
  private let output: any ParserOutput
  private(set) var count = 0

  init(_ input: ParserInput, output: any ParserOutput) {
    limits = input.settings.limits
    self.output = output
  }

  /// - Throws: `too-many-pages`, `text-damaged` for a size that no page has or a box that lies nowhere.
  mutating func put(_ words: [Word], width: Float, height: Float, unit: PageReading.Unit) throws(DocketError) {
    count += 1
    guard count <= limits.pages else {
      throw DocketError(.tooManyPages, "The file has more than \(limits.pages) pages.")
    }
    let extent = words.reduce(into: (width: width, height: height)) { extent, word in
      extent = (max(extent.width, word.right), max(extent.height, word.bottom))
    }
    // A page that does not say how large it is ends where its words do.
    let size = (width: width > 0 ? width : extent.width, height: height > 0 ? height : extent.height)
    let isSound = words.allSatisfy { word in
      [word.x, word.y, word.width, word.height].allSatisfy { $0 > -1e6 && $0 < 1e6 }
    }
    guard isSound, size.width < 1e6, size.height < 1e6, words.isEmpty || size.width > 0 && size.height > 0 else {
      throw DocketError(.textDamaged, "Page \(count) has a size or a word with a box that no page has.")
    }
    try output.page(
      PageReading(
        number: count, width: max(1, size.width), height: max(1, size.height), unit: unit,
        source: words.isEmpty ? .blank : .given, words: words))
  }
}
