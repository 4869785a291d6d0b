import CLineKernel

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
    var probabilities = [Float](repeating: 0, count: width)
    for frame in 0..<logits.count / width {
      let best = LinePath.shares(logits, from: frame * width, classes, into: &probabilities)
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

  /// e to each number, as a part of their sum (softmax), and which of them is the greatest, the first of several.
  ///
  /// - Parameters:
  ///   - shares: room for `count` numbers up to the next multiple of 4; those beyond `count` become 0.
  static func shares(_ logits: [Float], from start: Int, _ count: Int, into shares: inout [Float]) -> Int {
    logits.withUnsafeBufferPointer { line_shares($0.baseAddress! + start, count, &shares) }
  }
}
