import DocketTesting
import Foundation
import Testing

/// From an invoice in the inbox to another system's table, as a user of the command sees it.
@Suite struct DeliveryTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let invoice = checkout.appending(path: "Corpus/structured/cii-de-1/document.xml")
    try FileManager.default.copyItem(at: invoice, to: scratch.url("office/inbox/a.xml"))
    let seconds = Date().addingTimeInterval(-60)
    try FileManager.default.setAttributes(
      [.modificationDate: seconds], ofItemAtPath: scratch.path("office/inbox/a.xml"))
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  private func pipeline(routes: String, more: String = "", to name: String = "pipelines/office.yaml") throws {
    try scratch.write(
      """
      format: docket/pipeline/1
      pipeline: office
      sources: { inbox: { folder: { path: inbox, settle: 0s } } }
      accepts: [invoice, receipt]
      policy: careful
      \(more)
      routes:
        \(routes)
      destinations:
        ledger: { sqlite: { path: out/ledger.sqlite }, mapping: short }
        records: { jsonl: { path: out/records.jsonl } }

      """, to: "office/\(name)")
    try scratch.write(
      """
      format: docket/mapping/1
      mapping: short
      version: 1
      contract: invoice@1
      fields:
        doc: number
        vendor: { from: seller.id, default: none }
        who: { from: seller.name, first: 4 }
        cents: { from: total, times: 100, as: integer }

      """, to: "office/mappings/short.v1.yaml")
  }

  @Test("a record reaches a table in its words, with what was lost said, and what a look-up knew filled in")
  func mapped() throws {
    try scratch.write("no;company\nV-17;Silbermann Technik\nV-18;Grauwald Handel GmbH\n", to: "office/vendors.csv")
    try pipeline(
      routes: "- { when: { contract: invoice }, deliver: ledger }",
      more:
        "look_up: { vendors: { csv: { path: vendors.csv }, match: { seller.name: company }, fills: { seller.id: no } } }"
    )
    #expect(try run("check").status == 0)
    let ran = try run("run")
    #expect(ran.status == 0 && ran.output.contains("1 delivered"), "\(ran)")
    let explained = try run("explain", "a.xml").output
    #expect(explained.contains("`who` of `short@1` is cut.") && explained.contains("`vendors` row 1"))
    let table = try Data(contentsOf: scratch.url("office/out/ledger.sqlite"))
    #expect(
      table.firstRange(of: Data("V-17".utf8)) != nil && table.firstRange(of: Data("CREATE TABLE \"short\"".utf8)) != nil
    )
  }

  @Test("a record that needs approval waits for it, and goes once it is given")
  func approval() throws {
    try pipeline(routes: "- { when: { field: total, above: 1 EUR }, approve: finance, deliver: records }")
    try scratch.write("format: docket/workspace/1\nroles: { finance: [nobody-here] }\n", to: "office/docket.yaml")
    #expect(try run("run").output.contains("1 wait for review"))
    #expect(try run("review", "list").output.contains("waits for the approval of `finance`"))
    #expect(try run("review", "list", "--json").output.contains("\"waits_for\":[\"`finance`\"]"))
    let stranger = try run("review", "approve", "a.xml")
    #expect(stranger.status == 0 && stranger.errors.contains("waits for approval"))
    #expect(try run("review", "accept", "a.xml").status == 65, "nobody says yes twice")
    try scratch.write("format: docket/workspace/1\n", to: "office/docket.yaml")
    #expect(try run("review", "show", "a.xml").output.isEmpty, "any signature will do where no role is given")
  }

  @Test("who has the role lets it go at once")
  func approved() throws {
    try pipeline(routes: "- { when: { field: total, above: 1 EUR }, approve: finance, deliver: records }")
    let person = try #require(String(validatingCString: getpwuid(getuid()).pointee.pw_name))
    try scratch.write("format: docket/workspace/1\nroles: { finance: [\(person)] }\n", to: "office/docket.yaml")
    _ = try run("run")
    let approved = try run("review", "approve", "a.xml")
    #expect(approved.status == 0 && approved.errors.contains("held"), "\(approved)")
    #expect(try run("review", "undo", "a.xml").status == 0)
    #expect(try run("review", "list").output.contains("waits for the approval of `finance`"))
  }

  @Test("a changed pipeline is tried on what was worked on before, and changes nothing")
  func history() throws {
    try pipeline(routes: "- { when: { contract: invoice }, deliver: records }")
    #expect(try run("run").status == 0)
    let same = try run("check", "--on", "history").output
    #expect(same.contains("office: 1 past documents, 1 as before, 0 would change"), "\(same)")
    try pipeline(
      routes: "- { when: { field: total, above: 1 EUR }, approve: finance, deliver: ledger }", to: "new.yaml")
    let changed = try run("check", "new.yaml", "--on", "history")
    #expect(
      changed.output.contains("0 as before, 1 would change") && changed.output.contains("deliver → review (approval)"))
    #expect(changed.output.contains("a.xml") && changed.output.contains("records → ledger"))
    let lines = try run("check", "new.yaml", "--on", "history", "--json").lines
    #expect(lines.contains { $0.contains("\"type\":\"history\"") && $0.contains("\"changed\":1") })
    #expect(
      try run("status", "--json").output.contains("\"delivered\":1") && !scratch.exists("office/out/ledger.sqlite"))
  }

  @Test("whom a pipeline names is told after a run, with counts and ids alone; who cannot be told stops nothing")
  func notices() throws {
    try pipeline(
      routes: "- { when: { contract: invoice }, deliver: records, notify: [sales] }",
      more:
        "notify: { sales: { command: [bin/tell], events: [delivered] }, away: { command: [bin/none], events: [arrived] } }"
    )
    try scratch.write("#!/bin/sh\ncat >>told.json\n", to: "office/bin/tell")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path("office/bin/tell"))
    let ran = try run("run")
    #expect(ran.status == 0 && ran.errors.contains("A notice could not be sent"), "\(ran)")
    let told = scratch.text("office/told.json")
    #expect(
      told.contains("\"events\":{\"delivered\":1}") && told.contains("\"notice\":\"sales\"") && !told.contains("a.xml"))
    _ = try run("run")
    #expect(scratch.text("office/told.json") == told, "nothing new, nothing told")
  }

  @Test("a look-up whose column is not there is a mistake of the pipeline, and what may have been meant is said")
  func lint() throws {
    try scratch.write("no,company\n1,a\n", to: "office/vendors.csv")
    try pipeline(
      routes: "- { when: { contract: invoice }, deliver: records }",
      more: "look_up: { vendors: { csv: { path: vendors.csv }, match: { seller.name: compny } } }")
    let check = try run("check")
    #expect(check.status == 78 && check.output.contains("office.yaml:6:12:") && check.output.contains("`company`"))
  }

  @Test("a role that nobody has is a mistake, unless the workspace gives no roles at all")
  func roles() throws {
    try pipeline(routes: "- { when: { contract: invoice }, approve: finanse, deliver: records }")
    #expect(try run("check").status == 0)
    try scratch.write("format: docket/workspace/1\nroles: { finance: [maria] }\n", to: "office/docket.yaml")
    let check = try run("check")
    #expect(check.status == 78 && check.output.contains("There is no role `finanse`. Did you mean `finance`?"))
    #expect(try run("run").status == 78)
  }
}
