/// The network that reads a line: convolutions, two layers of memory, a class for each frame of four columns.
struct LineNetwork {
  /// Pixels of a line's picture from top to bottom.
  static let height = 32
  /// Columns of the picture that become one frame.
  static let frameColumns = 4

  let convolutions: [ConvolutionLayer]
  let memory: [LSTMLayer]
  /// 2 · hidden rows of `paddedClasses` numbers, packed.
  let classWeights: [Float]
  let classBias: [Float]
  /// Class 0 says nothing; class i is `characters[i - 1]`.
  let characters: [Character]

  var classes: Int { characters.count + 1 }
  var paddedClasses: Int { classBias.count }

  /// The logits of each picture: for each frame one number a class, and some of no meaning up to `paddedClasses`.
  ///
  /// - Parameter pictures: `FeatureMap`s of `height` rows and one channel, 0 paper to 1 ink; the widest first; widths
  ///   are multiples of `frameColumns`.
  func logits(of pictures: [FeatureMap]) -> [[Float]] {
    var frames = pictures.map { picture in
      convolutions.reduce(picture) { $1.output(of: $0) }.values
    }
    for layer in memory { frames = layer.output(of: frames) }
    let depth = classWeights.count / paddedClasses
    return frames.map { frames in
      let count = frames.count / depth
      var logits = [Float](repeating: 0, count: count * paddedClasses)
      for frame in 0..<count {
        logits.replaceSubrange(frame * paddedClasses..<(frame + 1) * paddedClasses, with: classBias)
      }
      MatrixProduct().add(
        frames, stride: depth, rows: count, depth: depth, classWeights, columns: paddedClasses, to: &logits)
      return logits
    }
  }
}
