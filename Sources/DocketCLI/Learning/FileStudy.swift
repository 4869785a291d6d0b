import Docket

/// Reads files whose true values are known, and makes lessons of them.
struct FileStudy: Sendable {
  let reader: any DocumentReader
  let settings: ReadSettings
  let extract: ExtractStage
  let contract: Contract
  let book: TruthBook
  let scratch: ScratchSpace

  struct Result: Sendable {
    var lesson: Lesson?
    var failure: (place: String, error: DocketError)?
  }

  @Sendable func study(_ file: InputFile) async -> Result {
    do throws(DocketError) {
      return Result(lesson: try await lesson(file))
    } catch {
      return Result(failure: (file.shown, error))
    }
  }

  /// Nil where nothing is known of the file.
  private func lesson(_ file: InputFile) async throws(DocketError) -> Lesson? {
    var (path, shown) = (file.path, file.shown)
    var digest: ContentDigest?
    if let slice = file.slice {
      let bytes = try Array(FileBytes.start(of: file.path, limit: slice.upperBound)[slice])
      let origin = GivenWords.origin(bytes)
      path = try scratch.file(bytes)
      shown = origin?.file ?? file.shown
      digest = origin?.sha256.flatMap(ContentDigest.init(hex:))
    }
    defer { if file.slice != nil { scratch.remove(path) } }
    let known = if let digest { digest } else { try FileBytes.digest(path).digest }
    guard let line = book.line(file: shown, digest: known.hex) else { return nil }
    let sink = CollectingSink(scratch: scratch, keepsMembers: false)
    let summary = try await reader.read(ReadableFile(path: path, name: file.name), settings: settings, into: sink)
    let reading = await sink.reading(summary)
    let context = Context(digest: known, name: file.name)
    return try await extract.lesson(
      id: known.hex, group: line.issuer ?? known.hex, reading: reading, contract: contract, context: context,
      truths: line.single)
  }
}
