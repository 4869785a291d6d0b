package import Docket

/// An understanding small enough to see through: `thing 4711` is a thing with a number. `thing 4711?` is asked of a
/// person, `thing 4711!` refused; everything else is unknown.
package enum SamplePipeline {
  package static let contract = Contract(
    name: "thing", version: 1, summary: "A thing with a number.", fields: [Field(name: "number", type: .id)],
    digest: ContentDigest(of: "thing 1"))

  package static func pipeline(to destinations: [String]) -> Pipeline {
    Pipeline(
      classify: ClassifyStage(Classifier(), contracts: [contract]),
      extract: ExtractStage([], settings: ContentDigest(of: "")), normalize: NormalizeStage(Normalizer()),
      decide: DecideStage(Rule(destinations: destinations)))
  }

  package static func file(sources: [String] = ["inbox"], limits: ReadLimits = .init()) -> PipelineFile {
    PipelineFile(
      name: "office", summary: "", sources: sources.map { .init(name: $0, kind: "folder", settings: [:]) },
      accepts: ["thing"], policy: "careful", routes: [], destinations: [], limits: limits,
      digest: ContentDigest(of: "office"))
  }

  /// The number that a reading holds.
  private static func number(in reading: Reading) -> String? {
    guard case .text(let text) = reading.content else { return nil }
    let words = text.text.split { $0 == " " || $0 == "\n" }
    return words.count > 1 && words[0] == "thing" ? String(words[1]) : nil
  }

  private struct Classifier: Classifying {
    let fingerprint = ContentDigest(of: "classifier 1")
    func classify(_ reading: Reading, among contracts: [Contract], cover: Cover?) -> Classification {
      Classification(contract: number(in: reading) == nil ? nil : contracts.first?.reference, confidence: 1)
    }
  }

  private struct Normalizer: Normalizing {
    let fingerprint = ContentDigest(of: "normalizer 1")
    func normalize(_ input: NormalizeStage.Input, in context: Context) -> Record {
      let number = SamplePipeline.number(in: input.reading) ?? ""
      let place = Provenance(document: context.document, locator: .span(0..<number.count), producer: "sample 1")
      let value = Sourced(value: .text(number), raw: number, confidence: 1, provenance: [place])
      return Record(
        id: context.document ?? DocumentID(hex: ""), contract: input.contract.reference, classification: 1,
        fields: [RecordField(path: "number", values: [value], confidence: 1)],
        findings: context.cover.map { [Finding("sender", .note, $0.sender)] } ?? [], sensitivity: context.sensitivity)
    }
  }

  private struct Rule: Policy {
    let destinations: [String]
    let fingerprint = ContentDigest(of: "rule 1")
    func decide(_ record: Record, facts: ReadingFacts, in context: Context) -> Decision {
      let number = record.value("number")?.canonical ?? ""
      if number.hasSuffix("?") { return Decision(route: .review, destinations: destinations) }
      if number.hasSuffix("!") { return Decision(route: .reject) }
      return Decision(route: .deliver, destinations: destinations)
    }
  }
}
