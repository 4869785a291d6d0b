import ArgumentParser
import Docket
import DocketConnectors
import Glibc

/// `docket init [DIR]`: a workspace that is ready for `docket run`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a workspace: settings, an inbox and a first pipeline, ready for `docket run`.",
    discussion: """
      What is there already is left as it is. With --from the documents of a folder are looked at first, and the \
      pipeline and the settings are made for what they are; the difference is shown. --yes writes it over files that \
      are there.
      """)

  @Argument(help: "The folder; this one unless given.")
  var folder = "."

  @Option(
    help: ArgumentHelp(
      "A folder of sample documents to make the pipeline for; they are looked at, not taken in.", valueName: "dir"))
  var from: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let settings = try common.settings(reading.flags, workspace: nil)
    let library = try LibraryFolder.load(settings, workspace: nil)
    let look: SampleLook? =
      if let from { try await SampleLook.look(at: from, settings, library, output) } else { nil }
    let plan = WorkspacePlan(library: library, look: look)
    var made: [String] = []
    for name in plan.folders where access("\(folder)/\(name)", F_OK) != 0 {
      if !confirm.dryRun { try FileCalls.makeFolder("\(folder)/\(name)") }
      made.append(name + "/")
    }
    if let look { output.note(look.text) }
    var left: [String] = []
    for (file, usual) in zip(plan.files, WorkspacePlan(library: library, look: nil).files) {
      let path = "\(folder)/\(file.name)"
      let isThere = access(path, F_OK) == 0
      if look != nil {
        let old = isThere ? String(decoding: try FileBytes.start(of: path, limit: 1 << 20), as: UTF8.self) : usual.text
        let difference = TextDiff(from: old, to: file.text)
        if isThere, difference.isEmpty { continue }
        if !output.isJSON, !difference.isEmpty { output.data("\(file.name)\n" + difference.text(output)) }
      }
      if isThere, look == nil || !confirm.yes {
        if look != nil { left.append(file.name) }
        continue
      }
      if !confirm.dryRun { try FileBytes.replace(path, with: Array(file.text.utf8)) }
      made.append(file.name)
    }
    report(made, left, look, output)
  }

  private func report(_ made: [String], _ left: [String], _ look: SampleLook?, _ output: Output) {
    if output.isJSON {
      var json = JSONWriter()
      json.object { json in
        json.member("schema", "docket/init/1")
        json.member("folder", folder)
        json.member("dry_run", confirm.dryRun)
        json.memberArray("made") { json in for name in made { json.string(name) } }
        json.memberArray("left") { json in for name in left { json.string(name) } }
        if let look {
          json.memberObject("samples") { json in
            json.member("documents", look.documents)
            json.member("unknown", look.unknown)
            json.memberObject("contracts") { json in
              for (contract, count) in look.ordered { json.member(contract.description, count) }
            }
            json.memberArray("languages") { json in for name in look.tesseractLanguages { json.string(name) } }
          }
        }
      }
      output.data(json.text)
      return
    }
    for name in made { output.data("\(confirm.dryRun ? "would make" : "made") \(folder)/\(name)") }
    for name in left { output.note("\(folder)/\(name) is there and is left as it is; --yes writes what is proposed.") }
    if made.isEmpty, left.isEmpty { output.note("Everything is there already.") }
    let enter = folder == "." ? "" : "cd \(folder), "
    output.note("Next: \(enter)drop documents into inbox/, then `docket run`.")
  }
}
