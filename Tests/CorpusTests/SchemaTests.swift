import Docket
import DocketTesting
import DocketWorkers
import Foundation
import Testing

/// What destinations receive is what `docket contract schema` promises.
@Suite struct SchemaTests {
  @Test("records of Corpus/ are valid by their contract's schema")
  func valid() async throws {
    let (pipeline, library) = try (ShippedPipeline.load(), ShippedPipeline.library())
    let pool = WorkerPool(ReaderProgram(path: BuiltProgram("docket-reader").path), policy: .init(workers: 1))
    var types: Set<String> = []
    for item in try CorpusCase.all() where !item.isPicture {
      // One of each type, and all structured originals.
      guard let type = item.type, item.isExact || types.insert(type).inserted else { continue }
      let file = ReadableFile(path: item.document, name: "document")
      let sink = SchemaSink()
      let summary = try await pool.read(file, settings: .init(), into: sink)
      let pages = await sink.pages
      let reading = Reading(
        mediaType: summary.mediaType, content: summary.content ?? .pages(pages),
        embedded: summary.embedded, members: [], findings: summary.findings)
      let digest = ContentDigest(of: item.name)
      let made = try await pipeline.run(
        reading, in: Context(document: DocumentID(hex: "0f"), digest: digest, name: "document"))
      guard case .record(let result) = made, let contract = library.contract(result.record.contract) else { continue }
      let schema = try Schema(ContractSchema(contract) { library.vocabulary($0) }.json)
      let line = RecordPayload(record: result.record, digest: digest, name: "document").json
      let mistakes = try schema.mistakes(of: line)
      #expect(mistakes == [], "\(item.testDescription)")
    }
    #expect(types.count >= 14)
  }

  @Test("what is no record of the contract is not valid")
  func invalid() async throws {
    let library = try ShippedPipeline.library()
    let contract = try #require(library.contract("receipt"))
    let schema = try Schema(ContractSchema(contract) { library.vocabulary($0) }.json)
    let value = #"{"confidence":1,"exact":true,"provenance":[],"raw":"x","value":"VALUE"}"#
    func line(_ fields: String) -> String {
      #"{"contract":{"name":"receipt","version":1},"fields":{"# + fields
        + #"},"findings":[],"id":"0f","name":"a","part":null,"producer":"docket","rows":{},"schema":"docket/record/1","#
        + #""sensitivity":"internal","sha256":""# + String(repeating: "0", count: 64)
        + #"","supersedes":null,"version":1}"#
    }
    let date = #""date":"# + value
    #expect(try schema.mistakes(of: line(date.replacing("VALUE", with: "2026-03-04"))) == [])
    #expect(try schema.mistakes(of: line(date.replacing("VALUE", with: "4.3.2026"))) != [])
    #expect(try schema.mistakes(of: line(#""unheard":"# + value)) != [])
  }
}

private actor SchemaSink: ReadingSink {
  private(set) var pages: [PageReading] = []
  func page(_ page: PageReading) { pages.append(page) }
  func member(_ member: Member, bytes: [UInt8]) {}
}

/// As much of JSON Schema 2020-12 as contracts use.
private struct Schema {
  private let root: [String: Any]

  init(_ text: String) throws {
    root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  func mistakes(of text: String) throws -> [String] {
    mistakes(try JSONSerialization.jsonObject(with: Data(text.utf8)), by: root, at: "")
  }

  private func mistakes(_ value: Any, by schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    func wrong(_ what: String) { found.append("\(path): \(what)") }
    if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last {
      let definition = (root["$defs"] as? [String: Any])?[String(name)] as? [String: Any]
      found += definition.map { mistakes(value, by: $0, at: path) } ?? ["\(path): no \(name)"]
    }
    if let choices = schema["anyOf"] as? [[String: Any]],
      choices.allSatisfy({ !mistakes(value, by: $0, at: path).isEmpty })
    {
      wrong("fits none")
    }
    if let type = schema["type"] {
      let types = type as? [String] ?? [type as? String ?? ""]
      if !types.contains(where: { Schema.isA($0, value) }) { wrong("is no \(types)") }
    }
    if let constant = schema["const"] { if !Schema.equal(constant, value) { wrong("is not \(constant)") } }
    if let values = schema["enum"] as? [String] {
      if !values.contains(value as? String ?? "") { wrong("is not listed") }
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      wrong("does not match")
    }
    if let object = value as? [String: Any] {
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      for key in schema["required"] as? [String] ?? [] where object[key] == nil { wrong("lacks \(key)") }
      for (key, member) in object {
        if let property = properties[key] {
          found += mistakes(member, by: property, at: "\(path)/\(key)")
        } else if schema["additionalProperties"] as? Bool == false {
          wrong("has \(key)")
        }
      }
    }
    if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
      for (index, item) in list.enumerated() { found += mistakes(item, by: items, at: "\(path)/\(index)") }
    }
    return found
  }

  private static func isA(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "integer": (value as? NSNumber).map { Double($0.intValue) == $0.doubleValue } ?? false
    case "number", "boolean": value is NSNumber
    default: false
    }
  }

  private static func equal(_ a: Any, _ b: Any) -> Bool { "\(a)" == "\(b)" }
}
