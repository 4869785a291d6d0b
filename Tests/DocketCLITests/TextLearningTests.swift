import DocketTesting
import Foundation
import Testing

/// A workspace that learns from whole texts: where requests belong, and what papers are.
@Suite struct TextLearningTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
    try scratch.write(
      """
      format: docket/vocabulary/1
      vocabulary: harbour-desks
      version: 1
      values:
        moorings: { labels: { en: [moorings] } }
        cargo: { labels: { en: [cargo] } }
        customs: { labels: { en: [customs] } }
      """, to: "office/vocabularies/harbour-desks.v1.yaml")
    for (name, heading) in [("harbour_request", "harbour request"), ("pilot_log", "pilot log")] {
      try scratch.write(
        """
        format: docket/contract/1
        contract: \(name)
        version: 1
        summary: A paper of a harbour office.
        headings: { en: [{ \(heading): 1.2 }] }
        phrases: { en: [\(heading)] }
        fields:
          number: { type: id, required: true, labels: { en: [number] } }
          desk: { type: category, vocabulary: harbour-desks, labels: { en: [desk] } }
        """, to: "office/contracts/\(name).v1.yaml")
    }
    let pipeline = scratch.url("office/pipelines/office.yaml")
    let text = try String(contentsOf: pipeline, encoding: .utf8)
    let accepts = try #require(text.split(separator: "\n").first { $0.hasPrefix("accepts:") })
    try text.replacing(String(accepts), with: "accepts: [harbour_request, pilot_log]").write(
      to: pipeline, atomically: true, encoding: .utf8)
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  private static let sentences = [
    "moorings": ["buoy chain berth rope", "berth fender rope quay"],
    "cargo": ["crane crate pallet hold", "hold crane weighed crate"],
  ]

  /// A request that says nothing of its desk but by its words; without a heading where none is wanted.
  private func request(_ number: Int, heading: String = "HARBOUR REQUEST") -> (text: String, desk: String) {
    let desk = number % 2 == 0 ? "moorings" : "cargo"
    let words = TextLearningTests.sentences[desk]![(number / 2) % 2]
    return ("\(heading)\nNumber  \(7000 + number * 13)\n\nabout the \(words) of vessel \(number)\n", desk)
  }

  private func answer(_ numbers: Range<Int>) throws {
    for number in numbers { try scratch.write(request(number).text, to: "office/inbox/request-\(number).txt") }
    #expect(try run("run").status == 0)
    var answers = ""
    for line in try run("review", "export").lines {
      let found = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let number = try #require(Int((found["name"] as? String ?? "").filter(\.isNumber)))
      let id = try #require(found["document"] as? String)
      answers += #"{"document": "\#(id)", "answers": {"desk": "\#(request(number).desk)"}, "accept_rest": true}"# + "\n"
    }
    try scratch.write(answers, to: "answers.jsonl")
    #expect(try run("review", "apply", scratch.path("answers.jsonl")).status == 0)
  }

  private func desks(_ numbers: Range<Int>) throws -> (right: Int, printed: String) {
    for number in numbers { try scratch.write(request(number).text, to: "new/request-\(number).txt") }
    let ending = try docket.run(
      ["extract", "--json"] + numbers.map { scratch.path("new/request-\($0).txt") }, in: scratch.path("office"))
    let right = zip(ending.lines, numbers).count { $0.contains("\"desk\":{\"value\":\"\(request($1).desk)\"") }
    return (right, ending.output)
  }

  @Test("what people say a text is about is learned; a damaged model is told, and the way back is open")
  func category() throws {
    try answer(0..<20)
    #expect(try desks(40..<50).right == 0, "nothing printed says it")
    let trained = try run("train", "harbour_request.desk")
    #expect(trained.output.contains("harbour_request.desk model 1: learned from 20 documents"), "\(trained.errors)")
    #expect(trained.output.contains("Taken into use"))
    let after = try desks(40..<50)
    #expect(after.right == 10)
    #expect(after.printed.contains("\"producer\":\"harbour_request.desk model 1\""))
    #expect(try run("models").output.contains("harbour_request@1 desk"))
    #expect(try run("models", "show", "harbour_request.desk").output.contains("20 documents"))
    #expect(try run("train", "harbour_request.desk").output.contains("stays a candidate"), "nothing new was said")

    let weights = scratch.url("office/models/harbour_request.desk/1/weights")
    let whole = try Data(contentsOf: weights)
    try whole.dropLast(5).write(to: weights)
    let damaged = try desks(40..<50)
    #expect(damaged.right == 0 && damaged.printed.contains("\"model-damaged\""))
    #expect(damaged.printed.contains("\"number\":{\"value\""), "the run goes on")
    try whole.write(to: weights)
    #expect(try desks(40..<50).right == 10)
    #expect(try run("models", "rollback", "harbour_request.desk").output.contains("nothing that was learned"))
    #expect(try desks(40..<50).right == 0)
    #expect(try run("models", "show", "harbour_request.number").errors.contains("closed set"))
  }

  @Test("files with a contract each teach what papers are, to the byte")
  func types() throws {
    var truth = ""
    var files: [String] = []
    for number in 0..<72 {
      let (text, desk) = request(number, heading: "PAPER")
      try scratch.write(text, to: "known/paper-\(number).txt")
      files.append(scratch.path("known/paper-\(number).txt"))
      let contract = desk == "cargo" ? "pilot_log" : "harbour_request"
      truth += #"{"file": "paper-\#(number).txt", "contract": "\#(contract)", "fields": {}}"# + "\n"
    }
    try scratch.write(truth, to: "truth.jsonl")
    func train(_ out: String) throws -> BuiltProgram.Ending {
      try docket.run(
        ["train", "types", "--truth", scratch.path("truth.jsonl"), "--out", scratch.path(out)] + files,
        in: scratch.path("office"))
    }
    let first = try train("first")
    #expect(first.status == 0 && first.output.contains("100.0 % of 72"), "\(first.errors)\(first.output)")
    #expect(try train("second").status == 0)
    for name in ["card.json", "weights"] {
      #expect(try Data(contentsOf: scratch.url("first/\(name)")) == Data(contentsOf: scratch.url("second/\(name)")))
    }
    let paper = scratch.path("known/paper-3.txt")
    let office = scratch.path("office")
    let told = try docket.run(["extract", "--json", "--model", scratch.path("first"), paper], in: office)
    #expect(told.output.contains("\"contract\":{\"name\":\"pilot_log\""))
    let untold = try docket.run(["extract", "--json", "--model", "none", paper], in: office)
    #expect(untold.output.contains("\"contract\":null"))
  }
}
