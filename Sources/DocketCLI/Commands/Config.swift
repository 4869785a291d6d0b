import ArgumentParser
import Docket

/// `docket config`: every setting's value, and with `--origin` where it came from.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Shows the settings, and where each came from.")

  @Flag(help: "Say where each value came from.")
  var origin = false

  @Option(help: ArgumentHelp("The workspace's folder; else the nearest one upwards from here.", valueName: "dir"))
  var workspace: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let folder = try workspace.map { try Workspace.find(stated: $0) } ?? Workspace.nearest()
    let settings = try common.settings(workspace: folder)
    let output = common.output
    if output.isJSON {
      output.data(try JSONLine.text(Listing(settings, workspace: folder)))
      return
    }
    if let folder { output.data("workspace = \(PlainText.oneLine(folder))") }
    for setting in Setting.allCases {
      let value = settings[setting]
      let place = origin ? "   \(output.styled("# \(value.origin)", .dim))" : ""
      output.data("\(setting.rawValue) = \(PlainText.oneLine(value.text))\(place)")
    }
  }

  private struct Listing: Encodable {
    let schema = "docket/config/1"
    let workspace: String?
    let settings: [String: Entry]

    struct Entry: Encodable {
      let value: String
      let origin: String
    }

    init(_ settings: Settings, workspace: String?) {
      self.workspace = workspace
      self.settings = Dictionary(
        uniqueKeysWithValues: Setting.allCases.map {
          ($0.rawValue, Entry(value: settings[$0].text, origin: settings[$0].origin.description))
        })
    }
  }
}
