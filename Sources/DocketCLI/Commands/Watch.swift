import ArgumentParser
import Docket

/// `docket watch [PIPELINE…]`: the same as `run`, for ever.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "The same as `run`, for ever, on watched folders.",
    discussion: """
      Ctrl-C or SIGTERM finishes what is in hand and ends; the next `watch` or `run` goes on. \
      SIGHUP reads the pipelines anew, and keeps those from before where the new ones have mistakes. \
      Under systemd it says when it is ready and what it does, and gives the signs of life that a watchdog asks for.
      """)

  @Argument(help: "Pipelines; all of the workspace's unless given.")
  var pipelines: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let service = WatchService(
      office: try await Office.open(workspace, common, flags: reading.flags), output: common.output, names: pipelines,
      renewed: { [common, flags = reading.flags] in try $0.renewed(common, flags: flags) })
    try await service.run()
  }
}
