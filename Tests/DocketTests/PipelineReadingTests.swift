import Docket
import Testing

@Suite struct PipelineReadingTests {
  private func load(_ text: String) -> Loaded<PipelineFile> {
    PipelineFile.load(WrittenFile(path: "office.yaml", text: text))
  }

  private let whole = """
    format: docket/pipeline/1
    pipeline: office
    summary: The post.
    sources:
      scanner: { folder: { path: inbox, settle: 1s }, sensitivity: confidential, dates: dmy, languages: [deu, eng] }
    accepts: [thing, other@1]
    policy: careful
    routes:
      - { when: { contract: thing, field: total, above: 100 EUR }, approve: finance, deliver: ledger }
      - { when: { contract: [thing] }, deliver: [ledger, archive] }
    destinations:
      ledger: { jsonl: { path: out/a.jsonl } }
      archive: { folder: { path: out/files, name: [number, total] } }
      tables: { sqlite: { path: out/a.sqlite, table: things }, mapping: ledger }
      program: { command: [bin/take, --all] }
      slow: { command: { run: take, timeout: 2m, pass: [TOKEN] } }
      shop: { webhook: { url: "https://x.example/a", secret: [env:NEW, file:old], ca: ca.pem, timeout: 5s } }
    limits: { seconds: 60, depth: 3 }
    retention: { originals: 10y }
    """

  @Test("reads what people write")
  func reading() throws {
    let file = try load(whole).get()
    #expect(file.name == "office" && file.accepts == ["thing", "other@1"] && file.policy == "careful")
    let source = try #require(file.sources.first)
    #expect(source.kind == "folder" && source.settings == ["path": "inbox", "settle": "1s"])
    #expect(source.sensitivity == .confidential && source.dates == .dmy && source.languages == ["deu", "eng"])
    #expect(file.routes.map(\.deliver) == [["ledger"], ["ledger", "archive"]])
    #expect(file.routes[0].approve == "finance")
    #expect(file.destinations[1].nameFields == ["number", "total"])
    #expect(file.destinations[2].settings["table"] == "things" && file.destinations[2].mapping == "ledger")
    #expect(file.destinations[3].lists["run"] == ["bin/take", "--all"])
    #expect(file.destinations[4].settings["timeout"] == "2m" && file.destinations[4].lists["pass"] == ["TOKEN"])
    #expect(file.destinations[5].lists["secret"] == ["env:NEW", "file:old"])
    #expect(file.limits.seconds == 60 && file.limits.depth == 3 && file.limits.pages == ReadLimits().pages)
    #expect(file.retention == ["originals": "10y"])
  }

  @Test("a source may say which readers read its pictures; a word that is none is a mistake with its place")
  func ocr() throws {
    let file = try load(whole.replacing("dates: dmy", with: "dates: dmy, ocr: fast")).get()
    #expect(file.sources[0].ocr == .fast)
    #expect(try load(whole).get().sources[0].ocr == nil)
    let wrong = load(whole.replacing("dates: dmy", with: "dates: dmy, ocr: never"))
    let mistake = try #require(wrong.mistakes.first)
    #expect(mistake.place.line == 5 && mistake.message.contains("`never`"), "\(mistake)")
  }

  @Test("a folder's subfolders are sources of their own, with what is known of their files")
  func subfolders() throws {
    let hints = "{ in: { contract: thing }, acme: { sender: ap@acme.example } }"
    let folder = "{ path: inbox, events: off, subfolders: \(hints) }"
    let file = try load(whole.replacing("{ path: inbox, settle: 1s }", with: folder)).get()
    #expect(file.sources[0].settings == ["path": "inbox", "events": "off"])
    let acme = try #require(file.source("scanner/acme"))
    #expect(acme.sender == "ap@acme.example" && acme.contract == nil && acme.sensitivity == .confidential)
    #expect(file.source("scanner/in")?.contract == "thing")
    #expect(file.source("scanner")?.contract == nil && file.source("scanner/other") == nil)
    for wrong in [
      "{ a/b: { contract: thing } }", "{ a: {} }", "{ a: { contrct: thing } }", "{ a: { contract: another } }",
    ] {
      let loaded = load(whole.replacing("settle: 1s", with: "subfolders: \(wrong)"))
      #expect(!loaded.mistakes.isEmpty, "\(wrong)")
    }
  }

  @Test(
    "says what is wrong",
    arguments: [
      ("deliver: ledger }", "deliver: leger }", "`ledger`"),
      ("folder: { path: inbox, settle: 1s }", "foldr: { path: inbox }", "`folder`"),
      ("depth: 3", "depth: x", "depth"),
      ("approve: finance, deliver: ledger", "notify: [a]", "`a` is not among `notify`"),
      ("retention:", "notify: { a: { command: [x], events: [arived] } }\nretention:", "`arrived`"),
      ("retention:", "notify: { a: { command: [x], events: [quiet] } }\nretention:", "`quiet: 3d`"),
      ("policy: careful\n", "", "policy"),
      ("secret: [env:NEW, file:old]", "secret: hunter2", "never stands in a pipeline"),
      ("url: \"https://x.example/a\"", "url: x.example", "begins with `https://`"),
      ("timeout: 2m", "timeout: 2 minutes", "duration"),
      ("table: things", "table: sqlite_things", "sqlite_things"),
      ("mapping: ledger", "mapping: ledger, sensitivity: public", "of a source"),
    ])
  func mistakes(right: String, wrong: String, message: String) throws {
    #expect(whole.contains(right))
    let parts = whole.split(separator: right, maxSplits: 1, omittingEmptySubsequences: false)
    let loaded = load(parts.joined(separator: wrong))
    #expect(loaded.value == nil)
    #expect(loaded.mistakes.contains { $0.description.contains(message) }, "\(loaded.mistakes)")
  }
}
