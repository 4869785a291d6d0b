import DocketTesting
import Testing

@Suite struct InitTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  @Test("makes a workspace with an inbox and a pipeline, and leaves it alone the second time")
  func makes() throws {
    let first = try docket.run(["init", "office"], in: scratch.root)
    #expect(first.status == 0)
    #expect(scratch.names("office").contains("docket.yaml"))
    #expect(scratch.text("office/pipelines/office.yaml").contains("format: docket/pipeline/1"))
    try scratch.write("changed", to: "office/pipelines/office.yaml")
    let second = try docket.run(["init", "office"], in: scratch.root)
    #expect(second.status == 0)
    #expect(second.output.isEmpty)
    #expect(scratch.text("office/pipelines/office.yaml") == "changed")
  }

  @Test("from sample documents it proposes what they are, shows the difference, and leaves what is there")
  func samples() throws {
    let bill = """
      Invoice
      Invoice number: 4711
      Invoice date: 2026-03-04
      Acme Tools Ltd
      Net total 100.00 EUR
      VAT 20 % 20.00 EUR
      Total amount due 120.00 EUR
      """
    for number in 1...2 { try scratch.write(bill + "\nPage \(number)", to: "samples/\(number).txt") }
    let first = try docket.run(["init", "office", "--from", "samples"], in: scratch.root)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("2 documents: 2 invoice@1."), "\(first.errors)")
    #expect(first.output.contains("+ accepts: [invoice@1]") && first.output.contains("- accepts: [account@1"))
    #expect(scratch.text("office/pipelines/office.yaml").contains("accepts: [invoice@1]"))
    #expect(try docket.run(["check"], in: scratch.path("office")).status == 0)

    try scratch.write("format: docket/pipeline/1\n", to: "office/pipelines/office.yaml")
    let second = try docket.run(["init", "office", "--from", "samples"], in: scratch.root)
    #expect(second.errors.contains("is left as it is") && second.output.contains("+ accepts: [invoice@1]"))
    #expect(scratch.text("office/pipelines/office.yaml") == "format: docket/pipeline/1\n")
    let third = try docket.run(["init", "office", "--from", "samples", "--yes"], in: scratch.root)
    #expect(third.output.contains("made office/pipelines/office.yaml"))
    #expect(scratch.text("office/pipelines/office.yaml").contains("accepts: [invoice@1]"))
  }

  @Test("with --dry-run it only says what it would make")
  func dryRun() throws {
    let ending = try docket.run(["init", "office", "--dry-run", "--json"], in: scratch.root)
    #expect(ending.output.contains("\"dry_run\":true"))
    #expect(!scratch.exists("office"))
  }

  @Test("the workspace is found upwards from a folder in it, and its file is named as the origin")
  func upwards() throws {
    _ = try docket.run(["init", "office"], in: scratch.root)
    let ending = try docket.run(["config", "--origin"], in: scratch.path("office/inbox"))
    #expect(ending.output.contains("languages = eng   # \(scratch.root)/office/docket.yaml"))
  }

  @Test("a mistake in docket.yaml is shown with its place, and ends with 78")
  func mistake() throws {
    try scratch.write("format: docket/workspace/1\nworker: 3\n", to: "office/docket.yaml")
    let ending = try docket.run(["config"], in: scratch.path("office"))
    #expect(ending.status == 78)
    #expect(ending.errors.contains("docket.yaml:2:1"))
    #expect(ending.errors.contains("workers"))
  }

  @Test("the user's file comes after the workspace's")
  func userFile() throws {
    try scratch.write("format: docket/workspace/1\nlanguages: [deu, eng]\npsm: 4\n", to: "config/docket/config.yaml")
    try scratch.write("format: docket/workspace/1\nlanguages: [fra]\n", to: "office/docket.yaml")
    let ending = try docket.run(
      ["config", "--origin"], in: scratch.path("office"), environment: ["XDG_CONFIG_HOME": scratch.path("config")])
    #expect(ending.output.contains("languages = fra "))
    #expect(ending.output.contains("psm = 4   # \(scratch.root)/config/docket/config.yaml"))
  }
}
