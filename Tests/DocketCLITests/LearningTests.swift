import DocketTesting
import Foundation
import Testing

/// A workspace that learns from what people answer, as its users see it.
@Suite struct LearningTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    try scratch.write(
      """
      format: docket/contract/1
      contract: mooring_permit
      version: 1
      summary: A permit to moor a boat, of a harbour office.
      headings: { en: [{ mooring permit: 1.2 }] }
      phrases: { en: [harbour office, berth, mooring] }
      fields:
        reference: { type: id, required: true, labels: { en: [permit reference] } }
        fee: { type: money, required: true, labels: { en: [permit fee] } }
      """, to: "office/contracts/mooring_permit.v1.yaml")
    let pipeline = scratch.url("office/pipelines/office.yaml")
    let text = try String(contentsOf: pipeline, encoding: .utf8)
    let accepts = try #require(text.split(separator: "\n").first { $0.hasPrefix("accepts:") })
    try text.replacing(String(accepts), with: "accepts: [mooring_permit]").write(
      to: pipeline, atomically: true, encoding: .utf8)
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  /// What the contract calls reference and fee, these offices print as `File` and `Charge`, among others like them.
  private func permit(_ number: Int) -> (text: String, reference: String, fee: String) {
    let reference = "\(4000 + number * 37)-\(10 + number % 80)"
    let fee = "\(40 + number * 3).50"
    let text = """
      MOORING PERMIT
      Harbour office \(["North", "South", "West", "East"][number % 4])
      Berth        \(100 + number)
      Account      \(8_000_000 + number * 997)
      File         \(reference)
      Deposit      \(500 + number * 11).00
      Charge       \(fee)
      Postage      2.\(10 + number)

      """
    return (text, reference, fee)
  }

  /// Puts permits into the inbox, runs, and gives their values as answers.
  private func answer(_ numbers: Range<Int>) throws {
    for number in numbers { try scratch.write(permit(number).text, to: "office/inbox/permit-\(number).txt") }
    #expect(try run("run").status == 0)
    var answers = ""
    for line in try run("review", "export").lines {
      let found = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let name = try #require(found["name"] as? String)
      let number = try #require(Int(name.filter(\.isNumber)))
      let (_, reference, fee) = permit(number)
      let id = try #require(found["document"] as? String)
      answers +=
        #"{"document": "\#(id)", "answers": {"reference": "\#(reference)", "fee": "\#(fee)"}, "accept_rest": true}"#
        + "\n"
    }
    try scratch.write(answers, to: "answers.jsonl")
    #expect(try run("review", "apply", scratch.path("answers.jsonl")).status == 0)
  }

  /// How many values of new permits are right.
  private func right(_ numbers: Range<Int>, _ options: String...) throws -> (count: Int, printed: String) {
    for number in numbers { try scratch.write(permit(number).text, to: "new/permit-\(number).txt") }
    let ending = try docket.run(
      ["extract", "--json"] + options + numbers.map { scratch.path("new/permit-\($0).txt") },
      in: scratch.path("office"))
    let count = zip(ending.lines, numbers).reduce(0) { sum, pair in
      let (line, number) = pair
      let (_, reference, fee) = permit(number)
      return sum + (line.contains("\"reference\":{\"value\":\"\(reference)\"") ? 1 : 0)
        + (line.contains("\"fee\":{\"value\":\"\(fee)\"") ? 1 : 0)
    }
    return (count, ending.output)
  }

  @Test("after ten answers the next documents of a new contract are understood; the way back is open")
  func learns() throws {
    #expect(try run("train").errors.contains("too-little-to-learn"))
    try answer(0..<10)
    let before = try right(30..<40, "--memory", "none")
    #expect(try run("prove", "--json").output.contains("\"answered\":10,"))
    let trained = try run("train")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(
      try run("prove", "--json").output.contains("\"answered\":10,"), "others answer that were learned from the others")
    let curve = try run("evaluate", "curve", "--json").output
    #expect(curve.contains("\"documents\":0,") && curve.contains("\"documents\":5,"))
    let standIns = scratch.path("office/models/mooring_permit/1/stand-ins")
    try FileManager.default.moveItem(atPath: standIns, toPath: scratch.path("kept"))
    #expect(try run("prove", "--json").output.contains("\"answered\":0,"), "the model would flatter itself on these")
    try FileManager.default.moveItem(atPath: scratch.path("kept"), toPath: standIns)
    #expect(trained.output.contains("mooring_permit model 1: learned from 10 documents"))
    #expect(trained.output.contains("Taken into use"))
    let after = try right(30..<40, "--memory", "none")
    #expect(before.count <= 4 && after.count >= 18, "\(before.count) -> \(after.count) of 20")
    #expect(after.printed.contains("+ mooring_permit model 1"), "provenance names the model")
    #expect(try run("models").output.contains("in use"))
    #expect(try run("models", "show", "mooring_permit").output.contains("10 documents"))

    #expect(try run("models", "rollback", "mooring_permit").output.contains("nothing that was learned"))
    #expect(try right(30..<40, "--memory", "none").count == before.count)
    #expect(try run("models", "promote", "mooring_permit", "1").status == 0)
    #expect(try right(30..<40, "--memory", "none").count == after.count)
    #expect(try right(30..<40, "--model", "none", "--memory", "none").count == before.count)

    let again = try run("train", "mooring_permit")
    #expect(again.status == 0 && again.output.contains("stays a candidate"), "the same answers teach nothing new")
    #expect(try run("models", "promote", "mooring_permit", "2").status == 65)
    let compared = try run("models", "compare", "mooring_permit", "none", "1")
    #expect(compared.errors.contains("too-little-to-learn"), "both know all reviewed documents")
    try answer(10..<16)
    let comparison = try run("models", "compare", "mooring_permit", "none", "1")
    #expect(comparison.output.contains("On 6 documents"), "\(comparison.errors)")
    #expect(try run("prove", "--json").output.contains("\"answered\":16,"))
  }

  @Test("a model that is damaged or gone is told with every document, and nothing stops")
  func damaged() throws {
    try answer(0..<10)
    #expect(try run("train").status == 0)
    let whole = try right(30..<34, "--memory", "none").count
    let weights = scratch.url("office/models/mooring_permit/1/weights")
    var bytes = try Data(contentsOf: weights)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: weights)
    let damaged = try right(30..<34, "--memory", "none")
    #expect(damaged.count < whole && damaged.printed.contains("\"model-damaged\""))
    #expect(try run("models").errors.contains("model-damaged"))
    #expect(try docket.run(["help", "model-mismatch"]).status == 0)
    try FileManager.default.removeItem(at: weights)
    #expect(try right(30..<34, "--memory", "none").printed.contains("\"model-damaged\""))
    #expect(try run("models", "show", "mooring_permit", "9").errors.contains("unknown-model"))
  }

  @Test("files with known values teach a model in a folder, which is never written over")
  func fromFiles() throws {
    var truth = ""
    var files: [String] = []
    for number in 0..<8 {
      let (text, reference, fee) = permit(number)
      try scratch.write(text, to: "known/permit-\(number).txt")
      files.append(scratch.path("known/permit-\(number).txt"))
      truth +=
        #"{"file": "permit-\#(number).txt", "issuer": "v\#(number % 4)", "#
        + #""fields": {"reference": "\#(reference)", "fee": "\#(fee)"}}"#
        + "\n"
    }
    try scratch.write(truth, to: "truth.jsonl")
    let arguments =
      ["train", "mooring_permit", "--truth", scratch.path("truth.jsonl"), "--out", scratch.path("model")] + files
    let first = try docket.run(arguments, in: scratch.path("office"))
    #expect(first.status == 0, "\(first.errors)")
    let card = try String(contentsOf: scratch.url("model/card.json"), encoding: .utf8)
    let weights = try Data(contentsOf: scratch.url("model/weights"))
    #expect(try docket.run(arguments, in: scratch.path("office")).status == 65, "it is there already")
    try FileManager.default.removeItem(at: scratch.url("model"))
    #expect(try docket.run(arguments, in: scratch.path("office")).status == 0)
    #expect(try String(contentsOf: scratch.url("model/card.json"), encoding: .utf8) == card, "to the byte")
    #expect(try Data(contentsOf: scratch.url("model/weights")) == weights)
    #expect(try right(30..<34, "--memory", "none", "--model", scratch.path("model")).count >= 7)
  }

  @Test("one answer is remembered for documents like it; what is remembered is shown, forgotten, and comes back")
  func remembers() throws {
    let before = try right(30..<34).count
    #expect(try run("memory").errors.contains("Nothing is remembered"))
    try answer(0..<1)
    let trained = try run("train")
    #expect(trained.status == 0 && trained.output.contains("memory 1: 1 document"), "\(trained.errors)")
    #expect(trained.errors.contains("5 of at least two vendors"), "too little for a model")
    let after = try right(30..<34)
    #expect(after.count > before && after.count >= 7, "\(before) -> \(after.count) of 8")
    #expect(after.printed.contains(" + memory 1"), "provenance names it")
    #expect(try right(30..<34, "--memory", "none").count == before)

    #expect(try run("memory", "list").output.contains("1 document, last 20"))
    let shown = try run("memory", "show", "permit-0.txt")
    #expect(shown.output.contains("after “FILE”") && shown.output.contains("holds until"), "\(shown.output)")
    let facts = try run("memory", "show", "permit-0.txt", "--json").lines
    #expect(facts.count >= 3 && facts.allSatisfy { $0.contains("\"sha256\":[") && $0.contains("\"holds_until\"") })
    #expect(try run("memory", "show", "Nobody").errors.contains("unknown-memory"))

    #expect(try run("memory", "forget", "permit-0.txt").output.contains("1 document forgotten; snapshot 2 holds 0"))
    #expect(try right(30..<34).count == before)
    #expect(try run("train").status != 0, "it is not remembered again")
    #expect(try right(30..<34).count == before)
    #expect(try run("memory", "rollback").output.contains("snapshot 1 holds again"))
    #expect(try right(30..<34).count == after.count)
    #expect(try run("memory", "rollback").output.contains("Nothing is remembered"))
    #expect(try right(30..<34).count == before)
  }

  @Test("a memory that is damaged is told with every document, and nothing stops")
  func damagedMemory() throws {
    try answer(0..<1)
    #expect(try run("train").status == 0)
    let file = scratch.url("office/memory/1.facts")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let damaged = try right(30..<34)
    #expect(damaged.printed.contains("\"memory-damaged\""))
    #expect(try run("memory").errors.contains("memory-damaged"))
    let again = try run("train")
    #expect(again.status == 0 && again.output.contains("memory 2: 1 document"), "\(again.errors)")
    #expect(try right(30..<34).printed.contains(" + memory 2"))
  }
}
