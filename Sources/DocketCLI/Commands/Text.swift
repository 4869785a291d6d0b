import ArgumentParser
import Docket
import DocketConnectors

/// `docket text FILE…`: the words, without a workspace.
struct TextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text",
    abstract: "Prints the words of documents; needs no workspace.",
    discussion: """
      Pages without a good text layer are read by OCR. Pages are parted by form feeds. `--format json` prints one \
      line a document, words with their boxes; `hocr` and `alto` are what other programs take in. `docket extract` \
      takes all three as input too.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, hocr, alto }

  @Argument(help: "Documents, folders of documents, or - for standard input.")
  var files: [String]

  @Option(help: "text; or with boxes: json, hocr or alto.")
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write NAME.EXT.txt, .json, .hocr or .alto.xml into this folder.", valueName: "dir"))
  var output: String?

  @Flag(help: "Of scans, what each of two readers read and which was believed: as a table, or in the JSON.")
  var readings = false

  @Option(
    help: ArgumentHelp(
      "Read this part of a page alone, larger: as --format json gives pages and boxes; @90 where the page was turned.",
      valueName: "page:x,y,w,h"))
  var region: [String] = []

  @Flag(help: "In the regions only digits can stand, with the marks of amounts and dates.")
  var digits = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let place = common.output
    let settings = try common.settings(reading.flags, workspace: Workspace.nearest())
    let scratch = try ScratchSpace()
    let files = try FileArguments.expand(files, scratch: scratch)
    let chosen = format ?? (common.json && output == nil ? .json : .text)
    guard !readings || chosen == .text || chosen == .json else {
      throw DocketError(.usage, "`--readings` goes with the formats text and json.")
    }
    var how = try settings.reading()
    how.comparesReaders = readings
    how.regions = try RegionArgument.regions(region, isNumber: digits)
    let reader = try Wiring.reader(settings)
    let task = TextTask(reader: reader, settings: how, format: chosen, scratch: scratch)
    let writer = try output.map { try TextFolder($0, format: chosen, files: files) }
    let workers = try settings.workers()
    let sum = try await Interruption.guarding(place, advice: "Call it again for the rest.") { stop in
      let progress = Progress(place, total: files.count)
      var sum = OutcomeSum()
      try await OrderedWork.run(files, width: workers * 2, stop: stop, work: task.read) { file, result in
        sum.add(result.outcome)
        await progress.advance(current: file.shown, failed: result.error != nil)
        if let error = result.error { await progress.note(OutcomeSum.line(file.shown, error)) }
        if let writer {
          let written = try writer.write(result, of: file)
          if place.isJSON { place.data(result.line.outcomeJSON(written: written)) }
        } else if chosen == .json || result.error == nil {
          place.raw(result.text)
        }
      }
      await progress.finish()
      return sum
    }
    place.note(sum.text)
    if sum.failed > 0 { throw ExitCode.someFailed }
  }
}

/// How documents are read, for commands that read.
struct ReadingOptions: ParsableArguments {
  @Option(help: "How many documents are read at once; one a processor unless given.")
  var workers: Int?

  @Option(help: "Languages of scans, by Tesseract's names, joined by +; found out unless given.")
  var languages: String?

  @Option(help: "Who reads scans: best, fast or tesseract; best unless given.")
  var ocr: String?

  @Option(help: "Tesseract's page segmentation mode for scans, 1 to 13.")
  var psm: Int?

  var flags: [Setting: String?] {
    [.workers: workers.map(String.init), .languages: languages, .ocr: ocr, .psm: psm.map(String.init)]
  }
}

/// Reads one file to text.
struct TextTask: Sendable {
  let reader: any DocumentReader
  let settings: ReadSettings
  let format: TextCommand.Format
  let scratch: ScratchSpace

  struct Result: Sendable {
    /// In the chosen format.
    var text = ""
    var outcome = "ok"
    var error: DocketError?
    /// Without the words, for `-o DIR --json`.
    var line = TextLine(file: "", digest: nil)
  }

  @Sendable func read(_ file: InputFile) async -> Result {
    var line = TextLine(file: file.shown, digest: nil)
    var result = Result()
    let began = Progress.now
    do throws(DocketError) {
      line.digest = try FileBytes.digest(file.path).digest
      let sink = CollectingSink(scratch: scratch, keepsMembers: false)
      let summary = try await reader.read(
        ReadableFile(path: file.path, name: file.name), settings: settings, into: sink)
      line.mediaType = summary.mediaType
      line.cpuSeconds = summary.cpuSeconds
      if let content = summary.content { line.content = content } else { line.content = await .pages(sink.pages) }
    } catch {
      result.error = error
      result.outcome = error.code.id
      line.outcome = error.code.id
    }
    line.seconds = Progress.now - began
    switch format {
    case .json: result.text = line.json + "\n"
    case .text where settings.comparesReaders: result.text = line.content.map(ReadingsTable.text) ?? ""
    case .text: result.text = line.content.map(PlainWords.text) ?? ""
    case .hocr, .alto: result.text = line.content.map { pages(of: $0, named: file.name) } ?? ""
    }
    result.line = line
    result.line.forgetContent()
    return result
  }

  /// What has no pages of its own is set on some.
  private func pages(of content: Reading.Content, named name: String) -> String {
    let reading = Reading(mediaType: "", content: content)
    let pages = Typesetting(reading)?.pages ?? reading.pages
    return format == .hocr ? HOCRPage.document(pages, name: name) : ALTOPage.document(pages, name: name)
  }
}

/// The folder that `-o` names.
struct TextFolder: Sendable {
  private let folder: String
  private let ending: String
  /// Two files of one name would overwrite each other: the second is `a.pdf-2.txt`.
  private let names: [InputFile: String]

  init(_ folder: String, format: TextCommand.Format, files: [InputFile]) throws(DocketError) {
    self.folder = folder
    ending = ["text": "txt", "alto": "alto.xml"][format.rawValue] ?? format.rawValue
    var counts: [String: Int] = [:]
    var names: [InputFile: String] = [:]
    for file in files where names[file] == nil {
      let name = file.shown == "-" ? "standard-input" : file.name
      counts[name, default: 0] += 1
      names[file] = counts[name] == 1 ? name : "\(name)-\(counts[name, default: 0])"
    }
    self.names = names
    try FileCalls.makeFolder(folder)
  }

  /// `scan.jpg` becomes `scan.jpg.txt`. Nothing is written for text that could not be read.
  /// - Returns: the file's path.
  func write(_ result: TextTask.Result, of file: InputFile) throws(DocketError) -> String? {
    guard result.error == nil || ending == "json", let name = names[file] else { return nil }
    let path = "\(folder)/\(name).\(ending)"
    try FileBytes.replace(path, with: Array(result.text.utf8))
    return path
  }
}
