/// Letters from a network's logits: the likeliest class of each frame, equal neighbours taken as one (greedy CTC).
struct LinePath {
  /// Below this another character is no alternative.
  static let leastAlternative: Float = 0.02
  static let alternatives = 3

  let letters: [ReadLine.Letter]
  let probability: Float

  init(logits: [Float], of network: LineNetwork) {
    let (width, classes) = (network.paddedClasses, network.classes)
    var letters: [ReadLine.Letter] = []
    var product = 1.0
    var last = 0
    for frame in 0..<logits.count / width {
      let row = logits[frame * width..<frame * width + classes]
      let best = row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 } - row.startIndex
      let probabilities = LinePath.softmax(row)
      product *= Double(probabilities[best])
      defer { last = best }
      guard best != 0 else { continue }
      let letter = LinePath.letter(best, probabilities, network.characters, frame)
      guard best == last, let before = letters.last else {
        letters.append(letter)
        continue
      }
      let surer = letter.probability > before.probability ? letter : before
      letters[letters.count - 1] = ReadLine.Letter(
        character: surer.character, probability: surer.probability, alternatives: surer.alternatives,
        frames: before.frames.lowerBound...frame)
    }
    self.letters = letters
    probability = Float(product)
  }

  private static func letter(
    _ best: Int, _ probabilities: [Float], _ characters: [Character], _ frame: Int
  ) -> ReadLine.Letter {
    let others = probabilities.indices.filter { $0 != 0 && $0 != best && probabilities[$0] >= leastAlternative }
      .sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }.prefix(alternatives)
    return ReadLine.Letter(
      character: characters[best - 1], probability: probabilities[best],
      alternatives: others.map { .init(character: characters[$0 - 1], probability: probabilities[$0]) },
      frames: frame...frame)
  }

  private static func softmax(_ logits: ArraySlice<Float>) -> [Float] {
    let greatest = logits.max() ?? 0
    let powers = logits.map { Exponential.exp($0 - greatest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
}
