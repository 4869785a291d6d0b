import DocketTesting
import Foundation
import Testing

/// `Docs/commands.md` is what the commands say of themselves.
@Suite struct CommandsPageTests {
  static let docket = BuiltProgram("docket")

  struct Tool: Decodable {
    let command: Command
    struct Command: Decodable {
      let commandName: String
      let abstract: String?
      let subcommands: [Command]?
    }
  }

  /// Every command with its path below `docket`: `["review", "list"]`.
  static func commands() throws -> [(path: [String], command: Tool.Command)] {
    let dump = try docket.run(["--experimental-dump-help"]).output
    let root = try JSONDecoder().decode(Tool.self, from: Data(dump.utf8)).command
    func walk(_ command: Tool.Command, _ path: [String]) -> [(path: [String], command: Tool.Command)] {
      [(path, command)] + (command.subcommands ?? []).flatMap { walk($0, path + [$0.commandName]) }
    }
    return (root.subcommands ?? []).flatMap { walk($0, [$0.commandName]) }
  }

  @Test("every command has a summary and a help screen, on standard output, with exit code 0")
  func helpScreens() throws {
    for (path, command) in try CommandsPageTests.commands() {
      let ending = try CommandsPageTests.docket.run(["help"] + path)
      #expect(ending.status == 0, "\(path)")
      #expect(ending.output.contains("USAGE: docket \(path.joined(separator: " "))"), "\(path)")
      #expect(command.abstract?.hasSuffix(".") == true, "\(path) has no sentence")
    }
  }

  @Test("Docs/commands.md is up to date")
  func page() throws {
    var page = """
      # Commands

      Generated: `DOCKET_UPDATE=1 swift test --filter CommandsPageTests` writes it anew.
      `docket help COMMAND` shows the same.


      """
    let codes = try CommandsPageTests.docket.run(["help", "exit-codes"]).output
    page += "## Exit codes\n\n```\n" + codes.trimmingCharacters(in: .newlines) + "\n```\n\n"
    for (path, _) in try CommandsPageTests.commands() {
      let screen = try CommandsPageTests.docket.run(["help"] + path, environment: ["COLUMNS": "100"]).output
      let text = screen.split(separator: "\n", omittingEmptySubsequences: false)
        .map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
      page += "## docket \(path.joined(separator: " "))\n\n```\n"
      page += text.trimmingCharacters(in: .newlines) + "\n```\n\n"
    }
    page.removeLast()
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/commands.md")
    if ProcessInfo.processInfo.environment["DOCKET_UPDATE"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    let committed = try? String(contentsOf: file, encoding: .utf8)
    #expect(committed == page, "run it once with DOCKET_UPDATE=1")
  }
}
