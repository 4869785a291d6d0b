import Testing

@testable import Docket

@Suite struct ModelFileTests {
  private func trained() async throws -> Training {
    try Training(
      try await owedLessons(12), of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot",
      source: "made up", license: "CC0-1.0")
  }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DocketError)?.code.id ?? "\(error)"
    }
  }

  @Test("card and weights are read back as they were written")
  func roundTrip() async throws {
    let trained = try await trained()
    #expect(try RankerFile.fields(of: trained.weights) == trained.ranker.fields)
    #expect(RankerFile.bytes(of: trained.ranker.fields) == trained.weights)
    let card = try ModelCard(json: trained.card.json)
    #expect(card.json == trained.card.json)
    #expect(card.producer == "slip model 7" && card.documents.count == 12 && card.groups == 4)
    #expect(card.license == "CC0-1.0" && card.contract.description == "slip@2")
    #expect(trained.weights.count < 200_000)
  }

  @Test("weights that are cut off, changed or another file's are refused, whatever the place")
  func damaged() async throws {
    let trained = try await trained()
    let card = trained.card.json
    for length in stride(from: 0, to: trained.weights.count, by: max(1, trained.weights.count / 60)) {
      let cut = Array(trained.weights.prefix(length))
      #expect(code { _ = try RankerFile.fields(of: cut) } == "model-damaged")
      #expect(code { _ = try Ranker(card: card, weights: cut, contract: owedContract) } == "model-damaged")
    }
    var turned = trained.weights
    turned[turned.count / 2] ^= 0x10
    #expect(code { _ = try Ranker(card: card, weights: turned, contract: owedContract) } == "model-damaged")
    #expect(code { _ = try RankerFile.fields(of: Array("no weights at all".utf8)) } == "model-damaged")
    #expect(code { _ = try RankerFile.fields(of: trained.weights + [0]) } == "model-damaged")
    #expect(code { _ = try ModelCard(json: "{}") } == "model-damaged")
    #expect(code { _ = try ModelCard(json: String(card.prefix(300))) } == "model-damaged")
  }

  @Test("a contract of another version, other fields, or features of another Docket do not match")
  func mismatch() async throws {
    let trained = try await trained()
    var newer = owedContract
    newer.version = 3
    #expect(
      code { _ = try Ranker(card: trained.card.json, weights: trained.weights, contract: newer) } == "model-mismatch")
    var other = owedContract
    other.fields = [Field(name: "sum", type: .money)]
    #expect(
      code { _ = try Ranker(card: trained.card.json, weights: trained.weights, contract: other) } == "model-mismatch")
    let foreign = trained.card.json.replacing("\"\(CandidateFeatures.version)\"", with: "\"features 0\"")
    #expect(
      code { _ = try Ranker(card: foreign, weights: trained.weights, contract: owedContract) } == "model-mismatch")
  }

  @Test("what a stage gives is known by the model it used, and by the trouble with one")
  func fingerprints() async throws {
    let trained = try await trained()
    func digest(_ rankers: Rankers) -> ContentDigest {
      ExtractStage([], settings: ContentDigest(of: ""), rankers: rankers).fingerprint
    }
    let trouble = Rankers(troubles: [owedContract.reference: Finding("model-damaged", .warning, "Gone.")])
    let all = [digest(.none), digest(Rankers([trained.ranker])), digest(trouble)]
    #expect(Set(all).count == 3)
    #expect(Normalizer(rankers: Rankers([trained.ranker])).fingerprint != Normalizer().fingerprint)
  }

  @Test("a model that cannot be used is told with the document, which is understood without it")
  func trouble() async throws {
    let stage = ExtractStage(
      [LabelExtractor(Lexicon([]), vocabularies: [:])], settings: ContentDigest(of: ""),
      rankers: Rankers(troubles: [owedContract.reference: Finding("model-damaged", .warning, "Gone.")]))
    let reading = page([[("Total", 50), ("9.00", 200)]])
    let found = try await stage.run(
      .init(reading: reading, contract: owedContract), in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
    #expect(found.findings.map(\.code) == ["model-damaged"])
    #expect(found.candidates["total"]?.first?.value.canonical == "9.00")
  }
}
