import DocketTesting
import Foundation
import Testing

/// `docket run` and what looks at its results, as their users call them.
@Suite struct RunCommandTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  @Test("every file ends in one state, the sum is said, and the inbox is empty")
  func batch() throws {
    try scratch.write("", to: "office/inbox/empty.pdf")
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    try scratch.write("nothing that fits", to: "office/inbox/b.txt")
    let ending = try run("run")
    #expect(ending.status == 3)
    let said = ending.output + ending.errors
    #expect(said.contains("3 arrived") && said.contains("sum 3 of 3") && said.contains("empty-file"))
    #expect(scratch.names("office/inbox").filter { !$0.hasPrefix(".") }.isEmpty)
    let status = try run("status", "--json")
    #expect(status.status == 0)
    for part in ["\"arrived\":3", "\"review\":1", "\"duplicate\":1", "\"failed\":1", "\"adds_up\":true"] {
      #expect(status.output.contains(part))
    }
    let failed = try run("failed")
    #expect(failed.output.contains("empty-file") && failed.output.contains("empty.pdf"))
    #expect(try run("run").status == 0, "nothing is worked on twice")
    #expect(try run("status", "--json").output.contains("\"arrived\":3"))
    #expect(try run("failed", "replay").status == 0)
    #expect(try run("run").status == 3, "worked anew, it fails anew")
  }

  @Test("a destination that is away is said with exit code 15; brought back, the next run delivers at once")
  func destinationAway() throws {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let invoice = checkout.appending(path: "Corpus/structured/cii-de-1/document.xml")
    try FileManager.default.copyItem(at: invoice, to: scratch.url("office/inbox/a.xml"))
    try FileManager.default.removeItem(at: scratch.url("office/out"))
    try scratch.write("in the way", to: "office/out")
    let away = try run("run")
    #expect(away.status == 15 && away.output.contains("1 being delivered"))
    #expect(away.errors.contains("1 deliveries to `records` wait") && away.errors.contains("(file-system)"))
    #expect(try run("records", "export", "--format", "csv").output.contains("a.xml,invoice@1,delivering,"))
    try FileManager.default.removeItem(at: scratch.url("office/out"))
    let back = try run("run")
    #expect(back.status == 0 && back.errors.contains("1 documents that had waited reached a destination"))
    #expect(try run("status", "--json").output.contains("\"delivered\":1"))
  }

  @Test("a link in the inbox is said, and makes the run end with 3")
  func link() throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("office/inbox/a.pdf"), withDestinationPath: "/etc/hostname")
    let ending = try run("run")
    #expect(ending.status == 3 && ending.errors.contains("a.pdf` is a link"))
  }

  @Test("a dry run says what would become of each file, and takes none in")
  func dryRun() throws {
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    try scratch.write("", to: "office/inbox/b.pdf")
    let plan = try run("run", "-n")
    #expect(plan.status == 0)
    #expect(plan.output.contains("a.txt   unknown type, waits for review"))
    #expect(plan.output.contains("b.pdf   failed (empty-file)"))
    #expect(scratch.names("office/inbox") == ["a.txt", "b.pdf"])
    #expect(try run("status", "--json").output.contains("\"arrived\":0"))
  }

  @Test("a document that no contract fits can be rejected and taken back; what failed can be dropped and replayed")
  func putAway() throws {
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    try scratch.write("", to: "office/inbox/b.pdf")
    _ = try run("run")
    #expect(try run("review", "reject", "a.txt").status == 0)
    #expect(try run("failed", "drop", "b.pdf").status == 0)
    #expect(try run("status", "--json").output.contains("\"rejected\":2"))
    #expect(try run("failed", "drop", "b.pdf").status == 65, "it has not failed any more")
    #expect(try run("review", "undo", "a.txt").status == 0)
    #expect(try run("review", "undo", "b.pdf").status == 65, "there is nothing to review in it")
    #expect(try run("failed", "replay", "b.pdf").status == 0)
    let status = try run("status", "--json").output
    #expect(status.contains("\"review\":1") && status.contains("\"queued\":1"))
  }

  @Test("what changes documents says so in JSON lines, one a document, and sums up")
  func lines() throws {
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    try scratch.write("", to: "office/inbox/b.pdf")
    let ran = try run("run", "--json").lines
    #expect(ran.count == 3 && ran[2].contains("\"type\":\"summary\""))
    #expect(ran.contains { $0.contains("\"name\":\"b.pdf\"") && $0.contains("\"error\":\"empty-file\"") })
    let replayed = try run("failed", "replay", "-n", "--json").lines
    #expect(replayed.count == 1 && replayed[0].contains("\"planned\":true"))
    #expect(try run("review", "reject", "a.txt", "--json").output.contains("\"state\":\"rejected\""))
    #expect(try run("check", "--json").output.contains("\"mistakes\":0"))
  }

  @Test("a run is explained by the id that status shows")
  func explainRun() throws {
    try scratch.write("", to: "office/inbox/b.pdf")
    _ = try run("run")
    let status = try run("status").output
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("  run ") })
    let explained = try run("explain", String(line.split(separator: " ")[1]))
    #expect(explained.status == 0)
    #expect(explained.output.contains("1 failed") && explained.output.contains("empty-file"))
  }

  @Test("check finds the mistakes of every file together, those of docket.yaml too")
  func check() throws {
    try scratch.write(scratch.text("office/docket.yaml") + "langages: [eng]\n", to: "office/docket.yaml")
    try scratch.write("format: docket/contract/1\ncontrct: x\n", to: "office/contracts/x.yaml")
    let ending = try run("check")
    #expect(ending.status == 78)
    #expect(ending.output.contains("docket.yaml:4:1: Unknown key `langages`; did you mean `languages`?"))
    #expect(ending.output.contains("x.yaml:2:1: Unknown key `contrct`; did you mean `contract`?"))
  }

  @Test("files named on the command line are taken in once and left where they are")
  func given() throws {
    let path = try scratch.write("nothing that fits", to: "elsewhere/a.txt")
    _ = try run("run", path)
    #expect(scratch.exists("elsewhere/a.txt"))
    #expect(try run("status", "--json").output.contains("\"arrived\":1"))
    _ = try run("run", "office", path)
    #expect(try run("status", "--json").output.contains("\"arrived\":1"), "the same file is no new arrival")
  }

  @Test("a folder named on the command line gives the files below it; a file that is not there ends with 65")
  func givenFolder() throws {
    for name in ["a.txt", "below/b.txt"] { try scratch.write("nothing in \(name)", to: "elsewhere/\(name)") }
    #expect(try run("run", scratch.path("elsewhere")).output.contains("2 arrived"))
    #expect(try run("run", scratch.path("elsewhere/no.txt")).status == 65)
  }

  @Test("a pipeline that is not there, or says something unknown, ends with 78 and says where")
  func mistakes() throws {
    let unknown = try run("run", "offise")
    #expect(unknown.status == 78 && unknown.errors.contains("Did you mean `office`?"))
    let file = "office/pipelines/office.yaml"
    try scratch.write(scratch.text(file) + "\nacepts: [x]\n", to: file)
    let wrong = try run("run")
    #expect(wrong.status == 78 && wrong.errors.contains("office.yaml:") && wrong.errors.contains("accepts"))
  }

  @Test("no workspace ends with 10, a store that is none with 16")
  func noStore() throws {
    #expect(try docket.run(["run"], in: scratch.path("home")).status == 10)
    try scratch.write(String(repeating: "x", count: 5000), to: "office/.docket/store.sqlite")
    #expect(try run("status").status == 16)
  }
}
