import ArgumentParser

@main
struct DocketCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket", abstract: "Turns documents into records that other systems can trust.",
    version: "0.1.0")
}
