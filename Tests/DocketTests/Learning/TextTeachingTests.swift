import Testing

@testable import Docket

/// Requests of two kinds in words of their own, and some of no kind.
func requestLessons(_ count: Int = 40) -> [TextLesson] {
  let kinds = [
    ("hardware", "keyboard screen broken laptop cable"), ("access", "password account locked login reset"),
  ]
  return (0..<count).map { number in
    let (truth, words) = kinds[number % 2]
    let own = words.split(separator: " ").map(String.init)
    let text = ["please", own[number % 5], own[(number / 2) % 5], "desk\(number)", own[(number / 3) % 5]]
    return TextLesson(
      id: ContentDigest(of: "\(number)").hex, group: "desk \(number)", marks: TextMarks(text, form: .note),
      zeroShot: [:], truth: truth)
  }
}

let requestKind = TextKind.category(contract: ContractReference(name: "request", version: 1), path: "about")

@Suite struct TextTeachingTests {
  private func taught(_ lessons: [TextLesson] = requestLessons()) throws -> TextTeaching {
    try TextTeaching(lessons, of: requestKind, number: 1, comparedWith: TextCard.zeroShot)
  }

  @Test("the gradient is what small differences say", arguments: [TextKind.types, requestKind])
  func gradient(_ kind: TextKind) {
    var lessons = requestLessons(60)
    lessons[3].zeroShot = ["access": 1.5, "hardware": -0.5, "elsewhere": 0.7]
    lessons[4].truth = nil
    let training = TextTraining(lessons, form: .note, settings: kind.settings)
    var place = training.start
    for index in place.indices { place[index] += 0.01 * Double(index % 7) - 0.02 }
    var gradient = place.map { _ in 0.0 }
    var unused = gradient
    _ = training.loss(place, gradient: &gradient)
    let step = 1e-5
    let biases = [place.count - 3, place.count - 2]
    for index in [0, 1, 17, 40, place.count - 1] + (kind == .types ? [] : biases) {
      var (higher, lower) = (place, place)
      higher[index] += step
      lower[index] -= step
      let slope = (training.loss(higher, gradient: &unused) - training.loss(lower, gradient: &unused)) / (2 * step)
      #expect(abs(slope - gradient[index]) < 1e-4 * max(1, abs(slope)), "place \(index): \(slope), \(gradient[index])")
    }
  }

  @Test("what texts of a kind say is learned, and told of texts that were not learned from")
  func learns() throws {
    let taught = try taught()
    #expect(taught.card.gain.rightBefore == 0 && taught.card.gain.right == 40)
    #expect(taught.card.gain.isProven && taught.card.macroF1 == 1)
    let text = TextMarks(["my", "password", "is", "locked"], form: .note)
    let scores = [taught.model].scores([:], text)
    #expect(scores["access"]! > scores["hardware"]! + 1)
    #expect(taught.card.classes == ["access": 20, "hardware": 20])
  }

  @Test("the same lessons in any order, and one that came twice, give the same bytes")
  func deterministic() throws {
    let lessons = requestLessons()
    let first = try taught(lessons)
    let second = try taught(lessons.reversed() + lessons.prefix(3))
    #expect(first.weights == second.weights)
    #expect(first.card.json == second.card.json)
    #expect(try TextCard(json: first.card.json) == first.card)
  }

  @Test("what is stored gives the same scores as what was learned")
  func stored() throws {
    let taught = try taught()
    let again = try TextModelFile.model(of: taught.weights)
    let text = TextMarks(["the", "laptop", "screen"], form: .note)
    #expect(again.scores(of: text) == taught.model.scores(of: text))
    #expect(again.classes == ["access", "hardware"])
  }

  @Test("weights that are cut, changed or another file's are damaged; texts seen differently do not fit")
  func damaged() throws {
    let taught = try taught()
    func code(_ card: String, _ weights: [UInt8]) -> ErrorCode? {
      do throws(DocketError) {
        _ = try TextModel(card: card, weights: weights)
        return nil
      } catch { return error.code }
    }
    var changed = taught.weights
    changed[changed.count / 2] ^= 1
    #expect(code(taught.card.json, changed) == .modelDamaged)
    #expect(code(taught.card.json, Array(taught.weights.dropLast())) == .modelDamaged)
    #expect(code("{}", taught.weights) == .modelDamaged)
    #expect(code(taught.card.json.replacing(TextMarks.version, with: "texts 0"), taught.weights) == .modelMismatch)
    #expect(code(taught.card.json, taught.weights) == nil)
    // Whatever the bytes are, reading them ends with a model or a code.
    for cut in stride(from: 0, to: taught.weights.count, by: 97) {
      #expect(throws: DocketError.self) { try TextModelFile.model(of: Array(taught.weights.prefix(cut))) }
    }
    for index in 0..<60 {
      var bytes = taught.weights
      bytes[index] = 0xFF
      _ = try? TextModelFile.model(of: bytes)
    }
  }

  @Test("ten texts of two kinds are the least")
  func tooLittle() {
    for lessons in [requestLessons(8), requestLessons().filter { $0.truth == "access" }] {
      #expect(throws: DocketError.self) {
        try TextTeaching(lessons, of: requestKind, number: 1, comparedWith: TextCard.zeroShot)
      }
    }
  }

  @Test("learned again from the same texts it is no better, and stays a candidate")
  func noGain() throws {
    let first = try taught()
    let second = try TextTeaching(
      requestLessons(), of: requestKind, number: 2, inUse: first.model, comparedWith: "model 1")
    #expect(second.card.gain.right == second.card.gain.rightBefore)
    #expect(!second.card.gain.isProven)
  }

  @Test("what is learned on top of a model keeps what that one knows")
  func chained() throws {
    let base = try taught().model
    var lessons = requestLessons(30)
    for index in lessons.indices {
      lessons[index].marks = TextMarks(["please", index % 2 == 0 ? "forklift" : "password"], form: .note)
      lessons[index].truth = index % 2 == 0 ? "vehicles" : "access"
      lessons[index].zeroShot = [base].scores([:], lessons[index].marks)
    }
    let own = try TextTeaching(
      lessons, of: requestKind, number: 1, base: "1", comparedWith: "the shipped model 1")
    #expect(own.card.gain.right > own.card.gain.rightBefore)
    let scores = [base, own.model].scores([:], TextMarks(["broken", "laptop", "cable"], form: .note))
    #expect(scores["hardware"] == scores.values.max(), "nobody answered about hardware here")
  }
}

@Suite struct TextWordsTests {
  @Test("words are letters without case, digits are zeros, of a document's beginning alone")
  func words() {
    let reading = page([[("Invoice-No.", 50), ("4711", 120)], [("GRÖSSE", 50), ("ÄRGER", 90)]])
    #expect(TextWords.of(reading) == ["invoice", "no", "0000", "grösse", "ärger"])
    let text = TextReading(
      headers: [.init(name: "subject", value: "Help"), .init(name: "to", value: "desk")],
      text: String(repeating: "word ", count: 3000))
    let words = TextWords.of(Reading(mediaType: "message/rfc822", content: .text(text)))
    #expect(words.first == "help" && words.count > 1000 && words.count < 1300)
  }
}
