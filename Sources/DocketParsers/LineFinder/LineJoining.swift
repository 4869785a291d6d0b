/// Joins to a line what stands in its letters' places: parts of broken letters, words beside a stroke that was taken
/// for a letter.
enum LineJoining {
  static func joined(_ chains: [LineChain], sizes: LetterSizes, height: Int) -> [LineChain] {
    var chains = chains
    let widths = chains.map { $0.letters.reduce(0) { $0 + Int($1.width) } }
    var rows = [[Int]](repeating: [], count: height / bucket + 1)
    for (place, chain) in chains.enumerated() {
      var known: Set<Int> = []
      for letter in chain.letters {
        for row in max(0, Int(letter.top) / bucket)...min(rows.count - 1, Int(letter.bottom) / bucket)
        where known.insert(row).inserted { rows[row].append(place) }
      }
    }
    // The lesser go to the greater, themselves with what has come to them.
    for place in chains.indices.sorted(by: { (widths[$0], $0) < (widths[$1], $1) }) {
      guard let first = chains[place].letters.first else { continue }
      let box = chains[place].letters.dropFirst().reduce(into: first) { $0.include($1) }
      var best: (host: Int, shared: Int32)?
      var tried: Set<Int> = [place]
      for row in max(0, Int(box.top) / bucket)...min(rows.count - 1, Int(box.bottom) / bucket) {
        for host in rows[row]
        where (widths[host], host) > (widths[place], place) && tried.insert(host).inserted {
          guard let shared = shared(chains[place], with: chains[host], sizes: sizes) else { continue }
          if best == nil || shared > best!.shared { best = (host, shared) }
        }
      }
      guard let best else { continue }
      chains[best.host] = LineChain(chains[best.host].letters + chains[place].letters)
      chains[place].letters = []
    }
    return chains.filter { !$0.letters.isEmpty }
  }

  private static let bucket = 32

  /// How much of a chain stands among a line's letters, in pixels across; nil where it is another line.
  private static func shared(_ chain: LineChain, with host: LineChain, sizes: LetterSizes) -> Int32? {
    guard let first = chain.letters.first else { return nil }
    // What is much higher than print here is a stamp, a circle or bars: it takes no print in.
    let usual = sizes.height(at: first)
    guard host.usualHeight * 2 <= usual * 3 else { return nil }
    var shared: Int32 = 0
    for letter in chain.letters {
      guard let band = host.band(at: letter, within: usual) else { return nil }
      let overlap = min(band.bottom, letter.bottom) - max(band.top, letter.top)
      let whole = max(band.bottom, letter.bottom) - min(band.top, letter.top)
      guard overlap * 2 >= min(letter.height, band.height) || whole * 4 <= usual * 5, whole * 2 <= usual * 3 else {
        return nil
      }
      shared += letter.width
    }
    return shared
  }
}
