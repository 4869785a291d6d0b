import DocketTesting
import Foundation
import Testing

/// `docket verify`, `backup`, `restore`, `forget` and `prune`, as their users call them.
@Suite struct CareCommandTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    let pipeline = scratch.text("office/pipelines/office.yaml")
      .replacingOccurrences(of: "settle: 1s, then: archive", with: "settle: 0s, then: keep")
    try scratch.write(pipeline, to: "office/pipelines/office.yaml")
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  /// E-invoices that go without a person, told apart by their numbers.
  private func drop(_ numbers: String...) throws {
    let sample = try String(
      contentsOfFile: BuiltProgram.root + "/Corpus/structured/cii-de-1/document.xml", encoding: .utf8)
    let range = try #require(sample.range(of: "<ram:ID>[^<]*", options: .regularExpression))
    for number in numbers {
      try scratch.write(
        sample.replacingCharacters(in: range, with: "<ram:ID>\(number)"), to: "office/inbox/\(number).xml")
    }
  }

  private func delivered() -> [String] {
    scratch.text("office/out/records.jsonl").split(separator: "\n").map { String($0.prefix(80)) }
  }

  private func state(_ name: String, _ count: Int) throws -> Bool {
    let status = try run("status", "--json")
    return status.status == 0 && status.output.contains("\"\(name)\":\(count)")
  }

  /// What an error tells people to type, without the program's name.
  private func advice(_ text: String) throws -> [String] {
    let part = try #require(text.components(separatedBy: "`docket ").dropFirst().first?.split(separator: "`").first)
    return part.split(separator: " ").map { $0 == "BACKUP" ? scratch.path("safe") : String($0) }
  }

  @Test("restored from a backup of the middle, what is offered again is delivered once, and the sum adds up")
  func middle() throws {
    try drop("A-1", "A-2")
    try scratch.write("a letter", to: "office/inbox/letter.txt")
    try run("run")
    #expect(try run("backup", scratch.path("safe")).output.contains("3 documents, 3 originals"))
    try drop("A-3", "A-4")
    try run("run")
    let before = delivered()
    #expect(before.count == 4)
    #expect(try run("restore", scratch.path("safe")).status == 65, "it is a workspace already")
    let restored = try run("restore", scratch.path("safe"), "--force")
    #expect(restored.status == 0 && restored.output.contains("sum 3 of 3"))
    // The inbox keeps its files, and offers those again that the restored store does not know.
    #expect(try run("run").output.contains("2 arrived: 2 delivered"))
    #expect(delivered() == before, "nothing is delivered twice")
    #expect(try state("delivered", 4) && state("review", 1))
    let verified = try run("verify")
    #expect(
      verified.status == 0 && verified.output.contains("5 documents, 5 originals")
        && verified.output.contains("all is well"))
    let aside = try #require(scratch.names("office").first { $0.hasPrefix(".docket.before-restore-") })
    #expect(scratch.exists("office/\(aside)/store.sqlite"), "what was there is kept")
    // A new place is ready for work.
    let elsewhere = scratch.path("elsewhere")
    #expect(try run("restore", scratch.path("safe"), "--workspace", elsewhere).status == 0)
    #expect(try run("run", "--workspace", elsewhere).output.contains("nothing to do"))
    #expect(try run("verify", "--workspace", elsewhere).status == 0)
  }

  @Test("a damaged original is found, and the command that the error names mends it")
  func mending() throws {
    try drop("A-1")
    try run("run")
    try run("backup", scratch.path("safe"))
    let seal = try #require(try run("verify").output.split(separator: "\n").last?.split(separator: " ").last)
    #expect(try run("verify", "--checkpoint", String(seal)).status == 0)
    let shelf = try #require(scratch.names("office/.docket/blobs").first)
    let blob = try #require(scratch.names("office/.docket/blobs/\(shelf)").first)
    try scratch.write("something else", to: "office/.docket/blobs/\(shelf)/\(blob)")
    let found = try run("verify")
    #expect(found.status == 16 && found.errors.contains("(original-damaged"))
    #expect(try run("verify", "--json").output.contains("\"is_whole\":false"))
    #expect(try docket.run(try advice(found.errors), in: scratch.path("office")).status == 0)
    #expect(try run("verify").status == 0)
    #expect(try run("verify", "--checkpoint", "99:0123456789ab").status == 16, "events were cut off")
  }

  @Test("a workspace that a watch uses is backed up and forgets, but is not restored: exit code 11")
  func busy() throws {
    try drop("SECRET-4711")
    try run("run")
    try run("backup", scratch.path("safe"))
    let watch = try docket.start(["watch"], in: scratch.path("office"))
    defer { watch.process.terminate() }
    while !watch.errors.contains("Watching"), watch.process.isRunning { usleep(20_000) }
    #expect(try run("backup", scratch.path("safe")).status == 0, "a backup needs no quiet")
    #expect(try run("restore", scratch.path("safe"), "--force").status == 11)
    #expect(try run("forget", "SECRET-4711.xml", "--yes").status == 0)
    #expect(try run("verify", "--forgotten", "--absent", "SECRET-4711").status == 0)
  }

  @Test("a backup onto a disk without room says so and leaves nothing half made")
  func noRoom() throws {
    try drop("A-1")
    try run("run")
    let limited = Process()
    limited.executableURL = URL(filePath: "/bin/bash")
    limited.arguments = ["-c", "trap '' XFSZ; ulimit -f 3; exec '\(docket.path)' backup '\(scratch.path("safe"))'"]
    limited.currentDirectoryURL = scratch.url("office")
    let errors = Pipe()
    limited.standardError = errors
    try limited.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    limited.waitUntilExit()
    #expect(
      limited.terminationStatus == 1 && (said.contains("(disk-full)") || said.contains("(file-system)")), "\(said)")
    #expect(scratch.names("safe/snapshots").isEmpty)
    #expect(try run("backup", scratch.path("safe")).status == 0)
    #expect(try run("restore", scratch.path("safe"), "--list").lines.count == 1)
  }

  @Test("forgotten, a document leaves a tombstone and nothing else; what was delivered can be taken back")
  func forgetting() throws {
    try drop("SECRET-4711", "A-2")
    try run("run")
    #expect(try run("verify", "--absent", "SECRET-4711").status == 16)
    #expect(try run("forget", "SECRET-4711.xml", "-n").errors.contains("would forget"))
    #expect(try run("forget", "SECRET-4711.xml").status == 64, "nobody is there to say yes")
    #expect(try state("delivered", 2))
    let ending = try run("forget", "SECRET-4711.xml", "--retract", "--yes")
    #expect(ending.status == 0 && ending.errors.contains("nothing of it is left"))
    #expect(delivered().last?.contains("/retract\"") == true && delivered().count == 3)
    #expect(try run("verify", "--forgotten", "--absent", "SECRET-4711").status == 0)
    #expect(try run("verify").status == 0)
    #expect(try state("delivered", 2), "it stays counted")
    #expect(try run("explain", "SECRET-4711.xml").status == 65)
    #expect(try run("run").output.contains("nothing to do"), "the inbox still has it, and it is not taken in again")
  }

  @Test("what was delivered is taken back once, waits for a person, and goes anew as the next version")
  func retracting() throws {
    try drop("A-1", "A-2")
    let policy =
      "format: docket/policy/1\npolicy: quick\nversion: 1\n"
      + "promise: { wrong_at_most: { records: 2% }, certainty: 95% }\nexact: accept\nhold_for: 0s\n"
    try scratch.write(policy, to: "office/policies/quick.v1.yaml")
    let pipeline = scratch.text("office/pipelines/office.yaml")
      .replacingOccurrences(of: "policy: careful@1", with: "policy: quick@1")
    try scratch.write(pipeline, to: "office/pipelines/office.yaml")
    try run("run")
    #expect(try state("delivered", 2))
    #expect(try run("retract", "A-1.xml", "-n").errors.contains("would be taken back from records"))
    #expect(delivered().count == 2)
    let ending = try run("retract", "A-1.xml")
    #expect(ending.status == 0 && ending.errors.contains("was taken back from records"), "\(ending.errors)")
    #expect(delivered().count == 3 && delivered().last?.contains("/retract\"") == true)
    #expect(try state("delivered", 1) && state("review", 1))
    let again = try run("retract", "A-1.xml")
    #expect(again.status == 65 && again.errors.contains("was not delivered: it is review"))
    #expect(try run("review", "edit", "A-1.xml", "order_reference=PO-9").status == 0)
    try run("run")
    #expect(delivered().count == 4 && delivered().last?.contains("/retract\"") == false, "\(delivered())")
    #expect(try state("delivered", 2))
    #expect(try run("verify").status == 0)
  }

  @Test("what a restore left beside the workspace still holds what is forgotten, and that is said until it is removed")
  func forgettingAfterARestore() throws {
    try drop("A-1")
    try run("run")
    try run("backup", scratch.path("safe"))
    #expect(try run("restore", scratch.path("safe"), "--force").status == 0)
    let ending = try run("forget", "A-1.xml", "--yes")
    #expect(ending.status == 16 && ending.errors.contains("remove that folder"), "\(ending)")
    #expect(try run("verify", "--forgotten").status == 16)
    let left = try #require(scratch.names("office").first { $0.hasPrefix(".docket.before-restore-") })
    try FileManager.default.removeItem(at: scratch.url("office/\(left)"))
    #expect(try run("verify", "--forgotten").status == 0)
  }

  @Test("pruned by the pipeline's retention, documents keep their records; what waits for a person is not pruned")
  func pruning() throws {
    try drop("A-1")
    try scratch.write("a letter that waits", to: "office/inbox/letter.txt")
    try scratch.write("", to: "office/inbox/empty.pdf")
    try run("run")
    #expect(try run("prune").errors.contains("0 documents pruned"), "the pipeline says nothing of it")
    let pipeline = scratch.text("office/pipelines/office.yaml")
    try scratch.write(
      pipeline.replacingOccurrences(of: "routes:", with: "retention: { originals: 0s, failed: 90d }\nroutes:"),
      to: "office/pipelines/office.yaml")
    #expect(try run("prune", "-n").errors.contains("1 document would lose"))
    #expect(try run("prune").errors.contains("1 document pruned"))
    #expect(try run("explain", "A-1.xml").output.contains("pruned"))
    #expect(try run("records", "list").output.contains("A-1.xml"))
    let verified = try run("verify")
    #expect(verified.status == 0 && verified.output.contains("1 pruned") && verified.output.contains("2 originals"))
    #expect(try state("delivered", 1) && state("review", 1) && state("failed", 1))
    try scratch.write(
      scratch.text("office/pipelines/office.yaml").replacingOccurrences(of: "failed: 90d", with: "failed: 0s"),
      to: "office/pipelines/office.yaml")
    #expect(try run("prune").errors.contains("1 document pruned"))
    #expect(try run("failed", "replay").errors.contains("0 documents"), "nothing of it can be read any more")
    #expect(try run("failed", "replay", "empty.pdf").status == 65)
    try scratch.write(
      pipeline.replacingOccurrences(of: "routes:", with: "retention: { records: 1y }\nroutes:"),
      to: "office/pipelines/office.yaml")
    #expect(try run("check").status == 78, "a word that would do nothing is a mistake")
  }
}
