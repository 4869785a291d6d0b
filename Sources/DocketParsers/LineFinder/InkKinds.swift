/// The ink of a page sorted: letters, small marks that belong to letters, and what is none of either (rules, frames,
/// pictures), which is left out.
struct InkKinds {
  private(set) var letters: [Blob] = []
  /// Dots, commas, accents, hyphens, and specks.
  private(set) var marks: [Blob] = []
  private let resolution: Int
  private let sizes: LetterSizes
  private let pageWidth: Int32
  private let pageHeight: Int32

  init(_ blobs: Blobs, of ink: InkRuns, sizes: LetterSizes, resolution: Int) {
    self.resolution = resolution
    self.sizes = sizes
    (pageWidth, pageHeight) = (Int32(ink.width), Int32(ink.height))
    var solids: [Int] = []
    var frames: [Int] = []
    for (number, blob) in blobs.all.enumerated() {
      let height = sizes.height(at: blob)
      switch kind(blob, height) {
      case .letter: letters.append(blob)
      case .mark: marks.append(blob)
      case .solid: solids.append(number)
      case .frame: frames.append(number)
      case .none: break
      }
    }
    take(solids, frames, blobs, ink)
  }

  /// Dark grounds with light print that are looked at.
  private static let mostSolids = 500

  private enum Kind { case letter, mark, solid, frame, none }

  private func kind(_ blob: Blob, _ height: Int32) -> Kind {
    let (w, h) = (blob.width, blob.height)
    if h * 5 < height * 2 {
      // A rule, a hyphen, a dot: of what is long only rules are left out.
      if w * 2 > 3 * height && w > 5 * h { return .none }
      return blob.ink * 144 < height * height || blob.ink < 2 ? .none : .mark
    }
    if h > 2 * height, w * 5 < height * 2 { return .none }
    let touchesEdge = blob.left == 0 || blob.top == 0 || blob.right == pageWidth || blob.bottom == pageHeight
    if touchesEdge, h * 2 > 3 * height || w > 3 * height { return .none }
    if h * 4 >= height * 5, w >= 3 * height, blob.fill > 0.5 { return .solid }
    if h > 4 * height || h > LetterSizes.greatest(resolution) || (h * 2 > 5 * height && w > 5 * height)
      || (w > 20 * height && h > height)
    {
      return .frame
    }
    return w > 40 * h ? .none : .letter
  }

  /// Letters in what hangs together with rules, and light letters on dark ground.
  private mutating func take(_ solids: [Int], _ frames: [Int], _ blobs: Blobs, _ ink: InkRuns) {
    guard !solids.isEmpty || !frames.isEmpty else { return }
    var wanted = [UInt8](repeating: 0, count: blobs.all.count)
    for number in solids { wanted[number] = 1 }
    for number in frames { wanted[number] = 2 }
    var (holes, rest): ([InkRuns.Run], [InkRuns.Run]) = ([], [])
    for row in 0..<ink.height {
      var last: InkRuns.Run?
      var lastOwner: Int32 = -1
      for place in Int(ink.starts[row])..<Int(ink.starts[row + 1]) {
        let owner = blobs.owner[place]
        let run = ink.runs[place]
        switch wanted[Int(owner)] {
        case 1:
          if let last, lastOwner == owner {
            holes.append(InkRuns.Run(row: run.row, left: last.right, right: run.left))
          }
          (last, lastOwner) = (run, owner)
        case 2:
          if run.right - run.left <= 4 * sizes.height(at: blobs.all[Int(owner)]) {
            rest.append(run)
          }
        default: break
        }
      }
    }
    rest = UprightRules.removed(from: rest, height: sizes.usual)
    if let freed = Blobs(InkRuns(runs: rest, width: ink.width, height: ink.height)) {
      for blob in freed.all {
        let height = sizes.height(at: blob)
        switch kind(blob, height) {
        case .letter: letters.append(blob)
        case .mark: marks.append(blob)
        case .frame where blob.height <= 2 * height && blob.width <= 40 * blob.height: letters.append(blob)
        default: break
        }
      }
    }
    if let light = Blobs(InkRuns(runs: holes, width: ink.width, height: ink.height)) {
      takeLight(light.all, on: solids.prefix(InkKinds.mostSolids).map { blobs.all[$0] })
    }
  }

  /// What is light on dark ground is print where it looks like several letters; else the ground was a picture, or a
  /// letter itself.
  private mutating func takeLight(_ light: [Blob], on solids: [Blob]) {
    for solid in solids {
      let within = light.filter {
        $0.left > solid.left && $0.right < solid.right && $0.top > solid.top && $0.bottom < solid.bottom
      }
      let heights = within.map(\.height).filter { $0 >= max(4, Int32(resolution / 40)) }.sorted()
      guard heights.count >= 2 else {
        if solid.height <= 2 * sizes.height(at: solid) { letters.append(solid) }
        continue
      }
      let height = heights[heights.count * 7 / 10]
      for blob in within where blob.height <= 3 * height && blob.width <= 20 * height {
        if blob.height * 5 >= height * 2 {
          letters.append(blob)
        } else if blob.ink * 144 >= height * height {
          marks.append(blob)
        }
      }
    }
  }
}
