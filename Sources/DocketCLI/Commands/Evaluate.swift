import ArgumentParser
import Docket

/// `docket evaluate`: how good records are, and how much a threshold would let go.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures records against answers: a workspace's, or a file of truth.",
    subcommands: [Measure.self, Compare.self, Curve.self, Trial.self], defaultSubcommand: Measure.self)

  struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "measure",
      abstract: "F1 by contract and field, calibration, error rate against automation, the worst documents.",
      discussion: """
        Without files: on the documents of the workspace that people answered, as its pipeline would understand them \
        today. With files: on lines of `docket extract --json`, against `--truth`, whose lines are \
        {"file": "a.pdf", "contract": "NAME", "issuer": "Shop", "fields": {"total": "9.00", "due_on": null}}.
        """)

    @Argument(help: "Lines of `docket extract --json`, or - for standard input; none: the workspace's answers.")
    var predictions: [String] = []
    @Option(help: ArgumentHelp("What is true of the documents, as JSON lines.", valueName: "file")) var truth: String?
    @Option(help: ArgumentHelp("The pipeline; the only one unless given.", valueName: "name")) var pipeline: String?
    @Option(help: ArgumentHelp("Only documents of this contract.", valueName: "name")) var contract: String?
    @Option(help: ArgumentHelp("Wrong records that would be borne, 0 to 1; may be given again.", valueName: "share"))
    var wrongAtMost: [Double] = []
    @Option(help: ArgumentHelp("Of the proof, 0 to 1.", valueName: "share")) var certainty = 0.95
    @Option(help: ArgumentHelp("How many of the worst documents are listed.", valueName: "count")) var worst = 10
    @Option(help: ArgumentHelp("Draws confidence against truth as SVG.", valueName: "file")) var plot: String?
    @Flag(help: "Records with a check that does not hold might go, too.") var ignoreChecks = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      guard certainty > 0, certainty < 1, wrongAtMost.allSatisfy({ $0 > 0 && $0 < 1 }) else {
        throw ValidationError("Shares lie between 0 and 1.")
      }
      var evaluation = try await evaluation()
      if let contract { evaluation = evaluation.part(of: contract) }
      guard !evaluation.verdicts.isEmpty else {
        throw DocketError(
          .badInput, "There is no document whose answers are known.",
          hint: "Answer some with `docket review`, or give lines of `docket extract --json` and `--truth`.")
      }
      if let plot { try FileBytes.replace(plot, with: Array(ReliabilityPlot(evaluation).svg.utf8)) }
      let rates = wrongAtMost.isEmpty ? [0.1, 0.05, 0.02, 0.01] : wrongAtMost
      if output.isJSON {
        for verdict in evaluation.verdicts { output.data(EvaluationLine.json(of: verdict)) }
        output.data(EvaluationLine.summary(evaluation, wrongAtMost: rates, certainty: certainty))
        return
      }
      output.data(EvaluationText(output: output, rates: rates, certainty: certainty).text(evaluation, worst: worst))
    }

    private func evaluation() async throws -> Evaluation {
      if !predictions.isEmpty || truth != nil {
        guard let truth, !predictions.isEmpty else {
          throw ValidationError("Give both: lines of `docket extract --json`, and `--truth`.")
        }
        return try EvaluationFiles.evaluation(predictions, truth: truth, ignoringChecks: ignoreChecks)
      }
      let office = try await Office.open(workspace, common)
      return Evaluation(try await office.proofDesk(try office.pipeline(pipeline)).verdicts(isReworking: true))
    }
  }

  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare", abstract: "Whether one of two results on the same documents is better, or just luckier.",
      discussion: """
        Each is what `docket evaluate --json` printed, or lines of `docket extract --json` with `--truth`. The paired \
        bootstrap draws the documents anew, with both results of each.
        """)

    @Argument(help: "The first result.") var first: String
    @Argument(help: "The second result.") var second: String
    @Option(help: ArgumentHelp("What is true of the documents, as JSON lines.", valueName: "file")) var truth: String?
    @Option(help: ArgumentHelp("Of the lots.", valueName: "number")) var seed = 1
    @OptionGroup var common: CommonOptions

    func run() throws {
      let output = common.output
      let comparison = Comparison(
        try EvaluationFiles.evaluation([first], truth: truth), try EvaluationFiles.evaluation([second], truth: truth),
        seed: seed)
      guard comparison.documents > 0 else {
        throw DocketError(.badInput, "The two results have no document in common.")
      }
      output.data(output.isJSON ? comparison.json : comparison.text)
    }
  }

  struct Curve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "curve", abstract: "How much is right after how many answers, on vendors not learned from.",
      discussion: """
        On the workspace's answered documents: models are learned from 5, 10, 25 and more of them, and answer about \
        documents of vendors that they have not seen. Nothing is kept.
        """)

    @Argument(help: "The contract; all of which something was answered unless given.") var contract: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      if let contract { _ = try Wiring.contract(contract, in: office.library) }
      let studied = try await ReviewedDocuments(office: office).found(only: contract)
      guard !studied.isEmpty else {
        throw DocketError(.tooLittleToLearn, "Nobody has answered about a document of this workspace yet.")
      }
      var refusals: [DocketError] = []
      for of in studied {
        do throws(DocketError) {
          let curve = try LearningCurve(of.lessons, of: of.contract)
          common.output.data(common.output.isJSON ? curve.json(of: of.contract) : curve.text(of: of.contract))
        } catch {
          refusals.append(error)
        }
      }
      if refusals.count == studied.count, let first = refusals.first { throw first }
      for refusal in refusals { common.output.note("docket: \(refusal.sentence)") }
    }
  }

  /// For development: a script measures with it whether promises are kept on real documents.
  struct Trial: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "trial",
      abstract: "Whether a promise would have been kept, by lot, on documents with known answers.",
      discussion: "Takes what `docket evaluate --json` printed; prints one JSON object.", shouldDisplay: false)

    @Argument(help: "Lines of `docket evaluate --json`.") var file: String
    @Option(help: "Wrong records that are promised not to be exceeded, 0 to 1.") var wrongAtMost = 0.05
    @Option(help: "Of the proof, 0 to 1.") var certainty = 0.95
    @Option(help: "How often the documents are parted.") var rounds = 200
    @Option(help: "Share of the documents on which the threshold is proven, 0 to 1.") var calibration = 0.8
    @Option(help: "Draws so many instead, from the documents as if they were all there are.") var draw: Int?
    @Option(help: "Of the lots.") var seed = 1
    @OptionGroup var common: CommonOptions

    func run() throws {
      guard (1...100_000).contains(rounds), (1...100_000).contains(draw ?? 1) else {
        throw ValidationError("1 to 100,000 rounds and documents.")
      }
      let trial = PromiseTrial(wrongAtMost: wrongAtMost, certainty: certainty, rounds: rounds, seed: seed)
      let judged = try EvaluationFiles.evaluation([file], truth: nil).verdicts.map(\.judged)
      let result = draw.map { trial.draws(judged, count: $0) } ?? trial.splits(judged, calibration: calibration)
      common.output.data(result.json)
    }
  }
}

extension PromiseTrial.Result {
  fileprivate var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("rounds", rounds)
      json.member("proven", proven)
      json.member("broken", broken)
      json.member("refuted", refuted)
      json.member("share", share, digits: 4)
      json.member("best_share", bestShare, digits: 4)
    }
    return json.text
  }
}
