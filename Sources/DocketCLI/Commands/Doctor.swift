import ArgumentParser
import Docket

/// `docket doctor`: what is missing on this machine, and the line that installs it.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Says what is missing on this machine, and the line that installs it.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let folder = Workspace.nearest()
    let settings = try common.settings(workspace: folder)
    let examination = Examination(settings: settings, workspace: folder)
    let findings = examination.run()
    let packages = Array(Set(findings.flatMap(\.packages))).sorted()
    if output.isJSON {
      output.data(Doctor.json(findings, packages: packages))
    } else {
      for finding in findings {
        let mark =
          switch finding.state {
          case .fine: output.styled("ok     ", .green)
          case .doubtful: output.styled("doubt  ", .yellow)
          case .missing: output.styled("missing", .red)
          }
        output.data("\(mark)  \(finding.name): \(PlainText.oneLine(finding.detail))")
      }
      if !packages.isEmpty { output.data("\nInstall with: apt-get install \(packages.joined(separator: " "))") }
    }
    if findings.contains(where: { $0.state == .missing }) { throw ExitCode.missingDependency }
  }
}

/// What an examination finds.
enum Doctor {
  enum State: String { case fine, doubtful, missing }

  struct Finding {
    var name: String
    var state: State
    var detail: String
    /// Debian's, that would mend it.
    var packages: [String] = []
  }

  static func json(_ findings: [Finding], packages: [String]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/doctor/1")
      json.member("healthy", !findings.contains { $0.state == .missing })
      json.memberArray("findings") { json in
        for finding in findings {
          json.object { json in
            json.member("name", finding.name)
            json.member("state", finding.state.rawValue)
            json.member("detail", finding.detail)
            json.memberArray("packages") { json in for name in finding.packages { json.string(name) } }
          }
        }
      }
      json.memberArray("packages") { json in for name in packages { json.string(name) } }
    }
    return json.text
  }
}
