import DocketTesting
import Foundation
import Testing

/// `docket runs`, what stopped a run, what a workspace takes and costs, and what is logged of it.
@Suite struct RunsCommandTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    try edit("settle: 1s", "settle: 0s")
  }

  private func edit(_ old: String, _ new: String) throws {
    let file = "office/pipelines/office.yaml"
    try scratch.write(scratch.text(file).replacingOccurrences(of: old, with: new), to: file)
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  /// The newest run's id.
  private func newest() throws -> String {
    String(try #require(try run("runs").output.split(separator: " ").first))
  }

  @Test("runs are listed, newest first, and one is told in detail; what stopped it and what to do is kept with it")
  func listing() throws {
    #expect(try run("runs").errors.contains("Nothing ran yet"))
    try scratch.write("", to: "office/inbox/empty.pdf")
    try run("run")
    #expect(try run("runs").output.contains("1 arrived, 1 worked, 1 failed"))
    let good = scratch.text("office/pipelines/office.yaml")
    try edit("accepts: [", "accepts: [invoise, ")
    #expect(try run("run").status == 78)
    let lines = try run("runs").lines
    #expect(lines.count == 2 && lines[0].contains("stopped: bad-configuration"))
    let told = try run("runs", try newest()).output
    #expect(told.contains("There is no contract `invoise`. Did you mean `invoice`?") && told.contains("`docket check`"))
    #expect(try run("explain", try newest()).output.contains("Did you mean `invoice`?"), "in spite of the mistake")
    #expect(try run("check").status == 78)
    try scratch.write(good, to: "office/pipelines/office.yaml")
    let json = try run("runs", "--json", "--failed", "--limit", "1").lines
    #expect(json.count == 1 && json[0].contains("\"stopped_by\":\"bad-configuration\""))
    #expect(try run("runs", "nothing").status == 65)
    #expect(try run("runs", "--limit", "0").status == 64)
  }

  @Test("a store that is emptied or gone is not begun anew over its originals: the last backup is asked for")
  func emptied() throws {
    try scratch.write("a letter", to: "office/inbox/letter.txt")
    try run("run")
    try run("backup", scratch.path("safe"))
    for text in ["", "no store"] {
      for name in scratch.names("office/.docket") where name.hasPrefix("store.sqlite") {
        try FileManager.default.removeItem(at: scratch.url("office/.docket/\(name)"))
      }
      if text != "" { try scratch.write(text, to: "office/.docket/store.sqlite") }
      let ending = try run("run")
      #expect(ending.status == 16 && ending.errors.contains("`docket restore BACKUP --force`"))
      #expect(try run("restore", scratch.path("safe"), "--force").status == 0)
      #expect(try run("run").status == 0)
    }
    #expect(try run("status", "--json").output.contains("\"review\":1"))
  }

  @Test("status says what the workspace takes of the disk, and what documents cost")
  func figures() throws {
    try scratch.write("a letter", to: "office/inbox/letter.txt")
    try run("run")
    let status = try run("status").output
    #expect(status.contains("originals 8 bytes") && status.contains(" free"))
    let json = try run("status", "--json").output
    #expect(json.contains("\"disk\":{\"originals\":8,") && json.contains("\"growth_per_day\""))
    let costs = try run("status", "--costs", "--json").lines
    #expect(costs.count == 1 && costs[0].contains("\"source\":\"inbox\"") && costs[0].contains("\"documents\":1"))
  }

  @Test("status --watch shows it again and again, until it is ended")
  func watching() throws {
    let watch = try docket.start(["status", "--watch", "--json"], in: scratch.path("office"))
    let latest = ContinuousClock.now + .seconds(30)
    while watch.output.split(separator: "\n").count < 2, ContinuousClock.now < latest { usleep(50_000) }
    watch.process.interrupt()
    #expect(watch.wait().output.split(separator: "\n").allSatisfy { $0.contains("\"adds_up\":true") })
  }

  @Test("what happened is logged by ids and codes that the events have too, and never what a document or its name says")
  func logs() throws {
    try scratch.write("MARKER-INSIDE the text of a letter", to: "office/inbox/MARKER-NAME.txt")
    try scratch.write("", to: "office/inbox/MARKER-EMPTY.pdf")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("office/inbox/MARKER-LINK.pdf"), withDestinationPath: "/etc/hostname")
    try run("run", "--log-level", "trace")
    let log = scratch.text("office/.docket/logs/docket.log")
    let lines = log.split(separator: "\n")
    #expect(!log.contains("MARKER"))
    for word in ["\"event\":\"arrived\"", "\"event\":\"worked\"", "\"code\":\"empty-file\"", "\"event\":\"run-ended\""]
    {
      #expect(log.contains(word), "\(word)")
    }
    var correlations = Set<String>()
    for line in lines {
      let json = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      correlations.insert(try #require(json["correlation"] as? String))
      #expect(json["level"] is String && json["at"] is String)
    }
    #expect(correlations.count == 1, "one command")
    // At its size the file makes room for the next one.
    try scratch.write(String(repeating: "x", count: 4_000_001), to: "office/.docket/logs/docket.log")
    try run("run")
    try scratch.write("another", to: "office/inbox/b.txt")
    try run("run")
    #expect(scratch.names("office/.docket/logs") == ["docket.log", "docket.log.1"])
    #expect(scratch.text("office/.docket/logs/docket.log").utf8.count < 4_000_000)
  }
}
