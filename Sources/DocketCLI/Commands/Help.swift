import ArgumentParser
import Docket
import DocketConnectors

/// `docket help`, `docket help run`, `docket help pdf-encrypted`.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explains a command, an error code, a source or a destination.",
    discussion: """
      `docket help codes` lists every error code, `docket help exit-codes` what a command can end with, `docket help source` and `docket help destination` what a \
      pipeline can name, `docket help destination csv` the settings of one.
      """)

  @Argument(help: "A command, or an error code such as `pdf-encrypted`.")
  var topic: [String] = []

  @OptionGroup var common: CommonOptions

  func run() throws {
    let output = common.output
    if let first = topic.first, topic.count == 1 {
      if first == "exit-codes" {
        for code in ExitCode.allCases { output.data("\(code.rawValue)".padding(5) + code.meaning) }
        return
      }
      if first == "codes" { return try list(ErrorCatalog.all, output) }
      if let code = ErrorCatalog.code(first) { return try list([code], output) }
    }
    if topic.count <= 2, let manuals = HelpCommand.manuals(topic.first) { return try show(manuals, output) }
    output.data(try screen(for: topic))
  }

  private static func manuals(_ door: String?) -> [ConnectorManual]? {
    switch door {
    case "source", "sources": Connectors.sources.map { $0.manual }
    case "destination", "destinations": Connectors.destinations.map { $0.manual }
    default: nil
    }
  }

  private func show(_ manuals: [ConnectorManual], _ output: Output) throws {
    guard topic.count == 2 else {
      for manual in manuals { output.data("\(manual.kind.padding(10))\(manual.summary)") }
      return
    }
    guard let manual = manuals.first(where: { $0.kind == topic[1] }) else {
      throw DocketError(
        .usage, "There is no \(topic[0]) of the kind `\(PlainText.oneLine(topic[1]))`.",
        hint: "Kinds: \(manuals.map { "`\($0.kind)`" }.joined(separator: ", ")).")
    }
    output.data(manual.text)
  }

  private func list(_ codes: [ErrorCode], _ output: Output) throws {
    for code in codes {
      if output.isJSON {
        output.data(try JSONLine.text(Explanation(code)))
      } else {
        let again = code.isTransient ? " It is tried again by itself." : ""
        output.data("\(output.styled(code.id, .bold)): \(code.meaning)\n  \(code.remedy)\(again)")
      }
    }
  }

  private func screen(for topic: [String]) throws -> String {
    var path: [any ParsableCommand.Type] = [DocketCommand.self]
    for name in topic {
      let children = path[path.count - 1].configuration.subcommands
      guard let child = children.first(where: { $0._commandName == name }) else {
        let known = children.map { $0._commandName } + ErrorCatalog.all.map(\.id)
        let near = Spelling.nearest(to: name, in: known).map { "Did you mean `\($0)`? " } ?? ""
        throw DocketError(
          .usage, "There is no command and no error code `\(PlainText.oneLine(name))`.",
          hint: "\(near)`docket help` lists the commands, `docket help codes` the error codes.")
      }
      path.append(child)
    }
    return DocketCommand.helpMessage(for: path[path.count - 1])
  }

  private struct Explanation: Encodable {
    let schema = "docket/error-code/1"
    let code: String
    let meaning: String
    let remedy: String
    let transient: Bool
    let exitCode: Int32

    init(_ error: ErrorCode) {
      code = error.id
      meaning = error.meaning
      remedy = error.remedy
      transient = error.isTransient
      exitCode = ExitCode(of: error).rawValue
    }
  }
}
