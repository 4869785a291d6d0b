import Docket
import DocketTesting
import DocketWorkers
import Foundation
import Testing

/// What each stage is and what it makes of Corpus/, as digests.
struct StageDigests: Hashable {
  struct Stage: Hashable {
    var name: String
    var fingerprint: String
    var outputs: String
  }

  /// Those that readings of text depend on.
  var libraries: String
  /// Of what is given to the stages from outside: the documents and the contracts.
  var inputs: String
  /// In the order of the pipeline.
  var stages: [Stage]

  /// The first stage whose outputs changed, unless it or what is given to it from outside did too. What follows it may
  /// have changed for its sake.
  func forgotten(since before: StageDigests) -> String? {
    guard inputs == before.inputs,
      let (stage, old) = zip(stages, before.stages).first(where: { $0.outputs != $1.outputs })
    else { return nil }
    return stage.fingerprint == old.fingerprint ? stage.name : nil
  }
}

extension StageDigests {
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/fingerprints/1")
      json.member("libraries", libraries)
      json.member("inputs", inputs)
      json.memberObject("stages") { json in
        for stage in stages {
          json.memberObject(stage.name) { json in
            json.member("fingerprint", stage.fingerprint)
            json.member("outputs", stage.outputs)
          }
        }
      }
    }
    // A line a stage, so that differences can be read.
    return json.text.replacing(",\"", with: ",\n\"") + "\n"
  }

  init(json text: String) throws {
    let json = try JSONValue(parsing: text)
    libraries = try json["libraries"].string
    inputs = try json["inputs"].string
    stages = try StageDigests.names.map { name in
      let stage = json["stages"][name]
      return Stage(name: name, fingerprint: try stage["fingerprint"].string, outputs: try stage["outputs"].string)
    }
  }

  private static let names = StageName.allCases.filter { $0 != .deliver }.map(\.rawValue)

  /// Runs every stage over Corpus/, in the order of paths.
  ///
  /// Pictures and scans are left out: what OCR makes of them depends on the library's build and its data, which
  /// differ between machines of the same Debian.
  static func taken() async throws -> StageDigests {
    let pool = WorkerPool(ReaderProgram(path: BuiltProgram("docket-reader").path), policy: .init(workers: 1))
    let pipeline = try ShippedPipeline.load()
    let recorder = OutputRecorder()
    var inputs = ContentHasher()
    for contract in pipeline.classify.contracts { inputs.update(contract.digest.hex.utf8) }
    for item in try CorpusCase.all() where !item.isPicture {
      let bytes = try Data(contentsOf: URL(filePath: item.document))
      let digest = ContentDigest(of: bytes)
      let name = URL(filePath: item.document).lastPathComponent
      let sink = PageSink()
      do {
        var summary = try await pool.read(ReadableFile(path: item.document, name: name), settings: .init(), into: sink)
        summary.cpuSeconds = 0
        let pages = await sink.pages
        guard pages.allSatisfy({ $0.source == .layer || $0.source == .blank }) else { continue }
        inputs.update(digest.hex.utf8)
        for page in pages { await recorder.record(.read, ReadingCoding.encode(page)) }
        await recorder.record(.read, ReadingCoding.encode(summary, members: await sink.members))
        let reading = Reading(
          mediaType: summary.mediaType, content: summary.content ?? .pages(pages), embedded: summary.embedded,
          members: await sink.members, findings: summary.findings)
        _ = try await pipeline.run(reading, in: Context(digest: digest, name: name), by: recorder)
      } catch {
        inputs.update(digest.hex.utf8)
        await recorder.record(.read, Array(error.code.id.utf8))
      }
    }
    let versions = try await pool.description().versions.map { $0.split(separator: " ").map(String.init) }
      .filter { $0.first != "tessdata" && $0.first != "scan" }
    let fingerprints: [StageName: String] = [
      .read: versions.map { $0.prefix(2).joined(separator: " ") }.joined(separator: ", "),
      .split: pipeline.split.fingerprint.hex, .classify: pipeline.classify.fingerprint.hex,
      .extract: pipeline.extract.fingerprint.hex, .normalize: pipeline.normalize.fingerprint.hex,
      .decide: pipeline.decide.fingerprint.hex,
    ]
    let outputs = await recorder.digests()
    return StageDigests(
      libraries: Set(versions.flatMap(libraries)).sorted().joined(separator: ", "), inputs: inputs.finish().hex,
      stages: names.compactMap { StageName(rawValue: $0) }.map {
        Stage(name: $0.rawValue, fingerprint: fingerprints[$0] ?? "", outputs: outputs[$0]?.hex ?? "")
      })
  }

  /// `pdf 2 poppler 22.12.0 tesseract 5.3.0` names its own version, then libraries and theirs.
  private static func libraries(in version: [String]) -> [String] {
    stride(from: 2, to: version.count - 1, by: 2).filter { version[$0] != "tesseract" }
      .map { "\(version[$0]) \(version[$0 + 1])" }
  }
}

extension CorpusCase {
  var isPicture: Bool { ["jpg", "png", "tif"].contains(URL(filePath: document).pathExtension) }
}

/// Runs stages, and keeps a digest of all that each made.
private actor OutputRecorder: Steps {
  private var hashers: [StageName: ContentHasher] = [:]

  func record(_ stage: StageName, _ bytes: [UInt8]) {
    hashers[stage, default: ContentHasher()].update(bytes)
    hashers[stage]?.update([0x0A])
  }

  func step<S: Stage>(_ stage: S, _ input: S.Input, in context: Context) async throws(DocketError) -> S.Output {
    let output = try await stage.run(input, in: context)
    switch output {
    case let artifact as any StoredAsJSON: record(S.name, Array(artifact.storedJSON.utf8))
    case let splitting as Splitting:
      let parts = splitting.parts.map { $0.path?.text ?? "whole" }
      let boundaries = splitting.boundaries.map { "\($0.page) \($0.confidence)" }
      record(S.name, Array((parts + boundaries).joined(separator: "\n").utf8))
    default: Issue.record("`\(S.name)` makes something that has no canonical form")
    }
    return output
  }

  func digests() -> [StageName: ContentDigest] {
    hashers.mapValues { hasher in
      var hasher = hasher
      return hasher.finish()
    }
  }
}

private actor PageSink: ReadingSink {
  private(set) var pages: [PageReading] = []
  private(set) var members: [Member] = []
  func page(_ page: PageReading) { pages.append(page) }
  func member(_ member: Member, bytes: [UInt8]) { members.append(member) }
}

/// The pipeline of `docket extract`, from the files of this checkout.
enum ShippedPipeline {
  private static let root = CorpusCase.root.deletingLastPathComponent()

  static func library() throws -> Library {
    let folder = root.appending(path: "Pipelines")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    let files = try names.sorted().map { name in
      WrittenFile(path: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
    return try Library(files: files)
  }

  static func load() throws -> Pipeline {
    let library = try library()
    return Pipeline.shipped(
      library, accepts: library.newestContracts, policy: try #require(library.policy("careful")),
      calibration: try card("calibration", in: root).map { try Calibration(card: $0) } ?? .none,
      boundaries: try card("page-boundaries", in: root).map { try BoundaryModel(card: $0) } ?? .none)
  }

  /// The newest of a name.
  private static func card(_ name: String, in root: URL) throws -> String? {
    let versions = root.appending(path: "Models/\(name)")
    let newest = try FileManager.default.contentsOfDirectory(atPath: versions.path).compactMap { Int($0) }.max()
    return try newest.map { try String(contentsOf: versions.appending(path: "\($0)/card.json"), encoding: .utf8) }
  }
}
