import Docket
import Synchronization

/// What a folder of sample documents holds, as far as a first pipeline needs to know it.
struct SampleLook: Sendable {
  /// How many documents are of each contract, attachments and parts of bundles counted on their own.
  var contracts: [ContractReference: Int] = [:]
  var unknown = 0
  /// By error code.
  var failures: [String: Int] = [:]
  /// By ISO 639-1 code: in how many documents of a known contract, read off pixels, most words are of it.
  var languages: [String: Int] = [:]
  var documents = 0

  /// More files than these tell nothing new.
  static let mostFiles = 300

  mutating func add(_ line: ExtractionLine) {
    documents += 1
    guard line.outcome == "ok" else {
      failures[line.outcome, default: 0] += 1
      return
    }
    switch line.understood {
    case .record(let made):
      contracts[made.record.contract, default: 0] += 1
      if let first = made.classification.languages.first { languages[first, default: 0] += 1 }
    case .unknown: unknown += 1
    case .parts, nil: documents -= 1
    }
  }

  /// Reads them as `docket extract` does.
  static func look(at folder: String, _ settings: Settings, _ library: Library, _ output: Output) async throws
    -> SampleLook
  {
    let scratch = try ScratchSpace()
    let files = Array(try FileArguments.expand([folder], scratch: scratch).prefix(mostFiles))
    let found = Mutex(SampleLook())
    let task = ExtractTask(
      reader: try Wiring.reader(settings, library: library), settings: try settings.reading(),
      pipeline: try Wiring.pipeline(settings, library, contract: nil), scratch: scratch
    ) { line in
      found.withLock { $0.add(line) }
      return ""
    }
    let width = try settings.workers() * 2
    try await Interruption.guarding(output, advice: "Nothing was written.") { stop in
      let progress = Progress(output, total: files.count)
      try await OrderedWork.run(files, width: width, stop: stop, work: task.understand) { file, result in
        await progress.advance(current: file.shown, failed: !result.failures.isEmpty)
      }
      await progress.finish()
    }
    return found.withLock { $0 }
  }

  /// Contracts by how many documents are of them, equal ones by name.
  var ordered: [(contract: ContractReference, count: Int)] {
    contracts.map { (contract: $0.key, count: $0.value) }.sorted {
      ($1.count, $0.contract.description) < ($0.count, $1.contract.description)
    }
  }

  /// Tesseract's names of the languages that at least one in twenty documents is in, the most frequent first.
  var tesseractLanguages: [String] {
    let all = languages.values.reduce(0, +)
    return languages.filter { $0.value * 20 >= all }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .compactMap { LanguageReader.tesseractNames[$0.key] }
  }

  /// What was found, for a person.
  var text: String {
    var lines = ordered.map { "\($0.count) \($0.contract)" }
    if unknown > 0 { lines.append("\(unknown) of no contract that is known: they would wait for a person") }
    for (code, count) in failures.sorted(by: { $0.key < $1.key }) {
      lines.append("\(count) could not be read (\(code))")
    }
    return "\(documents) documents: " + lines.joined(separator: ", ") + "."
  }
}
