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
    #expect(ending.errors.contains("3 arrived: 1 waits for review, 1 duplicate, 1 failed (empty-file)   sum 3 of 3"))
    #expect(scratch.names("office/inbox").filter { !$0.hasPrefix(".") }.isEmpty)
    let status = try run("status", "--json")
    #expect(status.status == 0)
    #expect(status.output.contains("\"arrived\":3") && status.output.contains("\"adds_up\":true"))
    let failed = try run("failed")
    #expect(failed.lines.count == 1 && failed.output.contains("empty-file  empty.pdf"))
    let again = try run("run")
    #expect(again.status == 0 && again.errors.contains("Nothing has arrived."))
    #expect(try run("failed", "replay").errors.contains("1 put back"))
    #expect(try run("run").status == 3, "worked anew, it fails anew")
  }

  @Test("files named on the command line are taken in and left where they are")
  func given() throws {
    let path = try scratch.write("nothing that fits", to: "elsewhere/a.txt")
    #expect(try run("run", path).errors.contains("1 arrived"))
    #expect(scratch.exists("elsewhere/a.txt"))
    #expect(try run("run", "office", path).errors.contains("Nothing has arrived."), "the same file is no new arrival")
  }

  @Test("a pipeline that is not there, or says something unknown, ends with 78 and says where")
  func mistakes() throws {
    let unknown = try run("run", "offise")
    #expect(unknown.status == 78 && unknown.errors.contains("Did you mean `office`?"))
    let file = "office/pipelines/office.yaml"
    try scratch.write(scratch.text(file).split(separator: "\n").joined(separator: "\n") + "\nacepts: [x]\n", to: file)
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
