/// Gives dots, commas, accents and hyphens to the lines in which they stand; what stands in none is a speck, or small
/// print beside large.
enum LineMarks {
  /// - Returns: the lines, and the marks that stand in none.
  static func add(
    _ marks: [Blob], to chains: [LineChain], height: Int
  ) -> (lines: [FoundLine], left: [Blob]) {
    var left: [Blob] = []
    var lines = chains.map { FoundLine(letters: $0.letters, height: $0.usualHeight) }
    var rows = [[Int]](repeating: [], count: height / bucket + 1)
    for (place, chain) in chains.enumerated() {
      var known: Set<Int> = []
      for letter in chain.letters {
        for row in max(0, Int(letter.top) / bucket)...min(rows.count - 1, Int(letter.bottom) / bucket)
        where known.insert(row).inserted { rows[row].append(place) }
      }
    }
    for mark in marks {
      var best: (place: Int, distance: Int32)?
      for row in max(0, Int(mark.middle) / bucket - 1)...min(rows.count - 1, Int(mark.middle) / bucket + 1) {
        for place in rows[row] where best?.place != place {
          let usual = lines[place].height
          guard mark.height <= usual, let band = chains[place].band(at: mark, within: usual) else { continue }
          let over = max(0, band.top - mark.bottom, mark.top - band.bottom)
          guard over * 3 <= usual else { continue }
          let distance = over * 4 + abs(mark.middle - (band.top + band.bottom) / 2)
          if best == nil || distance < best!.distance { best = (place, distance) }
        }
      }
      if let best { lines[best.place].marks.append(mark) } else { left.append(mark) }
    }
    return (lines, left)
  }

  /// Lines of small print: pieces too small for letters of this block that follow each other all the same.
  static func smallPrint(in marks: [Blob], height: Int, resolution: Int) -> [FoundLine] {
    let letters = marks.filter { LetterSizes.mayBeLetter($0, resolution: resolution) }
    return (LineChain.of(letters, height: height) ?? []).compactMap { chain in
      let height = chain.usualHeight
      let ink = chain.letters.reduce(0) { $0 + $1.width }
      guard chain.letters.count >= 6, ink >= 4 * height, chain.letters.count { $0.width < 6 * height } >= 3 else {
        return nil
      }
      return FoundLine(letters: chain.letters, height: height)
    }
  }

  private static let bucket = 64
}

/// Letters of one line, with the marks that belong to them.
struct FoundLine {
  /// From left to right.
  var letters: [Blob]
  var marks: [Blob] = []
  /// Of a capital, in pixels.
  var height: Int32
}
