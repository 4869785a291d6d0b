/// Rankers that stand in for a model on the documents that it was learned from.
///
/// Documents were parted, vendors kept together; each stand-in was learned from the other parts, so that it knows no
/// more of a document than the model does of one that comes tomorrow. What they give for those documents, and how sure
/// they are of it, may count where the model's own answers would be hindsight.
package struct StandIns: Hashable, Sendable {
  package var contract: ContractReference
  package private(set) var rankers: [Ranker]
  /// By `Lesson.id`: which of them has not learned from it.
  private var places: [String: Int]

  /// One part: a ranker, and the lessons that it has not learned from.
  struct Part {
    var lessons: [String]
    var fields: [FieldRanker]
    /// By path, of answers of the other parts.
    var calibrations: [String: Calibration.Weights]
  }

  func ranker(for lesson: String) -> Ranker? { places[lesson].map { rankers[$0] } }
}

extension CrossFitting {
  /// - Parameters:
  ///   - lessons: those that it was made of, in their order.
  ///   - paths: fields that the model keeps.
  func standIns(_ lessons: [Lesson], keeping paths: Set<String>) -> [StandIns.Part] {
    rankers.enumerated().map { part, ranker in
      let kept = ranker.fields.filter { paths.contains($0.path) }
      return StandIns.Part(
        lessons: lessons.indices.filter { self.part(of: $0) == part }.map { lessons[$0].id }.sorted(), fields: kept,
        calibrations: calibrations(name: "", of: Set(kept.map(\.path)), without: part).compactMapValues {
          $0.weights["*/*"]
        })
    }
  }
}

/// Stand-ins as bytes: `docket/stand-ins/2`.
///
/// Magic, then for each part its lessons, its calibrations and its fields, as a file of weights has them.
enum StandInFile {
  private static let magic: UInt32 = 0x3253_4B44

  static func bytes(of parts: [StandIns.Part]) -> [UInt8] {
    var writer = ByteWriter()
    writer.put(magic)
    writer.put(parts) { writer, part in
      writer.put(part.lessons) { writer, lesson in writer.put(lesson) }
      writer.put(part.calibrations.sorted { $0.key < $1.key }) { writer, calibration in
        writer.put(calibration.key)
        writer.put(column: calibration.value.numbers.map(\.bitPattern))
      }
      RankerFile.put(part.fields, to: &writer)
    }
    return writer.bytes
  }

  /// - Throws: `model-damaged`.
  static func parts(of bytes: [UInt8]) throws(DocketError) -> [StandIns.Part] {
    do throws(DocketError) {
      var reader = ByteReader(bytes)
      guard bytes.count <= RankerFile.longest, try reader.take(UInt32.self) == magic else {
        throw ByteReader.damaged("it is no file of stand-ins")
      }
      let parts = try reader.takeList(smallest: 12) { reader throws(DocketError) in try part(&reader) }
      try reader.finish()
      return parts
    } catch {
      throw DocketError(.modelDamaged, "The stand-ins of the model are damaged.", cause: error.sentence)
    }
  }

  private static func part(_ reader: inout ByteReader) throws(DocketError) -> StandIns.Part {
    let lessons = try reader.takeList(smallest: 4) { reader throws(DocketError) in try reader.takeText() }
    let calibrations = try reader.takeList(smallest: 4) { reader throws(DocketError) in
      let path = try reader.takeText()
      let count = Calibration.Weights.names.count
      let numbers = try reader.take(column: count, of: UInt64.self).map { Double(bitPattern: $0) }
      guard let weights = Calibration.Weights(numbers) else { throw ByteReader.damaged("a number is none") }
      return (path, weights)
    }
    return StandIns.Part(
      lessons: lessons, fields: try RankerFile.fields(&reader),
      calibrations: Dictionary(calibrations, uniquingKeysWith: { first, _ in first }))
  }
}

extension StandIns {
  /// What a card says belongs to it, held against it.
  ///
  /// - Returns: nil where the card names none.
  /// - Throws: `model-damaged` where they are others than the card names.
  package init?(card text: String, bytes: [UInt8]) throws(DocketError) {
    let card = try ModelCard(json: text)
    guard let named = card.standIns else { return nil }
    guard named == ContentDigest(of: bytes) else {
      throw DocketError(.modelDamaged, "The stand-ins of the \(card.producer) are not those that its card names.")
    }
    contract = card.contract
    rankers = []
    places = [:]
    let all = Set(card.documents)
    for (number, part) in try StandInFile.parts(of: bytes).enumerated() {
      for lesson in part.lessons { places[lesson] = number }
      let producer = "\(card.producer) without part \(number + 1)"
      rankers.append(
        Ranker(
          contract: card.contract, producer: producer, fields: part.fields,
          calibrations: part.calibrations.mapValues {
            Calibration(learned: $0, name: producer, count: card.gain.documents)
          }, learnedFrom: all.subtracting(part.lessons), digest: ContentDigest(of: "\(named.hex) \(number)")))
    }
  }
}

extension Rankers {
  /// As they are for a document that some of them were learned from: others stand in for those.
  ///
  /// - Returns: nil where one of them knows the document and none stands in for it.
  func blind(to lesson: String, by standIns: [StandIns]) -> Rankers? {
    var blind = self
    for (place, ranker) in rankers.enumerated() where ranker.learnedFrom.contains(lesson) {
      let own = standIns.first { $0.contract == ranker.contract }
      guard let other = own?.ranker(for: lesson) else { return nil }
      blind.rankers[place] = other
    }
    return blind
  }
}
