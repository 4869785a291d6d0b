/// A ranker's weights as bytes: `docket/weights/1`.
///
/// Magic, then for each field its path, bias, weight of the zero-shot score, its measures' means, scales and weights,
/// and its marks with their weights, ascending.
package enum RankerFile {
  private static let magic: UInt32 = 0x3157_4B44
  /// Larger files are no weights.
  package static let longest = 10_000_000

  package static func bytes(of fields: [FieldRanker]) -> [UInt8] {
    var writer = ByteWriter()
    writer.put(magic)
    put(fields, to: &writer)
    return writer.bytes
  }

  static func put(_ fields: [FieldRanker], to writer: inout ByteWriter) {
    writer.put(fields) { writer, field in
      writer.put(field.path)
      writer.put(field.bias.bitPattern)
      writer.put(field.zeroShot.bitPattern)
      writer.put(UInt32(field.measureWeights.count))
      for column in [field.means, field.scales, field.measureWeights] {
        writer.put(column: column.map(\.bitPattern))
      }
      let weights = field.weights.sorted { $0.key < $1.key }
      writer.put(UInt32(weights.count))
      writer.put(column: weights.map(\.key))
      writer.put(column: weights.map(\.value.bitPattern))
    }
  }

  /// - Throws: `model-damaged`.
  package static func fields(of bytes: [UInt8]) throws(DocketError) -> [FieldRanker] {
    do throws(DocketError) {
      var reader = ByteReader(bytes)
      guard bytes.count <= longest, try reader.take(UInt32.self) == magic else {
        throw ByteReader.damaged("it is no file of weights")
      }
      let fields = try fields(&reader)
      try reader.finish()
      return fields
    } catch {
      throw DocketError(.modelDamaged, "The weights of the model are damaged.", cause: error.sentence)
    }
  }

  static func fields(_ reader: inout ByteReader) throws(DocketError) -> [FieldRanker] {
    try reader.takeList(smallest: 28) { reader throws(DocketError) in try field(&reader) }
  }

  private static func field(_ reader: inout ByteReader) throws(DocketError) -> FieldRanker {
    let path = try reader.takeText()
    let bias = Double(bitPattern: try reader.take(UInt64.self))
    let zeroShot = Double(bitPattern: try reader.take(UInt64.self))
    let count = Int(try reader.take(UInt32.self))
    guard count == FieldRanker.measureCount else { throw ByteReader.damaged("it has other measures") }
    func floats(_ count: Int, _ reader: inout ByteReader) throws(DocketError) -> [Float] {
      try reader.take(column: count, of: UInt32.self).map { Float(bitPattern: $0) }
    }
    let means = try floats(count, &reader)
    let scales = try floats(count, &reader)
    let measureWeights = try floats(count, &reader)
    let markCount = Int(try reader.take(UInt32.self))
    let marks = try reader.take(column: markCount, of: UInt32.self)
    let weights = try floats(markCount, &reader)
    let numbers = means + scales + measureWeights + weights
    guard bias.isFinite, zeroShot.isFinite, numbers.allSatisfy(\.isFinite) else {
      throw ByteReader.damaged("a number is none")
    }
    return FieldRanker(
      path: path, weights: Dictionary(zip(marks, weights), uniquingKeysWith: { first, _ in first }), means: means,
      scales: scales, measureWeights: measureWeights, bias: bias, zeroShot: zeroShot)
  }
}
