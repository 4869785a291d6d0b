import Docket
import DocketTesting
import Foundation
import Testing

@Suite struct ContractCommandTests {
  private static let docket = BuiltProgram("docket")
  private static let share = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private func contract(_ words: String...) throws -> BuiltProgram.Ending {
    try ContractCommandTests.docket.run(["contract"] + words + ["--share", ContractCommandTests.share])
  }

  @Test("shows all contracts, one by name, one as JSON")
  func show() throws {
    #expect(try contract("show").output.contains("shipment@1"))
    let one = try contract("show", "insurance_policy@1")
    #expect(one.status == 0 && one.output.contains("sum_insured") && one.output.contains("identity"))
    let json = try JSONValue(parsing: try contract("show", "invoice", "--json").output)
    #expect(try json["fields"].array.contains { try $0["name"].string == "total" })
    let unknown = try contract("show", "invoise")
    #expect(unknown.status == 78 && unknown.errors.contains("Did you mean `invoice`?"))
  }

  @Test("a change that breaks ends with 13, one that adds with 0")
  func diff() throws {
    let scratch = try ScratchFolder()
    func write(_ name: String, _ fields: String) throws -> String {
      let path = scratch.path(name)
      let text = "format: docket/contract/1\ncontract: slip\nversion: 1\nsummary: A slip.\nfields: { \(fields) }\n"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    let old = try write("old.yaml", "number: { type: id, required: true }")
    let more = try write("more.yaml", "number: { type: id, required: true }, note: { type: text }")
    let other = try write("other.yaml", "number: { type: date, required: true }")
    #expect(try contract("diff", old, old).status == 0)
    let additive = try contract("diff", old, more)
    #expect(additive.status == 0 && additive.output.contains("note is new"))
    let breaking = try contract("diff", old, other)
    #expect(breaking.status == 13 && breaking.output.contains("number was id, is date"))
    #expect(try contract("diff", "invoice@1", "invoice").status == 0)
  }

  @Test("every shipped contract has a schema of the latest draft")
  func schema() throws {
    let schema = try JSONValue(parsing: try contract("schema", "shipment").output)
    #expect(try schema["$schema"].string == "https://json-schema.org/draft/2020-12/schema")
    #expect(try schema["properties"]["fields"]["properties"]["sender.name"]["x-docket-required"] != nil)
  }

  @Test("what is of no contract is told how to go on, and so is a new contract that no pipeline accepts")
  func newcomers() throws {
    let scratch = try ScratchFolder()
    let docket = BuiltProgram("docket")
    try scratch.write("LIFT CERTIFICATE\nCertificate no: LI-412\n", to: "lift.txt")
    let unknown = try docket.run(["extract", "lift.txt"], in: scratch.root)
    #expect(unknown.status == 0 && unknown.errors.contains("`docket contract` lists the contracts"), "\(unknown)")
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    try scratch.write(
      """
      format: docket/contract/1
      contract: lift
      version: 1
      summary: A lift was looked at.
      headings: { en: [lift certificate] }
      fields: { number: { type: id, labels: { en: [certificate no] } } }

      """, to: "office/contracts/lift.v1.yaml")
    let idle = try docket.run(["check"], in: scratch.path("office"))
    #expect(idle.status == 0 && idle.errors.contains("No pipeline accepts `lift`"), "\(idle)")
    let pipeline = scratch.text("office/pipelines/office.yaml").replacing("accepts: [", with: "accepts: [lift@1, ")
    try scratch.write(pipeline, to: "office/pipelines/office.yaml")
    #expect(try docket.run(["check"], in: scratch.path("office")).errors.contains("No pipeline") == false)
    let known = try docket.run(["extract", "../lift.txt"], in: scratch.path("office"))
    #expect(known.output.contains("lift@1") && !known.errors.contains("lists the contracts"), "\(known)")
  }

  @Test("a vocabulary that nobody has is a mistake")
  func vocabularies() throws {
    let scratch = try ScratchFolder()
    let path = scratch.path("slip.v1.yaml")
    let text =
      "format: docket/contract/1\ncontract: slip\nversion: 1\nsummary: A slip.\n"
      + "fields: { kind: { type: category, vocabulary: invoice-kindz } }\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let ending = try ContractCommandTests.docket.run(["check", path, "--share", ContractCommandTests.share])
    #expect(ending.status == 78 && ending.output.contains("did you mean `invoice-kinds`?"))
  }
}
