/// Finds the lines of print of a page that lies upright, and roughly level: where words stand, not what they say.
enum LineFinder {
  /// Why no lines were found.
  enum Failure: Error, Equatable {
    /// Too much ink, letters or lines: a screen, a photograph, dirt.
    case tooMuch
    /// Nothing, or hardly anything of the ink looks like lines.
    case noLines
  }

  /// Segments in no order: see `ReadingOrder`.
  ///
  /// - Parameter resolution: dots per inch.
  static func segments(in picture: GreyPicture, resolution: Int) -> Result<[FoundSegment], Failure> {
    guard picture.width >= 8, picture.height >= 8 else { return .failure(.noLines) }
    guard let ink = InkRuns(picture, resolution: resolution),
      let blobs = Blobs.whole(ink, resolution: resolution)
    else { return .failure(.tooMuch) }
    let (width, height) = (picture.width, picture.height)
    guard let sizes = LetterSizes(blobs.all, width: width, height: height, resolution: resolution) else {
      return .failure(.noLines)
    }
    let kinds = InkKinds(blobs, of: ink, sizes: sizes, resolution: resolution)
    guard let chains = LineChain.of(kinds.letters, height: height) else { return .failure(.tooMuch) }
    let mended = LineMending.mended(chains, sizes: sizes, ink: ink)
    let joined = LineJoining.joined(mended, sizes: sizes, height: height)
    // A comma may be as high as a small letter, but stands lower: alone it is no line.
    let (lone, whole) = joined.parted { chain in
      let height = sizes.height(at: chain.letters[0])
      return chain.usualHeight * 10 < 6 * height && chain.letters.reduce(0) { $0 + $1.width } < 2 * height
    }
    let (lines, left) = LineMarks.add(kinds.marks + lone.flatMap(\.letters), to: whole, height: height)
    let small = LineMarks.smallPrint(in: left, height: height, resolution: resolution)
    let segments =
      lines.flatMap(FoundSegment.cut).filter { $0.isPlausible(sizes) } + small.flatMap(FoundSegment.cut)
    guard segments.count <= TwoReaders.mostSegments else { return .failure(.tooMuch) }
    return hold(segments, of: kinds.letters) ? .success(segments) : .failure(.noLines)
  }

  /// Whether enough of what may be letters stands in lines: of a picture, or where lines were not understood, few do.
  private static func hold(_ segments: [FoundSegment], of letters: [Blob]) -> Bool {
    let all = letters.reduce(0) { $0 + Int($1.ink) }
    let long = segments.filter { $0.pieces.count >= 3 || $0.box.width > 3 * $0.box.height }
    let inLines = long.reduce(0) { sum, segment in sum + segment.pieces.reduce(0) { $0 + Int($1.ink) } }
    return !segments.isEmpty && inLines * 3 >= all
  }
}

extension Array {
  /// Those of which something is so, and the others, in their order.
  fileprivate func parted(_ isSo: (Element) -> Bool) -> (so: [Element], others: [Element]) {
    (filter(isSo), filter { !isSo($0) })
  }
}
