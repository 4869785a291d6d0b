import Docket

/// Reads files of which something is known to be true, and makes lessons of them.
struct FileStudy<Lesson: Sendable>: Sendable {
  let reader: any DocumentReader
  let settings: ReadSettings
  let book: TruthBook
  let scratch: ScratchSpace
  /// Nil where nothing is to be learned of a file.
  let make: @Sendable (StudiedFile) async throws(DocketError) -> Lesson?

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
    return try await make(
      StudiedFile(
        reading: reading, context: Context(digest: known, name: file.name), truth: line,
        group: line.issuer ?? known.hex))
  }
}

/// A file that was read, and what is true of it.
struct StudiedFile: Sendable {
  var reading: Reading
  var context: Context
  var truth: TruthLine
  var group: String
  var id: String { context.digest.hex }
}
