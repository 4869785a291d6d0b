import Docket
import Testing

/// What the store keeps comes back exactly.
@Suite struct RecordCodingTests {
  static let odd = "Müller & Söhne \"GmbH\"\n\u{1B}[31m\u{0}\u{2028}🧾\\/"

  static var record: Record {
    let document = DocumentID(hex: String(repeating: "0af1", count: 8))
    let places: [Locator] = [
      .region(Region(page: 2, x: 1.0 / 3, y: 0, width: 61.5, height: 1e-9)), .path("/a:Invoice[1]/b[2]"),
      .cell(sheet: 1, row: 2, column: 3), .span(0..<0), .header("message-id", ordinal: 2), .person("maria"),
      .check("tax-adds-up"),
    ]
    let values: [Value] = [
      .text(odd), .text(""), .decimal(DecimalNumber(units: .max, scale: 9)),
      .decimal(DecimalNumber(units: -5, scale: 2)),
      .boolean(false),
    ]
    let all = values.map { value in
      Sourced(
        value: value, raw: odd, score: -4.123456789012345, confidence: 0.1 + 0.2,
        provenance: places.map { Provenance(document: document, locator: $0, producer: "labels 1") },
        alternatives: [
          .init(
            value: value, raw: "", confidence: 5e-324, provenance: [Provenance(locator: .path(""), producer: "x")])
        ], isExact: true)
    }
    return Record(
      id: document, version: 3, supersedes: 2, contract: ContractReference(name: "bill", version: 7),
      classification: 1,
      fields: [
        RecordField(path: "z", values: all, confidence: 0.999999999999),
        RecordField(path: "a", values: [], confidence: 0),
      ],
      tables: [
        RecordTable(path: "lines", rows: [[], [RecordField(path: "lines.amount", values: all, confidence: 1)]])
      ],
      findings: [Finding("x-y", .warning, "It \(odd)", field: "z"), Finding("q", .note, "No.")],
      sensitivity: .restricted, producer: "person maria")
  }

  @Test("a record round-trips with every kind of value and place")
  func record() throws {
    let record = RecordCodingTests.record
    let text = record.storedJSON
    #expect(!text.utf8.contains { $0 < 0x20 })
    let again = try Record(storedJSON: text)
    #expect(again == record)
    #expect(again.storedJSON == text)
  }

  @Test("scales survive: 1.50 stays 1.50")
  func scales() throws {
    let value = Value.decimal(DecimalNumber(units: 150, scale: 2))
    #expect(try Value(storedJSON: value.storedJSON).canonical == "1.50")
  }

  @Test("a decision, a classification and an extraction round-trip")
  func others() throws {
    let decision = Decision(
      route: .review,
      fields: ["lines[1].amount": .init(isAccepted: false, reason: "unproven"), "a": .init(isAccepted: true)],
      reasons: [Finding("unproven", .note, "Not proven.")], destinations: ["b", "a"])
    #expect(try Decision(storedJSON: decision.storedJSON) == decision)

    let known = ContractReference(name: "bill", version: 1)
    for contract in [known, nil] {
      let classification = Classification(
        contract: contract, confidence: 0.25, alternatives: [.init(contract: known, confidence: 1.0 / 3)],
        evidence: ["heading"], languages: ["de", "en"])
      #expect(try Classification(storedJSON: classification.storedJSON) == classification)
    }

    let candidate = Candidate(
      path: "total", value: .decimal(.zero), raw: "0", score: -1e300, locators: [.span(3..<9)], producer: "labels 1",
      isExact: true, readingConfidence: 0.3, findings: [Finding("ambiguous-date", .note, "Two.")])
    let extraction = Extraction(
      candidates: ["total": [candidate, candidate], "none": []], rows: ["lines": [["amount": candidate], [:]]],
      findings: [Finding("x", .error, "Y.")])
    #expect(try Extraction(storedJSON: extraction.storedJSON) == extraction)
  }

  @Test(
    "damaged text is `store-damaged` and is not quoted",
    arguments: [
      "", "{", "{\"id\":1}", "[1,]", "nul", "{} x", "\"\u{1}\"", "{\"a\":1e999}",
      String(repeating: "[", count: 100_000),
    ])
  func damaged(_ text: String) {
    do throws(DocketError) {
      _ = try Record(storedJSON: text)
      Issue.record("read \(text.prefix(20))")
    } catch {
      #expect(error.code == .storeDamaged)
    }
  }

  @Test("escapes of other writers are read")
  func escapes() throws {
    let value = try JSONValue(parsing: #" {"a" : "\u00e9\ud83e\uddfe\ud800x\/\b", "b":[1, -2.5e3, true, null]} "#)
    #expect(try value["a"].string == "é🧾\u{FFFD}x/\u{8}")
    #expect(try value["b"].array == [.integer(1), .number(-2500), .boolean(true), .null])
  }

  @Test("a payload is one line with sorted keys and values as other systems expect them")
  func payload() throws {
    let json = RecordPayload(
      record: RecordCodingTests.record, digest: ContentDigest(of: "x"), part: PartPath("attachment/2"), name: "a.pdf"
    ).json
    #expect(!json.contains("\n"))
    let value = try JSONValue(parsing: json)
    #expect(try value["schema"].string == "docket/record/1")
    #expect(try value["fields"]["z"].array.count == 5)
    #expect(value["fields"]["a"].isNull)
    #expect(try value["rows"]["lines"].array[1]["amount"].array[3]["value"].string == "-0.05")
    let names = ["contract", "fields", "findings", "id", "name", "part", "producer", "rows", "schema", "sensitivity"]
    #expect(names == names.sorted())
    var from = json.startIndex
    for name in names {
      let at = try #require(json.range(of: "\"\(name)\":", from: from))
      from = at
    }
  }

  @Test("a canonical line has no ids and no times, and sorts")
  func canonical() {
    var other = RecordCodingTests.record
    other.id = DocumentID(hex: String(repeating: "ff00", count: 8))
    other.fields = other.fields.map { field in
      var field = field
      field.values = field.values.map { value in
        var value = value
        value.provenance = value.provenance.map {
          Provenance(document: other.id, locator: $0.locator, producer: $0.producer)
        }
        return value
      }
      return field
    }
    let digest = ContentDigest(of: "x")
    let lines = [RecordCodingTests.record, other].map {
      CanonicalLine(record: $0, decision: Decision(route: .review), digest: digest, part: nil).json
    }
    #expect(lines[0] == lines[1])
    #expect(!lines[0].contains(RecordCodingTests.record.id.hex))
  }

  @Test(
    "a cell is safe from formulas and numbers stay numbers",
    arguments: [
      ("=1+2", "'=1+2"), ("-12.50", "-12.50"), ("-2+3", "'-2+3"), ("@sum", "'@sum"), ("a,b", "\"a,b\""),
      ("say \"x\"", "\"say \"\"x\"\"\""), (" =1", "' =1"), ("plain", "plain"),
    ])
  func cells(_ value: String, _ cell: String) { #expect(CSVRow.text([value]) == cell) }

  @Test("the status line says whether the states add up")
  func status() throws {
    let right = StatusLine(arrived: 3, states: [.review: 2, .failed: 1], oldestWaitingSeconds: 120)
    #expect(right.json.hasPrefix("{\"schema\":\"docket/status/1\",\"arrived\":3,\"states\":{\"queued\":0,"))
    #expect(right.json.contains("\"adds_up\":true"))
    #expect(!StatusLine(arrived: 4, states: [.review: 2]).addsUp)
  }
}

extension String {
  /// Where `other` begins at or after `from`.
  fileprivate func range(of other: String, from: Index) -> Index? {
    var at = from
    while at < endIndex {
      if self[at...].hasPrefix(other) { return at }
      at = index(after: at)
    }
    return nil
  }
}
