/// What a ZIP says of itself by the names of its first members, without unpacking anything: office documents are ZIPs.
struct ZIPNames {
  /// In the order they stand, a few hundred at most.
  private(set) var names: [String] = []
  /// The content of a first member `mimetype` that is stored as it is: OpenDocument and EPUB begin with one.
  private(set) var statedType: String?

  private static let most = 400

  init(_ bytes: UnsafeRawBufferPointer) {
    readFirst(bytes)
    if !readDirectory(bytes) { readEntries(bytes) }
  }

  /// `application/vnd.openxmlformats…`, `application/vnd.oasis…`, or a plain archive.
  var mediaType: String {
    if let statedType, statedType.hasPrefix("application/") { return statedType }
    guard names.contains("[Content_Types].xml") else { return MediaType.zip }
    let base = "application/vnd.openxmlformats-officedocument."
    for (folder, type) in [
      ("word/", "wordprocessingml.document"), ("xl/", "spreadsheetml.sheet"),
      ("ppt/", "presentationml.presentation"),
    ] where names.contains(where: { $0.hasPrefix(folder) }) { return base + type }
    return MediaType.zip
  }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ width: Int) -> Int {
    guard at >= 0, at + width <= bytes.count else { return 0 }
    return (0..<width).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }

  private static func name(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ length: Int) -> String? {
    guard at >= 0, at + length <= bytes.count else { return nil }
    return String(decoding: bytes[at..<at + length], as: UTF8.self)
  }

  private mutating func readFirst(_ bytes: UnsafeRawBufferPointer) {
    let length = ZIPNames.number(bytes, 26, 2)
    let start = 30 + length + ZIPNames.number(bytes, 28, 2)
    let size = ZIPNames.number(bytes, 22, 4)
    guard ZIPNames.name(bytes, 30, length) == "mimetype", ZIPNames.number(bytes, 8, 2) == 0, (1...100).contains(size)
    else { return }
    statedType = ZIPNames.name(bytes, start, size)?.split { $0.isWhitespace || $0 == "\0" }.first.map(String.init)
  }

  /// By the directory at the end; false where there is none.
  private mutating func readDirectory(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let mark: [UInt8] = [0x50, 0x4B, 5, 6]
    let from = max(0, bytes.count - 65_557)
    guard let end = stride(from: bytes.count - 22, through: from, by: -1).first(where: { bytes.has(mark, at: $0) })
    else { return false }
    var at = ZIPNames.number(bytes, end + 16, 4)
    while names.count < ZIPNames.most, bytes.has([0x50, 0x4B, 1, 2], at: at) {
      let length = ZIPNames.number(bytes, at + 28, 2)
      if let name = ZIPNames.name(bytes, at + 46, length) { names.append(name) }
      at += 46 + length + ZIPNames.number(bytes, at + 30, 2) + ZIPNames.number(bytes, at + 32, 2)
    }
    return !names.isEmpty
  }

  /// One after the other, as far as sizes are given.
  private mutating func readEntries(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    while names.count < ZIPNames.most, bytes.has([0x50, 0x4B, 3, 4], at: at) {
      let length = ZIPNames.number(bytes, at + 26, 2)
      if let name = ZIPNames.name(bytes, at + 30, length) { names.append(name) }
      at += 30 + length + ZIPNames.number(bytes, at + 28, 2) + ZIPNames.number(bytes, at + 18, 4)
    }
  }
}
