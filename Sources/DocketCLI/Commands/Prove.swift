import ArgumentParser
import Docket

/// `docket prove [PIPELINE]`: from which confidence on records may go without a person.
struct ProveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Proves, from what people answered, from which confidence on records may go without a person.",
    discussion: """
      The policy promises an error rate (`promise: { wrong_at_most: { records: 2% }, certainty: 95% }`); a proof is the \
      threshold that keeps it, shown on answered documents. About 160 without error prove 2 %, 320 prove 1 %. \
      A proof is of one combination of readers, models, contracts and policy. After a change this command works out \
      from the readings that were kept what the new combination would have made of the answered documents; of those \
      that a model in use was learned from it asks what was learned from documents of other vendors. \
      `docket run` and `docket review` look by themselves; every look costs a little certainty, so another one comes \
      when the answers have grown by half.
      """)

  @Argument(help: "The pipeline; the only one unless given.")
  var pipeline: String?

  @Option(help: ArgumentHelp("Only this contract.", valueName: "name"))
  var contract: String?

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    let file = try office.pipeline(pipeline)
    let policy = try office.policy(of: file)
    guard let promise = policy.promise else {
      throw DocketError(
        .badConfiguration, "The policy `\(policy.name)` promises nothing that could be proven.",
        hint: "Add `promise: { wrong_at_most: { records: 2% }, certainty: 95% }` to it.")
    }
    if let contract, !file.accepts.contains(where: { $0.split(separator: "@").first.map(String.init) == contract }) {
      throw DocketError(.unknownContract, "The pipeline `\(file.name)` accepts no contract `\(contract)`.")
    }
    let standings = try await office.proofDesk(file).prove(
      by: office.attribution(Person.current), isReworking: true, only: contract)
    if output.isJSON {
      for standing in standings { output.data(ProofLine(pipeline: file.name, promise, standing).json) }
      return
    }
    output.data("\(file.name): \(ProofText.words(promise)) (policy \(policy.name)@\(policy.version))")
    let text = ProofText(output: output)
    let known = standings.filter { contract != nil || !$0.isUntouched }
    if known.isEmpty {
      output.data("  No answered document counts towards a proof yet. `docket review` asks what one needs.")
    }
    for standing in known {
      output.data(text.line(standing, promise))
      for line in text.curve(standing.verdicts, certainty: promise.certainty) {
        output.data(output.styled(line, .dim))
      }
    }
    if policy.autonomy != .auto {
      output.note("docket: The policy's autonomy is `\(policy.autonomy.rawValue)`: nothing goes without a person.")
    }
  }
}
