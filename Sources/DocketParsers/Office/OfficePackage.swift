import Docket

/// The parts of an office document: a ZIP of XML files and pictures, unpacked whole and under a budget.
struct OfficePackage {
  /// What parts are read, and what the rest says by its name alone.
  private var parts: [String: [UInt8]] = [:]
  private(set) var pictures: [(name: String, bytes: [UInt8])] = []
  private(set) var hasMacros = false

  /// - Throws: `office-damaged`, `office-encrypted`, `too-many-bytes`, `too-many-parts`.
  init(_ input: ParserInput) throws(DocketError) {
    guard let archive = ArchiveReader(input.bytes, isSingle: false) else { throw OfficePackage.damaged }
    let limits = input.settings.limits
    var (budget, entries) = (limits.bytes, 0)
    while true {
      let entry: ArchiveReader.Entry
      switch archive.next() {
      case .entry(let next): entry = next
      case .encrypted: throw OfficePackage.encrypted
      // The directory of a file that was cut off is lost; what could be unpacked of it is no document.
      case .damaged: throw OfficePackage.damaged
      case .end: return
      }
      entries += 1
      guard entries <= limits.parts else {
        throw DocketError(.tooManyParts, "The document has more than \(limits.parts) parts.")
      }
      guard entry.isFile else { continue }
      let name = OfficePackage.normal(String(decoding: entry.path, as: UTF8.self))
      if name.hasSuffix("vbaProject.bin") || name.hasPrefix("Basic/") { hasMacros = true }
      let isPicture = OfficePackage.isPicture(name)
      guard isPicture || name.hasSuffix(".xml") || name.hasSuffix(".rels") else { continue }
      switch archive.content(limit: budget) {
      case .whole(let bytes):
        budget -= bytes.count
        if isPicture { pictures.append((name, bytes)) } else { parts[name] = bytes }
      case .tooLarge: throw DocketError(.tooManyBytes, "The document unpacks to more than \(limits.bytes) bytes.")
      case .encrypted: throw OfficePackage.encrypted
      case .damaged: throw OfficePackage.damaged
      }
    }
  }

  static let damaged = DocketError(
    .officeDamaged, "The office document cannot be unpacked, or a part of it is missing.")
  static let encrypted = DocketError(.officeEncrypted, "The office document asks for a password.")

  private static func isPicture(_ name: String) -> Bool {
    let folders = ["word/media/", "xl/media/", "ppt/media/", "Pictures/"]
    return folders.contains { name.hasPrefix($0) }
  }

  /// Without a slash at the start, `.` and `..` resolved, folders divided by slashes.
  private static func normal(_ path: String) -> String {
    var steps: [Substring] = []
    for step in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }

  func has(_ part: String) -> Bool { parts[part] != nil }

  /// - Throws: `office-damaged` where the part is missing.
  func stream(_ part: String) throws(DocketError) -> XMLStream {
    guard let bytes = parts[part], let stream = XMLStream(bytes) else { throw OfficePackage.damaged }
    return stream
  }

  /// A small part as a tree; nil where it is missing or no XML.
  func tree(_ part: String) -> TreeNode? {
    parts[part].flatMap { bytes in bytes.withUnsafeBytes { XMLParser.tree(of: $0) } }
  }

  /// What a part of Office Open XML points to.
  struct Relation {
    var id: String
    /// The last step of the type's URI: `header`, `worksheet`.
    var kind: String
    /// The part's name.
    var target: String
  }

  /// - Parameter part: empty for the package's own relations.
  func relations(of part: String) -> [Relation] {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    let file = part.split(separator: "/").last.map(String.init) ?? ""
    guard let root = tree(OfficePackage.normal("\(folder)/_rels/\(file).rels")) else { return [] }
    return root.children.compactMap { node in
      guard node["TargetMode"] != "External", let id = node["Id"], let type = node["Type"], let target = node["Target"]
      else { return nil }
      let kind = type.split(separator: "/").last.map(String.init) ?? type
      return Relation(
        id: id, kind: kind, target: OfficePackage.normal(target.hasPrefix("/") ? target : "\(folder)/\(target)"))
    }
  }

  /// The part that the document begins with.
  /// - Throws: `office-damaged`.
  func mainPart() throws(DocketError) -> String {
    guard let main = relations(of: "").first(where: { $0.kind == "officeDocument" })?.target, has(main) else {
      throw OfficePackage.damaged
    }
    return main
  }

  /// Hands on the pictures that may be pages: scans that somebody put into a document.
  func handPictures(to output: any ParserOutput) throws(DocketError) {
    var count = 0
    for picture in pictures {
      let outcome: Result<Bool, DocketError> = picture.bytes.withUnsafeBytes { bytes in
        Result { () throws(DocketError) in
          guard let size = LeptonicaPicture.size(of: bytes), OfficePackage.mayBePage(size) else { return false }
          try output.member(
            part: PartPath("picture/\(count + 1)"), name: String(picture.name.split(separator: "/").last ?? "picture"),
            bytes: bytes)
          return true
        }
      }
      if try outcome.get() { count += 1 }
    }
  }

  /// As large as a page of 80 dpi, and no banner: logos and photos of goods are smaller or wider.
  private static func mayBePage(_ size: (width: Int, height: Int)) -> Bool {
    let (short, long) = (min(size.width, size.height), max(size.width, size.height))
    return short >= 600 && long >= 900 && long <= 4 * short
  }

  /// What every office document may have to be told of.
  var findings: [Finding] {
    hasMacros ? [Finding("office-macros", .note, "The document has macros; they were not looked at.")] : []
  }
}

extension TreeNode {
  /// An attribute by local name.
  subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

  /// The first child of a name.
  func child(_ name: String) -> TreeNode? { children.first { $0.name == name } }
}
