/// A text model's weights as bytes: `docket/text-weights/1`.
///
/// Magic, form, weight of the zero-shot score, importance of strange marks, the classes with bias and scale, then marks
/// ascending, their importances, and weights by mark and class.
enum TextModelFile {
  private static let magic: UInt32 = 0x3154_4B44
  /// Larger files are no weights.
  static let longest = 10_000_000

  static func bytes(of model: TextModel) -> [UInt8] {
    var writer = ByteWriter()
    writer.put(magic)
    writer.put(model.form.rawValue)
    writer.put(model.zeroShot.bitPattern)
    writer.put(model.strangeImportance.bitPattern)
    writer.put(Array(model.classes.indices)) { writer, index in
      writer.put(model.classes[index])
      writer.put(model.biases[index].bitPattern)
      writer.put(model.scales[index].bitPattern)
    }
    writer.put(UInt32(model.marks.count))
    writer.put(column: model.marks)
    writer.put(column: model.importances.map(\.bitPattern))
    writer.put(column: model.weights)
    return writer.bytes
  }

  /// Everything but what the card says.
  ///
  /// - Throws: `model-damaged`.
  static func model(of bytes: [UInt8]) throws(DocketError) -> TextModel {
    do throws(DocketError) {
      var reader = ByteReader(bytes)
      guard bytes.count <= longest, try reader.take(UInt32.self) == magic,
        let form = TextMarks.Form(rawValue: try reader.takeText())
      else { throw ByteReader.damaged("it is no file of weights of texts") }
      let zeroShot = Double(bitPattern: try reader.take(UInt64.self))
      let strange = Float(bitPattern: try reader.take(UInt32.self))
      let classes = try reader.takeList(smallest: 16) { reader throws(DocketError) in
        (
          name: try reader.takeText(), bias: Double(bitPattern: try reader.take(UInt64.self)),
          scale: Float(bitPattern: try reader.take(UInt32.self))
        )
      }
      let count = Int(try reader.take(UInt32.self))
      let marks = try reader.take(column: count, of: UInt32.self)
      let importances = try reader.take(column: count, of: UInt32.self).map { Float(bitPattern: $0) }
      let weights = try reader.take(column: count * classes.count, of: Int16.self)
      try reader.finish()
      let names = classes.map(\.name)
      guard zeroShot.isFinite, strange.isFinite, classes.allSatisfy({ $0.bias.isFinite && $0.scale.isFinite }),
        importances.allSatisfy(\.isFinite)
      else { throw ByteReader.damaged("a number is none") }
      guard zip(marks, marks.dropFirst()).allSatisfy(<), zip(names, names.dropFirst()).allSatisfy(<) else {
        throw ByteReader.damaged("it is out of order")
      }
      return TextModel(
        name: "", producer: "", form: form, classes: names, zeroShot: zeroShot, biases: classes.map(\.bias),
        scales: classes.map(\.scale), marks: marks, importances: importances, strangeImportance: strange,
        weights: weights, digest: ContentDigest(of: bytes))
    } catch {
      throw DocketError(.modelDamaged, "The weights of the model are damaged.", cause: error.sentence)
    }
  }
}
