import Testing

@testable import Docket

/// Documents of two contracts and of none, told by their texts.
@Suite struct LearnedTypesTests {
  private static func contract(_ name: String, heading: String, label: String) -> Contract {
    Contract(
      name: name, version: 1, summary: "", headings: ["en": [WeightedPhrase(heading)]],
      fields: [Field(name: "number", type: .id, required: true, labels: ["en": [WeightedPhrase(label)]])],
      digest: ContentDigest(of: name))
  }

  private let contracts = [
    contract("permit", heading: "mooring permit", label: "permit number"),
    contract("waiver", heading: "liability waiver", label: "waiver number"),
  ]
  /// Written a minute ago: nothing was learned of it.
  private static let late = contract("manifest", heading: "cargo manifest", label: "manifest number")

  private static let berth =
    "the boat berths at jetty seven and pays harbour dues for every night that its crew sleeps aboard with lines ashore"
  private static let climb =
    "the climber ropes up at own risk and holds no guide to blame for falls that rain or ice or loose rocks may bring"
  private static let lunch =
    "lunch menu of this week soup with bread then fish or beans and for those who like it sweet a cake of ripe plums"

  /// Words as far apart as in print.
  private func document(_ lines: String...) -> Reading {
    page(
      lines.map { line in
        var x: Float = 50
        return line.split(separator: " ").map { word in
          defer { x += Float(5 * word.count + 4) }
          return (String(word), x)
        }
      })
  }

  /// Papers that say nothing that a contract names.
  private func lessons() throws -> [TextLesson] {
    let classifier = Classifier(words: [])
    let texts: [(String?, String)] = [
      ("permit", LearnedTypesTests.berth), ("waiver", LearnedTypesTests.climb), (nil, LearnedTypesTests.lunch),
    ]
    return try (0..<120).map { number in
      let (truth, text) = texts[number % 3]
      let words = text.split(separator: " ")
      let reading = document(text, "serial \(number)", String(words[number % words.count]))
      return try #require(
        classifier.textLesson(
          id: "\(number)", group: "\(number)", reading: reading, among: contracts, truth: truth))
    }
  }

  private func model() throws -> TextModel {
    try TextTeaching(lessons(), of: .types, number: 1, comparedWith: TextCard.zeroShot).model
  }

  @Test("a document that names no contract is known by its text; one of no kind stays unknown")
  func learned() throws {
    let classifier = Classifier(words: [], learned: [try model()])
    let berth = document(LearnedTypesTests.berth)
    #expect(Classifier(words: []).classify(berth, among: contracts).contract == nil)
    let found = classifier.classify(berth, among: contracts)
    #expect(found.contract?.name == "permit" && found.evidence.last == "types model 1")
    #expect(found.confidence > 0.5)
    let menu = classifier.classify(document(LearnedTypesTests.lunch), among: contracts)
    #expect(menu.contract == nil && menu.confidence > 0.5)
    let strange = classifier.classify(document("quarterly weather almanac of northern provinces"), among: contracts)
    #expect(strange.contract == nil, "of words that were never seen nothing was learned")
    for word in ["boat", "jetty", "ropes"] {
      #expect(classifier.classify(document(word), among: contracts).contract == nil, "a word is of no kind")
    }
  }

  @Test("a contract that was written after the model was learned is known by its headings and labels")
  func newContract() throws {
    let classifier = Classifier(words: [], learned: [try model()])
    let all = contracts + [LearnedTypesTests.late]
    let manifest = document("CARGO MANIFEST", "Manifest number 4711", "the crates lie below deck")
    #expect(classifier.classify(manifest, among: all).contract?.name == "manifest")
    #expect(classifier.classify(document(LearnedTypesTests.berth), among: all).contract?.name == "permit")
  }

  @Test("a contract that a pipeline does not accept is never given, whatever was learned")
  func otherContracts() throws {
    let classifier = Classifier(words: [], learned: [try model()])
    let found = classifier.classify(document(LearnedTypesTests.berth), among: [contracts[1]])
    #expect(found.contract == nil)
  }

  @Test("what was learned changes the fingerprint")
  func fingerprint() throws {
    #expect(Classifier(words: []).fingerprint != Classifier(words: [], learned: [try model()]).fingerprint)
  }
}

@Suite struct LearnedCategoriesTests {
  private let contract = Contract(
    name: "request", version: 1, summary: "",
    fields: [
      Field(name: "about", type: .category, vocabulary: "kinds", labels: ["en": [WeightedPhrase("category")]])
    ], digest: ContentDigest(of: "request"))

  private func record(of text: String) async throws -> RecordField {
    let model = try TextTeaching(requestLessons(), of: requestKind, number: 1, comparedWith: TextCard.zeroShot).model
    let texts = TextModels(chains: [requestKind.name: [model]])
    let kinds = Vocabulary(
      name: "kinds", version: 1,
      values: ["hardware", "access", "catering"].map { .init(name: $0, labels: ["en": [WeightedPhrase($0)]]) },
      digest: ContentDigest(of: "kinds"))
    let stage = ExtractStage(
      [LabelExtractor(Lexicon([]), vocabularies: ["kinds": kinds])], settings: ContentDigest(of: ""), texts: texts)
    let reading = Reading(mediaType: "text/plain", content: .text(TextReading(text: text)))
    let context = Context(digest: ContentDigest(of: text), name: "a.txt")
    let extraction = try await stage.run(.init(reading: reading, contract: contract), in: context)
    let record = Normalizer(texts: texts).normalize(
      NormalizeStage.Input(
        reading: reading, contract: contract,
        classification: Classification(contract: contract.reference, confidence: 1), extraction: extraction),
      in: context)
    return try #require(record.field("about"))
  }

  @Test("a text says its category without naming it, and comes with a probability and a place")
  func unsaid() async throws {
    let field = try await record(of: "my password is locked, please reset the account")
    #expect(field.values.first?.value.canonical == "access")
    #expect(field.confidence > 0.7 && field.confidence < 1)
    let provenance = try #require(field.values.first?.provenance.first)
    #expect(provenance.producer == "request.about model 1")
    #expect(provenance.locator == .span(0..<47))
  }

  @Test("a value of which nothing was learned is given where it is printed")
  func printed() async throws {
    let field = try await record(of: "Category: catering\n\nno sandwiches were left on the third floor")
    #expect(field.values.first?.value.canonical == "catering")
    #expect(field.values.first?.provenance.first?.producer.hasPrefix(LabelExtractor.name) == true)
  }

  @Test("a value is found however it is written")
  func vocabulary() {
    let kinds = Vocabulary(
      name: "kinds", version: 1, values: [.init(name: "hr_support", labels: ["en": [WeightedPhrase("personnel")]])],
      digest: ContentDigest(of: "k"))
    #expect(kinds.value(of: "HR Support") == "hr_support")
    #expect(kinds.value(of: "Personnel") == "hr_support")
    #expect(kinds.value(of: "catering") == nil)
  }
}
