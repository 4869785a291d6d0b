package import Docket

/// Archives (ZIP, TAR, 7z, RAR, CAB) and single compressed files: each file in them is a member `member/N`.
///
/// Names are names, never paths: folders are cut off, and nothing is written anywhere. An archive that is damaged
/// gives what could be unpacked whole; one with a password in it is not taken in halves.
package struct ArchiveParser: Parser {
  package static var mediaTypes: Set<String> { MediaType.archives.union(MediaType.compressed) }
  package static var version: String { "archive 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let isSingle = MediaType.compressed.contains(input.mediaType)
    guard let archive = ArchiveReader(input.bytes, isSingle: isSingle) else {
      throw DocketError(.archiveDamaged, "The archive cannot be opened.")
    }
    var walk = ArchiveWalk(archive: archive, limits: input.settings.limits, output: output)
    if isSingle { walk.nameOfSingle = ArchiveName.withoutEnding(input.name) }
    try walk.run()
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(TextReading(text: "")), findings: walk.findings)
  }
}

/// Goes through an archive's entries and hands on its files.
private struct ArchiveWalk {
  let archive: ArchiveReader
  let limits: ReadLimits
  let output: any ParserOutput
  /// What a compressed file that is no archive is called.
  var nameOfSingle: String?
  private(set) var findings: [Finding] = []
  private var entries = 0
  private var members = 0
  private var damaged = 0
  private var left = (links: 0, systems: 0)
  private var bytes = 0

  init(archive: ArchiveReader, limits: ReadLimits, output: any ParserOutput) {
    self.archive = archive
    self.limits = limits
    self.output = output
  }

  mutating func run() throws(DocketError) {
    var isCutOff = false
    entries: while true {
      switch archive.next() {
      case .entry(let entry): try take(entry)
      case .encrypted: throw ArchiveWalk.encrypted
      case .damaged:
        isCutOff = true
        break entries
      case .end: break entries
      }
    }
    if members == 0, damaged > 0 || isCutOff {
      throw DocketError(.archiveDamaged, "Nothing in the archive can be unpacked.")
    }
    if damaged > 0 {
      note("archive-members-damaged", .warning, "\(damaged) files in the archive are damaged and were left out.")
    }
    if isCutOff {
      note("archive-cut-off", .warning, "The archive is damaged; what follows its first \(members) files is lost.")
    }
    if left.links > 0 {
      note("archive-links-left-out", .note, "\(left.links) links or devices in the archive were left out.")
    }
    if left.systems > 0 {
      note("archive-system-files-left-out", .note, "\(left.systems) files of an operating system were left out.")
    }
  }

  private static var encrypted: DocketError {
    DocketError(.archiveEncrypted, "The archive asks for a password.")
  }

  private mutating func note(_ code: String, _ level: Finding.Level, _ message: String) {
    findings.append(Finding(code, level, message))
  }

  private mutating func take(_ entry: ArchiveReader.Entry) throws(DocketError) {
    entries += 1
    guard entries <= limits.parts else {
      throw DocketError(.tooManyParts, "The archive holds more than \(limits.parts) files and folders.")
    }
    if entry.isFolder { return }
    guard entry.isFile else {
      left.links += 1
      return
    }
    let path = ArchiveName.text(entry.path)
    if ArchiveName.isOfSystem(path) {
      left.systems += 1
      return
    }
    if entry.isEncrypted { throw ArchiveWalk.encrypted }
    switch archive.content(limit: limits.bytes - bytes) {
    case .encrypted: throw ArchiveWalk.encrypted
    case .damaged: damaged += 1
    case .tooLarge: throw DocketError(.tooManyBytes, "The archive unpacks to more than \(limits.bytes) bytes.")
    case .whole(let content):
      bytes += content.count
      members += 1
      try hand(content, path)
    }
  }

  private func hand(_ content: [UInt8], _ path: String) throws(DocketError) {
    var name = ArchiveName.file(path) ?? "member-\(members)"
    // What libarchive calls a file without a name of its own.
    if let single = nameOfSingle, path == "data" { name = single }
    let place = PartPath("member/\(members)")
    let outcome: Result<Void, DocketError> = content.withUnsafeBytes { bytes in
      Result { () throws(DocketError) in try output.member(part: place, name: name, bytes: bytes) }
    }
    try outcome.get()
  }
}

/// Names of files in archives.
enum ArchiveName {
  /// In Unicode: what is no UTF-8 was written by DOS or an old Windows, in code page 437 or one that resembles it.
  static func text(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    return path.withUnsafeBytes { Charset.decode($0, from: "CP437") ?? TextDecoding.windows1252($0) }
  }

  /// Without folders and on one line; nil where nothing is left of it.
  static func file(_ path: String) -> String? {
    let name = MailText.name(path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "")
    return name.isEmpty || name == "." || name == ".." ? nil : name
  }

  /// What file managers put into archives and nobody sent: Finder's and Explorer's own files.
  static func isOfSystem(_ path: String) -> Bool {
    let parts = path.split { $0 == "/" || $0 == "\\" }
    guard let file = parts.last?.lowercased() else { return false }
    return parts.first == "__MACOSX" || [".ds_store", "thumbs.db", "desktop.ini"].contains(file)
  }

  /// `list.csv.gz` holds `list.csv`.
  static func withoutEnding(_ name: String) -> String {
    let endings = [".gz", ".bz2", ".xz", ".zst", ".lzma", ".z"]
    guard let ending = endings.first(where: { name.lowercased().hasSuffix($0) }), name.count > ending.count else {
      return name
    }
    return String(name.dropLast(ending.count))
  }
}
