import Testing

@testable import Docket

/// Slips of three shops, each with words of its own; what is paid stands behind a word that the contract does not know.
private enum Slips {
  static let shops = [
    ["Kilmore", "Harness", "Saddlery"], ["Brindle", "Coastal", "Chandlers"], ["Osprey", "Lantern", "Works"],
  ]

  static func reading(shop: Int, number: Int, named name: String? = nil, confidence: Float = 0.9) -> Reading {
    let words = shops[shop]
    // What is given is more than what is owed, and is taken for the total by those who do not know better.
    var rows: [[(String, Float)]] = [
      (name ?? words.joined(separator: " ")).split(separator: " ").enumerated().map {
        (String($1), Float(50 + $0 * 90))
      },
      [("\(words[0])town", 160), ("\(5_550_000 + shop)", 300)],
      [("\(words[1])side", 50), ("\(words[2])gate", 160), ("\(words[0])well", 300)],
    ]
    rows += [[("Owed", 50), ("\(11 + number * 3).50", 200)], [("Given", 50), ("\(900 + number).00", 200)]]
    rows.append([("\(words[1])ly", 200), ("\(words[2])ward", 320)])
    guard confidence < 1, case .pages(var pages) = page(rows).content else { return page(rows) }
    pages[0].source = .ocr
    for index in pages[0].words.indices { pages[0].words[index].confidence = confidence }
    return Reading(mediaType: "image/png", content: .pages(pages))
  }

  static let contract = Contract(
    name: "slip", version: 2, summary: "A slip.",
    fields: [
      Field(name: "total", type: .money, required: true, labels: ["en": [WeightedPhrase("total")]]),
      Field(name: "shop", type: .party, role: .issuer),
    ], digest: ContentDigest(of: "slips"))

  static func stage(_ rankers: Rankers) -> ExtractStage {
    ExtractStage(
      [
        LabelExtractor(Lexicon([]), vocabularies: [:], described: rankers.described, memory: rankers.memory)
      ], settings: ContentDigest(of: ""), rankers: rankers)
  }

  static func context(_ name: String) -> Context { Context(digest: ContentDigest(of: name), name: "\(name).pdf") }

  static func remembered(
    shop: Int, number: Int, answeredAt: Double = 1_000_000
  ) async throws -> RememberedDocument {
    let context = context("\(shop) \(number)")
    let lesson = try await stage(Rankers(studied: [contract.reference])).lesson(
      id: context.digest.hex, group: "\(shop)", reading: reading(shop: shop, number: number), contract: contract,
      context: context,
      truths: ["total": "\(11 + number * 3).50", "shop": shops[shop].joined(separator: " ")])
    return try #require(
      RememberedDocument(lesson, vendor: shops[shop].joined(separator: " "), answeredAt: answeredAt))
  }

  static func memory(_ documents: [RememberedDocument], number: Int = 3, at: Double = 1_000_000) -> Memory {
    Memory(number: number, madeAt: at, documents: ["slip": documents])
  }

  static func extraction(
    shop: Int, number: Int, named name: String? = nil, confidence: Float = 0.9, by memory: Memory?
  ) async throws -> Extraction {
    try await stage(Rankers(memory: memory)).run(
      .init(
        reading: reading(shop: shop, number: number, named: name, confidence: confidence), contract: contract),
      in: context("\(shop) \(number)"))
  }
}

@Suite struct MemoryTests {
  @Test("one answer is enough for the next document of the same shop, and says nothing of another shop's")
  func oneAnswer() async throws {
    let memory = Slips.memory([try await Slips.remembered(shop: 0, number: 1)])
    let before = try await Slips.extraction(shop: 0, number: 7, by: nil)
    #expect(before.candidates["total"]?.first?.value.canonical == "907.00")
    let after = try await Slips.extraction(shop: 0, number: 7, by: memory)
    let best = try #require(after.candidates["total"]?.first)
    #expect(best.value.canonical == "32.50" && best.score > 0)
    let other = try await Slips.extraction(shop: 1, number: 7, by: memory)
    let without = try await Slips.extraction(shop: 1, number: 7, by: nil)
    let isSame = other.candidates == without.candidates
    #expect(isSame)
  }

  @Test("whether a value goes with those of similar documents is known of each candidate")
  func recalled() async throws {
    let memory = Slips.memory([
      try await Slips.remembered(shop: 0, number: 1), try await Slips.remembered(shop: 0, number: 2),
    ])
    func recalled(_ path: String, _ value: String, named name: String? = nil) async throws -> Recalled? {
      let found = try await Slips.extraction(shop: 0, number: 7, named: name, by: memory)
      return try #require(found.candidates[path]?.first { $0.value.canonical == value }).recalled
    }
    let same = try #require(await recalled("shop.name", "Kilmore Harness Saddlery"))
    #expect(same.value == 1 && same.likeness > 0.5 && same.place == 1)
    let near = try #require(await recalled("shop.name", "Kilmore Hamess Saddlery", named: "Kilmore Hamess Saddlery"))
    #expect(near.value < -0.5, "more likely misread than another shop")
    let owed = try #require(await recalled("total", "32.50"))
    let given = try #require(await recalled("total", "907.00"))
    #expect(owed.value == 0 && given.value == 0 && owed.place > given.place, "amounts are known by their places")
    let other = try await Slips.extraction(shop: 1, number: 7, by: memory)
    #expect(other.candidates.values.joined().allSatisfy { $0.recalled == nil })
  }

  @Test("a document is no witness for itself, nor for another reading of it")
  func itself() async throws {
    let memory = Slips.memory([try await Slips.remembered(shop: 0, number: 1)])
    let again = try await Slips.extraction(shop: 0, number: 1, by: memory)
    let without = try await Slips.extraction(shop: 0, number: 1, by: nil)
    let isSame = again.candidates == without.candidates
    #expect(isSame)
    let worse = try await Slips.extraction(shop: 0, number: 1, named: "Kilrnore Harness Saddlery", by: memory)
    #expect(worse.candidates["shop.name"]?.contains { $0.producer.contains("memory") } != true)
  }

  @Test("a name that was read a little wrong is proposed as it is remembered, in its place, and says so")
  func mended() async throws {
    let memory = Slips.memory([
      try await Slips.remembered(shop: 0, number: 1), try await Slips.remembered(shop: 0, number: 2),
    ])
    let found = try await Slips.extraction(
      shop: 0, number: 7, named: "Kilrnore Hamess Saddlery", confidence: 0.6, by: memory)
    let best = try #require(found.candidates["shop.name"]?.first)
    #expect(best.value.canonical == "Kilmore Harness Saddlery")
    #expect(best.raw == "Kilrnore Hamess Saddlery" && !best.locators.isEmpty)
    #expect(best.producer == "\(LabelExtractor.name) mended by memory 3")
    #expect(best.findings.map(\.code) == ["remembered"])
    let clear = try await Slips.extraction(
      shop: 0, number: 7, named: "Kilrnore Hamess Saddlery", confidence: 1, by: memory)
    #expect(clear.candidates["shop.name"]?.contains { $0.producer.contains("mended") } != true, "nothing to mend")
  }

  @Test("what is remembered is part of what a stage gives")
  func fingerprints() async throws {
    let first = Slips.memory([try await Slips.remembered(shop: 0, number: 1)])
    let second = Slips.memory([try await Slips.remembered(shop: 0, number: 2)])
    let trouble = Rankers(memoryTrouble: Finding("memory-damaged", .warning, "Gone."))
    let all = [Rankers.none, Rankers(memory: first), Rankers(memory: second), trouble]
    #expect(Set(all.map { Slips.stage($0).fingerprint }).count == 4)
    let found = try await Slips.stage(trouble).run(
      .init(reading: Slips.reading(shop: 0, number: 1), contract: Slips.contract), in: Slips.context("a"))
    #expect(found.findings.map(\.code) == ["memory-damaged"])
  }

  @Test("a snapshot is written and read as it was; damaged or foreign it is refused, whatever the place")
  func file() async throws {
    var documents: [RememberedDocument] = []
    for number in 0..<6 { documents.append(try await Slips.remembered(shop: number % 3, number: number)) }
    let memory = Slips.memory(documents)
    let bytes = MemoryFile.bytes(of: memory)
    let again = try MemoryFile.memory(of: bytes)
    #expect(again == memory && again.parts == memory.parts && again.number == 3)
    let isWhole = again.documents(of: "slip") == documents.sorted { $0.id < $1.id }
    #expect(isWhole)
    #expect(MemoryFile.bytes(of: Slips.memory(documents.reversed())) == bytes, "in any order")
    func isRefused(_ bytes: [UInt8]) -> Bool {
      do throws(DocketError) {
        _ = try MemoryFile.memory(of: bytes)
        return false
      } catch { return error.code == .memoryDamaged }
    }
    for length in stride(from: 0, to: bytes.count, by: 97) { #expect(isRefused(Array(bytes.prefix(length)))) }
    for place in stride(from: 0, to: bytes.count, by: 61) {
      var turned = bytes
      turned[place] ^= 4
      #expect(isRefused(turned), "byte \(place)")
    }
    #expect(isRefused(Array("something else altogether".utf8)))
  }

  @Test("snapshots grow, forget for good, and let go of what is too old")
  func changes() async throws {
    let old = try await Slips.remembered(shop: 0, number: 1)
    let memory = Slips.memory([old])
    var newer = try await Slips.remembered(shop: 1, number: 2, answeredAt: 2_000_000)
    let grown = try #require(memory.growing(to: 4, at: 2_000_000, with: ["slip": [newer, old]]))
    #expect(grown.number == 4 && grown.parent == 3 && grown.count == 2 && memory.count == 1)
    #expect(grown.growing(to: 5, at: 2_000_000, with: ["slip": [newer]]) == nil, "nothing new")
    #expect(grown.vendors.map(\.name) == ["Brindle Coastal Chandlers", "Kilmore Harness Saddlery"])
    let forgotten = try #require(grown.forgetting(in: 5, at: 2_000_000) { $1.vendorKey == newer.vendorKey })
    #expect(forgotten.count == 1 && forgotten.memory.documents(of: "slip").map(\.id) == [old.id])
    newer.answeredAt = 3_000_000
    #expect(forgotten.memory.growing(to: 6, at: 3_000_000, with: ["slip": [newer]]) == nil, "it stays forgotten")
    #expect(grown.forgetting(in: 5, at: 0) { $1.vendorKey == "NOBODY" } == nil)
    let later = try #require(grown.growing(to: 5, at: 1_000_001 + Memory.lifetime, with: [:]))
    #expect(later.documents(of: "slip").map(\.vendor) == ["Brindle Coastal Chandlers"])
    let many = (0..<80).map { number in
      var document = old
      document.id = ContentDigest(of: "\(number)").hex
      document.answeredAt = Double(number)
      return document
    }
    let kept = Slips.memory(many).documents(of: "slip")
    #expect(kept.count == Memory.mostOfVendor && kept.allSatisfy { $0.answeredAt >= 30 }, "the newest of a vendor")
  }

  @Test("each fact has its documents, its date and its lifetime")
  func facts() async throws {
    let memory = Slips.memory([
      try await Slips.remembered(shop: 0, number: 1),
      try await Slips.remembered(shop: 0, number: 2, answeredAt: 900_000),
    ])
    let vendor = try #require(memory.vendors.first)
    let name = try #require(vendor.facts.first { $0.path == "shop.name" })
    #expect(name.kind == .value("Kilmore Harness Saddlery") && name.documents.count == 2)
    #expect(name.confirmedAt == 1_000_000 && name.holdsUntil == 1_000_000 + Memory.lifetime)
    let total = vendor.facts.filter { $0.path == "total" }
    #expect(total.count == 1, "amounts are not kept: \(total)")
    if case .place(let left, _)? = total.first?.kind { #expect(left == "OWED") } else { Issue.record("\(total)") }
  }
}

@Suite struct MemoryIndexTests {
  private func signature(_ terms: [UInt32], head: Set<UInt32> = []) -> DocumentSignature {
    DocumentSignature(terms: terms.sorted(), weights: terms.sorted().map { head.contains($0) ? 2 : 1 })
  }

  @Test("the most alike comes first; rare words and the head's count more")
  func nearest() {
    let common: [UInt32] = [1, 2, 3]
    let signatures = (0..<30).map {
      signature(common + [100 + UInt32($0), 200 + UInt32($0)], head: [200 + UInt32($0)])
    }
    let index = MemoryIndex(signatures)
    #expect(index.signatures == signatures)
    let found = index.nearest(to: signature(common + [104, 205], head: [205]), most: 3)
    #expect(found.map(\.place).prefix(2) == [5, 4], "the head's word counts twice")
    #expect(abs(index.nearest(to: signatures[7], most: 1)[0].similarity - 1) < 1e-5)
    #expect(index.nearest(to: signatures[7], most: 1) { $0 == 7 }[0].place == 0)
    #expect(index.nearest(to: signature([900, 901]), most: 5).isEmpty)
    #expect(index.nearest(to: signature([]), most: 5).isEmpty)
  }
}

@Suite struct MendingTests {
  private func likeness(_ words: [(String, Double)], _ known: String, others: [String] = []) -> Double? {
    Mending.likeness(
      of: words.map {
        ReadWord(key: TrueValue.key($0.0), others: others.map(TrueValue.key), confidence: $0.1)
      }, to: TrueValue.key(known))
  }

  @Test("doubtful letters may differ, those that the reader is sure of may not, least of all digits")
  func doubts() throws {
    let known = "Kilmore Harness Saddlery 14 Mill Lane"
    let sure = [("Kilmore", 0.99), ("Harness", 0.99)]
    let rest = [("14", 0.99), ("Mill", 0.99), ("Lane", 0.99)]
    #expect(likeness(sure + [("Saddlery", 0.99)] + rest, known) == 1)
    #expect(try #require(likeness(sure + [("5addIery", 0.5)] + rest, known)) > 0.9)
    #expect(likeness(sure + [("Stables", 0.99)] + rest, known) == nil)
    #expect(likeness(sure + [("Saddlery", 0.99), ("41", 0.95), ("Mill", 0.99), ("Lane", 0.99)], known) == nil)
    #expect(
      try #require(likeness(sure + [("Saddlery", 0.99), ("19", 0.4), ("Mill", 0.99), ("Lane", 0.99)], known)) > 0.9)
    #expect(likeness([("Brindle", 0.3), ("Chandlers", 0.3)], known) == nil, "another text altogether")
    #expect(likeness([], known) == nil)
  }

  @Test("what else a word may be counts as read where it is what is known")
  func variants() throws {
    #expect(likeness([("Kihnore", 0.9)], "Kilmore", others: ["Kilmore", "Kilnore"]) == 1)
  }
}
