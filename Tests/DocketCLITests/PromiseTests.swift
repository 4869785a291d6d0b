import DocketTesting
import Foundation
import Testing

/// The promise from end to end: answers, a proof, records that go by themselves, a change that voids it.
@Suite struct PromiseTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    try scratch.write(
      """
      format: docket/contract/1
      contract: claim
      version: 1
      summary: A claim of an insured person.
      headings: { en: [claim form] }
      fields:
        insurer: { type: party, role: issuer, labels: { en: [insurer] } }
        number: { type: id, required: true, labels: { en: [claim number] } }
        lost_on: { type: date, required: true, labels: { en: [date of loss] } }
        amount: { type: money, required: true, labels: { en: [claimed amount] } }

      """, to: "office/contracts/claim.v1.yaml")
    try scratch.write(
      """
      format: docket/policy/1
      policy: careful
      version: 1
      promise: { wrong_at_most: { records: 10% }, certainty: 90% }
      sample: 100%
      hold_for: 0s

      """, to: "office/policies/careful.v1.yaml")
    try scratch.write(
      """
      format: docket/pipeline/1
      pipeline: office
      sources: { inbox: { folder: { path: inbox } } }
      accepts: [claim]
      policy: careful
      routes: [{ when: { contract: claim }, deliver: [records] }]
      destinations: { records: { jsonl: { path: out/records.jsonl } } }

      """, to: "office/pipelines/office.yaml")
  }

  private func run(_ arguments: String..., input: String = "") throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"), input: input)
  }

  private func drop(_ numbers: Range<Int>) throws {
    for number in numbers {
      try scratch.write(
        """
        CLAIM FORM

        Insurer: House \(number) Ltd
        Claim number: CL-\(40_000 + number)
        Date of loss: 2026-0\(number % 9 + 1)-\(number % 18 + 10)
        Claimed amount: EUR \(100 + number).\(10 + number % 80)

        """, to: "office/inbox/claim-\(number).txt")
    }
  }

  /// Answers all that waits: as it stands, but for some with another amount.
  private func answer(wrong: Int = 0) throws -> BuiltProgram.Ending {
    let waiting = try run("review", "export").lines
    let answers = waiting.enumerated().map { index, line in
      let id = line.split(separator: "\"document\":\"")[1].prefix(32)
      let edit = index < wrong ? "\"amount\": \"1.00\"" : ""
      return "{\"document\": \"\(id)\", \"answers\": {\(edit)}, \"accept_rest\": true}\n"
    }
    return try run("review", "apply", "-", input: answers.joined())
  }

  @Test("answers prove the promise, the next run needs no person, a changed contract voids the proof")
  func wholeWay() throws {
    try drop(0..<20)
    #expect(try run("run").output.contains("20 wait for review"))
    #expect(try answer().errors.contains("At least 4 more answers and `claim` can be proven."))
    #expect(try run("status", "--json").output.contains("\"state\":\"unproven\",\"answered\":20,\"missing\":4"))
    try drop(20..<26)
    _ = try run("run")
    let proven = try answer()
    #expect(proven.errors.contains("`claim` is proven: proof 1") && proven.errors.contains("0 of 26 were wrong"))

    try drop(30..<36)
    let alone = try run("run")
    #expect(alone.output.contains("6 arrived: 6 delivered"), "nobody was asked")
    #expect(try run("status").output.contains("proof 1: records from"))
    #expect(try run("explain", "claim-31.txt").output.contains("; proof 1 asks for"))
    let asked = try run("review", "export").lines
    #expect(asked.count == 6 && asked.allSatisfy { $0.contains("\"reason\":\"sampled\"") })
    #expect(asked.allSatisfy { $0.contains("\"value\":null") }, "what was chosen is not shown")
    #expect(try answer().status == 0)
    #expect(try run("review", "export").lines.isEmpty && run("status", "--json").output.contains("\"delivered\":32"))

    let contract = "office/contracts/claim.v1.yaml"
    try scratch.write(scratch.text(contract) + "owner: claims\n", to: contract)
    try drop(40..<42)
    let voided = try run("run")
    #expect(voided.output.contains("2 wait for review"))
    #expect(voided.errors.contains("Proof 1 of `claim` holds no longer"))
    #expect(try run("status", "--json").output.contains("\"state\":\"void\""))
    let anew = try run("prove")
    #expect(anew.output.contains("proof 2") && anew.output.contains("0 of 32 were wrong"), "\(anew.output)")
    try drop(50..<52)
    #expect(try run("run").output.contains("2 arrived: 2 delivered"))
  }

  @Test("too many wrong answers prove nothing, and what it would take is said")
  func unproven() throws {
    try drop(0..<26)
    _ = try run("run")
    #expect(try answer(wrong: 5).errors.contains("more answers and `claim` can be proven"))
    let proof = try run("prove", "--json")
    #expect(proof.output.contains("\"state\":\"unproven\",\"answered\":26"))
    let measured = try run("evaluate", "--json")
    #expect(measured.lines.count == 27 && measured.output.contains("\"wrong_records\":5"))
    #expect(try run("evaluate").output.contains("claim   26 documents, 21 wholly right"))
    let plot = try run("evaluate", "--plot", "plot.svg")
    #expect(plot.status == 0 && scratch.text("office/plot.svg").hasPrefix("<svg"))
  }

  @Test("a policy without a promise, and files that are no results, are said")
  func mistakes() throws {
    try scratch.write(
      "format: docket/policy/1\npolicy: careful\nversion: 1\n", to: "office/policies/careful.v1.yaml")
    #expect(try run("prove").status == 78)
    #expect(try run("prove", "office", "--contract", "clam").status == 78)
    #expect(try run("evaluate").status == 65)
    let junk = try scratch.write("{\"schema\": \"x\"}\n", to: "junk.jsonl")
    let compared = try run("evaluate", "compare", junk, junk)
    #expect(compared.status == 65 && compared.errors.contains("line 1"))
    #expect(try run("evaluate", junk).status == 64, "without truth")
  }
}
