import Docket
import Foundation

/// A file of weights: the magic `DOCKETLN`, the length of a header (4 bytes, little end first), the header in JSON, and
/// the numbers of all tensors as 16-bit floats, little end first.
struct LineWeights {
  /// What the numbers mean and where they stand.
  struct Header: Decodable {
    struct Convolution: Decodable {
      let channels: Int
      let rows: Int
      let stride: Int
      let padding: Int
      let adds: Bool
      let pools: Bool
    }

    let format: String
    let characters: String
    let convolutions: [Convolution]
    let hidden: Int
    let layers: Int
  }

  static let magic = Array("DOCKETLN".utf8)
  /// Bytes of the whole file and of its header.
  static let limit = 8_000_000
  static let headerLimit = 65_536

  /// The network that the file holds.
  ///
  /// - Throws: `model-damaged` for anything but a whole file of a known format.
  static func network(from bytes: [UInt8]) throws(DocketError) -> LineNetwork {
    guard bytes.count <= limit, bytes.count > 12, bytes.starts(with: magic) else { throw damaged }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= headerLimit, bytes.count >= 12 + length else { throw damaged }
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[12..<12 + length])),
      header.format == "docket/line-weights/1", isPlausible(header)
    else { throw damaged }
    var numbers = Numbers(bytes: bytes, at: 12 + length)
    let network = network(header, &numbers)
    guard let network, numbers.isUsedUp else { throw damaged }
    return network
  }

  private static func isPlausible(_ header: Header) -> Bool {
    let layers = header.convolutions
    return (1...16).contains(layers.count) && (1...4).contains(header.layers) && (16...512).contains(header.hidden)
      && header.hidden % 4 == 0 && (1...1000).contains(header.characters.count)
      && layers.allSatisfy {
        (16...512).contains($0.channels) && $0.channels % 16 == 0 && (1...8).contains($0.rows)
          && (1...2).contains($0.stride) && (0...2).contains($0.padding)
      }
      && layers.map(\.stride).reduce(1, *) == LineNetwork.frameColumns && rowsLeft(layers) == 1
  }

  /// Rows that a picture has after the convolutions; 0 where one of them does not fit.
  private static func rowsLeft(_ layers: [Header.Convolution]) -> Int {
    layers.reduce(LineNetwork.height) { rows, layer in
      let padded = rows + 2 * layer.padding
      guard rows > 0, padded >= layer.rows else { return 0 }
      let left = (padded - layer.rows) / layer.stride + 1
      return layer.pools ? left / 2 : left
    }
  }

  private static func network(_ header: Header, _ numbers: inout Numbers) -> LineNetwork? {
    var convolutions: [ConvolutionLayer] = []
    var channels = 1
    for layer in header.convolutions {
      let count = layer.rows * 3 * channels * layer.channels
      guard !layer.adds || (layer.channels == channels && layer.stride == 1 && 2 * layer.padding + 1 == layer.rows),
        let weights = numbers.next(count), let bias = numbers.next(layer.channels)
      else { return nil }
      convolutions.append(
        ConvolutionLayer(
          inputChannels: channels, stride: layer.stride, padding: layer.padding, addsInput: layer.adds,
          pools: layer.pools, form: form(layer, channels, weights, bias)))
      channels = layer.channels
    }
    var memory: [LSTMLayer] = []
    for _ in 0..<header.layers {
      guard let forward = direction(channels, header.hidden, &numbers),
        let backward = direction(channels, header.hidden, &numbers)
      else { return nil }
      memory.append(LSTMLayer(forward: forward, backward: backward))
      channels = 2 * header.hidden
    }
    let characters = Array(header.characters)
    let padded = (characters.count + WholeMatrix.tile) / WholeMatrix.tile * WholeMatrix.tile
    guard let weights = numbers.next(channels * padded), let bias = numbers.next(padded) else { return nil }
    return LineNetwork(
      convolutions: convolutions, memory: memory, classLayer: WholeMatrix(weights, bias: bias), characters: characters)
  }

  /// In squares where that is possible.
  private static func form(
    _ layer: Header.Convolution, _ inputChannels: Int, _ weights: [Float], _ bias: [Float]
  ) -> ConvolutionLayer.Form {
    guard layer.rows == 3, layer.stride == 1, layer.padding == 1, inputChannels % 8 == 0 else {
      return .windows(WholeMatrix(weights, taps: layer.rows, bias: bias))
    }
    return .squares(SquareProducts(weights, bias: bias))
  }

  private static func direction(_ inputs: Int, _ hidden: Int, _ numbers: inout Numbers) -> LSTMLayer.Direction? {
    guard let input = numbers.next(inputs * 4 * hidden), let recurrent = numbers.next(hidden * 4 * hidden),
      let bias = numbers.next(4 * hidden)
    else { return nil }
    return LSTMLayer.Direction(
      input: WholeMatrix(input, bias: bias),
      recurrent: WholeMatrix(recurrent, bias: [Float](repeating: 0, count: bias.count)))
  }

  private static var damaged: DocketError {
    DocketError(.modelDamaged, "The line reader's weights cannot be used.")
  }
}

/// Takes 16-bit floats off a file, one run after another.
private struct Numbers {
  let bytes: [UInt8]
  var at: Int

  init(bytes: [UInt8], at: Int) {
    (self.bytes, self.at) = (bytes, at)
  }

  var isUsedUp: Bool { at == bytes.count }

  /// The next numbers, all of them finite, or nil where the file ends before.
  mutating func next(_ count: Int) -> [Float]? {
    guard count <= (bytes.count - at) / 2 else { return nil }
    defer { at += 2 * count }
    var isFinite = true
    let numbers = bytes.withUnsafeBufferPointer { bytes in
      (0..<count).map { index in
        let bits = UInt16(bytes[at + 2 * index]) | UInt16(bytes[at + 2 * index + 1]) << 8
        isFinite = isFinite && bits & 0x7C00 != 0x7C00
        return Numbers.float(bits)
      }
    }
    return isFinite ? numbers : nil
  }

  /// What a 16-bit float says.
  private static func float(_ half: UInt16) -> Float {
    let sign: Float = half & 0x8000 == 0 ? 1 : -1
    let exponent = UInt32(half >> 10 & 0x1F)
    let fraction = UInt32(half & 0x3FF)
    guard exponent > 0 else { return sign * Float(fraction) * 0x1p-24 }
    return sign * Float(bitPattern: (exponent + 112) << 23 | fraction << 13)
  }
}
