/// The network that reads a line: convolutions, two layers of memory, a class for each frame of four columns.
struct LineNetwork {
  /// Pixels of a line's picture from top to bottom.
  static let height = 32
  /// Columns of the picture that become one frame.
  static let frameColumns = 4

  let convolutions: [ConvolutionLayer]
  let memory: [LSTMLayer]
  /// From the last layer's outputs to classes.
  let classLayer: WholeMatrix
  /// Class 0 says nothing; class i is `characters[i - 1]`.
  let characters: [Character]

  var classes: Int { characters.count + 1 }
  var paddedClasses: Int { classLayer.columns }

  /// The classes of all characters but some.
  func classes(besides characters: String) -> [Int] {
    let kept = Set(characters)
    return (1..<classes).filter { !kept.contains(self.characters[$0 - 1]) }
  }

  /// Logits in which some classes cannot be.
  func barring(_ barred: [Int], from logits: [Float]) -> [Float] {
    guard !barred.isEmpty else { return logits }
    var logits = logits
    for frame in stride(from: 0, to: logits.count, by: paddedClasses) {
      for place in barred { logits[frame + place] = -1000 }
    }
    return logits
  }

  /// The logits of each picture: for each frame one number a class, and some of no meaning up to `paddedClasses`.
  ///
  /// - Parameter pictures: `FeatureMap`s of `height` rows and one channel, 0 paper to 1 ink; the widest first; widths
  ///   are multiples of `frameColumns`.
  func logits(of pictures: [FeatureMap]) -> [[Float]] {
    var lines = pictures.map { picture in
      let map = convolutions.reduce(picture) { $1.output(of: $0) }
      let frames = WholePicture(map, rows: map.rows, columns: map.columns, at: (0, 0))
      return LSTMLayer.Frames(numbers: frames.numbers, unit: frames.unit)
    }
    for layer in memory { lines = layer.output(of: lines) }
    return lines.map { classLayer.products($0) }
  }
}
