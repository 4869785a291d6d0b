/// What a model of a contract says of itself: `docket/model/1`. Never changed once it is written.
package struct ModelCard: Hashable, Sendable {
  package static let format = "docket/model/1"

  package var number: Int
  package var contract: ContractReference
  /// Of the contract's file when it was learned.
  package var contractDigest: ContentDigest
  /// How candidates were described, and by which extractor they were proposed.
  package var features: String
  package var extractor: String
  /// Digests, or names, of the documents that it was learned from, in order.
  package var documents: [String]
  /// How many groups (vendors, templates) they are of.
  package var groups: Int
  /// By path: in how many of them its value was known.
  package var fields: [String: Int]
  /// Where the documents are from, under which licence, and of whom; nil for a workspace's own.
  package var source: String?
  package var license: String?
  /// How its figures were taken, and what they are: right answers of all known fields, before and after.
  package var split: String
  package var comparedWith: String
  package var gain: CrossFitting.Gain
  /// By path: what turns its scores into probabilities.
  package var calibrations: [String: [Double]]
  package var weights: ContentDigest
  package var weightBytes: Int
  /// Of the rankers that stand in for it on the documents that it was learned from; nil where there are none.
  package var standIns: ContentDigest?

  package var name: String { contract.name }
  /// As provenance names it.
  package var producer: String { "\(name) model \(number)" }
}

extension ModelCard {
  /// - Parameter bytes: of the weights.
  package init(
    number: Int, of ranker: Ranker, learnedFrom lessons: [Lesson], contract: Contract, crossFitted: CrossFitting,
    comparedWith: String, source: String?, license: String?, weights bytes: [UInt8], standIns: [UInt8]
  ) {
    self.init(
      number: number, contract: contract.reference, contractDigest: contract.digest,
      features: CandidateFeatures.version, extractor: LabelExtractor.name,
      documents: lessons.map(\.id).sorted(), groups: Set(lessons.map(\.group)).count,
      fields: lessons.flatMap(\.truths.keys).reduce(into: [:]) { $0[$1, default: 0] += 1 }, source: source,
      license: license, split: "cross-fitted in \(crossFitted.parts) parts, groups kept together",
      comparedWith: comparedWith, gain: crossFitted.gain,
      calibrations: crossFitted.calibrations(name: contract.name, of: Set(ranker.fields.map(\.path))).mapValues {
        calibration in
        (calibration.weights["*/*"] ?? .init(bias: 0, probability: 1, check: 0, reading: 0)).numbers
      },
      weights: ContentDigest(of: bytes), weightBytes: bytes.count, standIns: ContentDigest(of: standIns))
  }

  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("format", ModelCard.format)
      json.member("name", name)
      json.member("number", number)
      json.member("contract", contract.description)
      json.member("contract_sha256", contractDigest.hex)
      json.member("features", features)
      json.member("extractor", extractor)
      json.memberObject("learned_from") { json in
        json.member("documents", documents.count)
        json.member("groups", groups)
        json.member("source", source)
        json.memberObject("fields") { json in
          for (path, count) in fields.sorted(by: { $0.key < $1.key }) { json.member(path, count) }
        }
        json.memberArray("sha256") { json in for document in documents { json.string(document) } }
      }
      json.member("license", license)
      json.memberObject("figures") { json in
        json.member("split", split)
        json.member("compared_with", comparedWith)
        json.member("documents", gain.documents)
        json.member("fields", gain.fields)
        json.member("right_before", gain.rightBefore)
        json.member("right", gain.right)
        json.member("at_least", gain.least, digits: 4)
        json.memberObject("by_field") { json in
          for (path, count) in gain.byPath.sorted(by: { $0.key < $1.key }) {
            json.memberObject(path) { json in
              json.member("fields", count.fields)
              json.member("right_before", count.rightBefore)
              json.member("right", count.right)
            }
          }
        }
      }
      json.memberObject("calibration") { json in
        for (path, weights) in calibrations.sorted(by: { $0.key < $1.key }) {
          json.memberArray(path) { json in for weight in weights { json.number(weight, digits: 4) } }
        }
      }
      json.memberObject("weights") { json in
        json.member("bytes", weightBytes)
        json.member("sha256", weights.hex)
      }
      if let standIns { json.memberObject("stand_ins") { json in json.member("sha256", standIns.hex) } }
    }
    // A line a member, so that differences can be read.
    return json.text.replacing(",\"", with: ",\n\"") + "\n"
  }

  /// - Throws: `model-damaged` where the text is no card.
  package init(json text: String) throws(DocketError) {
    do throws(JSONMistake) {
      self = try ModelCard(JSONValue(parsing: text))
    } catch {
      throw DocketError(.modelDamaged, "The card of the model cannot be understood: \(error.what).")
    }
  }

  private init(_ json: JSONValue) throws(JSONMistake) {
    guard json["format"] == .string(ModelCard.format) else { throw JSONMistake("it is no card of a model") }
    func digest(_ json: JSONValue) throws(JSONMistake) -> ContentDigest {
      guard let digest = ContentDigest(hex: try json.string) else { throw JSONMistake("a digest is none") }
      return digest
    }
    func text(_ json: JSONValue) throws(JSONMistake) -> String? {
      try json.optional { json throws(JSONMistake) in try json.string }
    }
    let figures = json["figures"]
    let byPath = try figures["by_field"].dictionary { json throws(JSONMistake) in
      CrossFitting.Gain.Count(
        fields: try json["fields"].integer, rightBefore: try json["right_before"].integer,
        right: try json["right"].integer)
    }
    let contract = VersionedName(try json["contract"].string)
    guard let contract, let version = contract.version else { throw JSONMistake("the contract has no version") }
    let learned = json["learned_from"]
    self.init(
      number: try json["number"].integer, contract: ContractReference(name: contract.name, version: version),
      contractDigest: try digest(json["contract_sha256"]), features: try json["features"].string,
      extractor: try json["extractor"].string,
      documents: try learned["sha256"].list { json throws(JSONMistake) in try json.string },
      groups: try learned["groups"].integer,
      fields: try learned["fields"].dictionary { json throws(JSONMistake) in try json.integer },
      source: try text(learned["source"]), license: try text(json["license"]),
      split: try figures["split"].string, comparedWith: try figures["compared_with"].string,
      gain: CrossFitting.Gain(
        documents: try figures["documents"].integer, fields: try figures["fields"].integer,
        rightBefore: try figures["right_before"].integer, right: try figures["right"].integer, byPath: byPath,
        least: try figures["at_least"].double),
      calibrations: try json["calibration"].dictionary { json throws(JSONMistake) in
        let numbers = try json.list { json throws(JSONMistake) in try json.double }
        guard let weights = Calibration.Weights(numbers) else { throw JSONMistake("a calibration is none") }
        return weights.numbers
      },
      weights: try digest(json["weights"]["sha256"]), weightBytes: try json["weights"]["bytes"].integer,
      standIns: try json["stand_ins"].optional { json throws(JSONMistake) in try digest(json["sha256"]) })
  }
}

extension Ranker {
  /// A model's card and weights, held against each other and against the contract in use.
  ///
  /// - Throws: `model-damaged` where they do not belong together, `model-mismatch` where they are for another contract.
  package init(card text: String, weights bytes: [UInt8], contract: Contract) throws(DocketError) {
    let card = try ModelCard(json: text)
    guard card.weightBytes == bytes.count, card.weights == ContentDigest(of: bytes) else {
      throw DocketError(.modelDamaged, "The weights of the \(card.producer) are not those that its card names.")
    }
    guard card.contract == contract.reference else {
      throw DocketError(
        .modelMismatch, "The \(card.producer) was learned for \(card.contract), not for \(contract.reference).")
    }
    guard card.features == CandidateFeatures.version else {
      throw DocketError(
        .modelMismatch, "The \(card.producer) was learned by a Docket that saw documents differently.")
    }
    let fields = try RankerFile.fields(of: bytes)
    guard fields.allSatisfy({ Lesson.path($0.path, in: contract) == $0.path }) else {
      throw DocketError(
        .modelMismatch, "The \(card.producer) speaks of fields that \(contract.reference) does not have.")
    }
    self.init(
      contract: card.contract, producer: card.producer, fields: fields,
      calibrations: card.calibrations.compactMapValues(Calibration.Weights.init).mapValues { weights in
        Calibration(learned: weights, name: card.producer, count: card.gain.documents)
      }, learnedFrom: Set(card.documents), digest: ContentDigest(of: text))
  }
}
