/// What a model of texts says of itself: `docket/text-model/1`. Never changed once it is written.
package struct TextCard: Hashable, Sendable, LearnedCard {
  package static let format = "docket/text-model/1"

  package var name: String
  package var number: Int
  /// Of a field's values: the contract and its path.
  package var contract: ContractReference?
  package var path: String?
  /// How texts were seen.
  package var marks: String
  /// What its scores stand on: `zero-shot`, or the number of a shipped model.
  package var base: String
  /// Digests, or names, of the documents that it was learned from, in order.
  package var documents: [String]
  package var groups: Int
  /// By class: how many documents were of it; `unknown` is none of them.
  package var classes: [String: Int]
  package var source: String?
  package var license: String?
  package var split: String
  package var comparedWith: String
  package var gain: CrossFitting.Gain
  /// Over classes; and the share of documents that a threshold accepts of which 95 % are right.
  package var macroF1: Double
  package var coverage: Double
  package var calibration: [Double]
  package var weights: ContentDigest
  package var weightBytes: Int

  package var subject: String { contract.map { "\($0) \(path ?? "")" } ?? name }
  package var basis: String { "\(classes.count) classes, \(marks), on \(base)" }
  package var kind: TextKind {
    if let contract, let path { .category(contract: contract, path: path) } else { .types }
  }

  package static let zeroShot = "zero-shot"
}

extension TextCard {
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("format", TextCard.format)
      json.member("name", name)
      json.member("number", number)
      json.member("contract", contract?.description)
      json.member("path", path)
      json.member("marks", marks)
      json.member("base", base)
      json.memberObject("learned_from") { json in
        json.member("documents", documents.count)
        json.member("groups", groups)
        json.member("source", source)
        json.memberObject("classes") { json in
          for (name, count) in classes.sorted(by: { $0.key < $1.key }) { json.member(name, count) }
        }
        json.memberArray("sha256") { json in for document in documents { json.string(document) } }
      }
      json.member("license", license)
      json.memberObject("figures") { json in
        json.member("split", split)
        json.member("compared_with", comparedWith)
        json.member("documents", gain.documents)
        json.member("right_before", gain.rightBefore)
        json.member("right", gain.right)
        json.member("at_least", gain.least, digits: 4)
        json.member("macro_f1", macroF1, digits: 4)
        json.member("coverage_at_95_percent", coverage, digits: 4)
        json.memberObject("by_class") { json in
          for (name, count) in gain.byPath.sorted(by: { $0.key < $1.key }) {
            json.memberObject(name) { json in
              json.member("documents", count.fields)
              json.member("right_before", count.rightBefore)
              json.member("right", count.right)
            }
          }
        }
      }
      json.memberArray("calibration") { json in for weight in calibration { json.number(weight, digits: 4) } }
      json.memberObject("weights") { json in
        json.member("bytes", weightBytes)
        json.member("sha256", weights.hex)
      }
    }
    // A line a member, so that differences can be read.
    return json.text.replacing(",\"", with: ",\n\"") + "\n"
  }

  /// - Throws: `model-damaged` where the text is no card.
  package init(json text: String) throws(DocketError) {
    do throws(JSONMistake) {
      self = try TextCard(JSONValue(parsing: text))
    } catch {
      throw DocketError(.modelDamaged, "The card of the model cannot be understood: \(error.what).")
    }
  }

  private init(_ json: JSONValue) throws(JSONMistake) {
    guard json["format"] == .string(TextCard.format) else { throw JSONMistake("it is no card of a model of texts") }
    func text(_ json: JSONValue) throws(JSONMistake) -> String? {
      try json.optional { json throws(JSONMistake) in try json.string }
    }
    let contract = try json["contract"].optional(ContractReference.init(named:))
    let learned = json["learned_from"]
    let figures = json["figures"]
    let byClass = try figures["by_class"].dictionary { json throws(JSONMistake) in
      CrossFitting.Gain.Count(
        fields: try json["documents"].integer, rightBefore: try json["right_before"].integer,
        right: try json["right"].integer)
    }
    let count = try figures["documents"].integer
    let calibration = try json["calibration"].list { json throws(JSONMistake) in try json.double }
    guard calibration.count == 2, calibration.allSatisfy(\.isFinite) else {
      throw JSONMistake("the calibration has not two weights")
    }
    guard let digest = ContentDigest(hex: try json["weights"]["sha256"].string) else {
      throw JSONMistake("a digest is none")
    }
    self.init(
      name: try json["name"].string, number: try json["number"].integer, contract: contract,
      path: try text(json["path"]), marks: try json["marks"].string, base: try json["base"].string,
      documents: try learned["sha256"].list { json throws(JSONMistake) in try json.string },
      groups: try learned["groups"].integer,
      classes: try learned["classes"].dictionary { json throws(JSONMistake) in try json.integer },
      source: try text(learned["source"]), license: try text(json["license"]), split: try figures["split"].string,
      comparedWith: try figures["compared_with"].string,
      gain: CrossFitting.Gain(
        documents: count, fields: count, rightBefore: try figures["right_before"].integer,
        right: try figures["right"].integer, byPath: byClass, least: try figures["at_least"].double),
      macroF1: try figures["macro_f1"].double, coverage: try figures["coverage_at_95_percent"].double,
      calibration: calibration, weights: digest, weightBytes: try json["weights"]["bytes"].integer)
  }
}

extension ContractReference {
  /// `invoice@1`.
  fileprivate init(named json: JSONValue) throws(JSONMistake) {
    guard let name = VersionedName(try json.string), let version = name.version else {
      throw JSONMistake("the contract has no version")
    }
    self.init(name: name.name, version: version)
  }
}

extension TextModel {
  /// A model's card and weights, held against each other.
  ///
  /// - Throws: `model-damaged` where they do not belong together, `model-mismatch` where texts were seen differently.
  package init(card text: String, weights bytes: [UInt8]) throws(DocketError) {
    try self.init(try TextCard(json: text), of: text, weights: bytes)
  }

  /// - Parameter text: what the card was read from.
  package init(_ card: TextCard, of text: String, weights bytes: [UInt8]) throws(DocketError) {
    guard card.weightBytes == bytes.count, card.weights == ContentDigest(of: bytes) else {
      throw DocketError(.modelDamaged, "The weights of the \(card.producer) are not those that its card names.")
    }
    guard card.marks == TextMarks.version else {
      throw DocketError(.modelMismatch, "The \(card.producer) was learned by a Docket that saw texts differently.")
    }
    self = try TextModelFile.model(of: bytes)
    name = card.name
    producer = card.producer
    calibration = card.calibration
    learnedFrom = Set(card.documents)
    digest = ContentDigest(of: text)
  }
}
