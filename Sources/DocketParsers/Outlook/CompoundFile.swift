/// Microsoft's compound files ([MS-CFB]): folders ("storages") and streams in one file. What `.msg` messages and old
/// office documents are kept in.
///
/// Nothing in it is trusted: chains end after as many sectors as the file has, and what does not exist is empty.
struct CompoundFile {
  /// A storage or stream by its place in the directory; the root is 0.
  struct Entry {
    var name: String
    fileprivate var isStorage: Bool
    fileprivate var left: UInt32
    fileprivate var right: UInt32
    fileprivate var child: UInt32
    fileprivate var start: UInt32
    fileprivate var size: Int
  }

  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let none: UInt32 = 0xFFFF_FFFF

  private let bytes: UnsafeRawBufferPointer
  private let sectorSize: Int
  private let cutoff: Int
  private var next: [UInt32] = []
  private var nextOfMini: [UInt32] = []
  private var mini: [UInt8] = []
  private var entries: [Entry] = []

  /// Nil where the file's header or directory cannot be read.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 512, bytes.has(CompoundFile.signature, at: 0) else { return nil }
    let shift = Int(bytes.littleEndian(at: 30, UInt16.self))
    guard shift == 9 || shift == 12 else { return nil }
    self.bytes = bytes
    sectorSize = 1 << shift
    cutoff = Int(bytes.littleEndian(at: 56, UInt32.self))
    next = table(sectorsOfTable())
    entries = CompoundFile.entries(stream(from: bytes.littleEndian(at: 48, UInt32.self), size: nil))
    guard let root = entries.first else { return nil }
    nextOfMini = CompoundFile.numbers(stream(from: bytes.littleEndian(at: 60, UInt32.self), size: nil))
    mini = stream(from: root.start, size: root.size)
  }

  /// What lies directly in a storage.
  func children(of storage: Entry) -> [Entry] {
    var found: [Entry] = []
    var open = [storage.child]
    var seen: Set<UInt32> = []
    while let place = open.popLast() {
      guard place != CompoundFile.none, Int(place) < entries.count, seen.insert(place).inserted else { continue }
      let entry = entries[Int(place)]
      found.append(entry)
      open += [entry.left, entry.right]
    }
    return found.sorted { $0.name < $1.name }
  }

  var root: Entry { entries[0] }

  func isStorage(_ entry: Entry) -> Bool { entry.isStorage }

  func bytes(of entry: Entry) -> [UInt8] {
    guard !entry.isStorage else { return [] }
    return entry.size < cutoff
      ? miniStream(from: entry.start, size: entry.size) : stream(from: entry.start, size: entry.size)
  }

  // Sectors

  private func sector(_ number: UInt32) -> Range<Int>? {
    let start = (Int(number) + 1) * sectorSize
    guard number < 0xFFFF_FFF0, start < bytes.count else { return nil }
    return start..<min(bytes.count, start + sectorSize)
  }

  /// The sectors that hold the table of chains: the header names 109, further ones follow one another.
  private func sectorsOfTable() -> [UInt32] {
    let most = bytes.count / sectorSize + 1
    var found = (0..<109).map { bytes.littleEndian(at: 76 + 4 * $0, UInt32.self) }
    var more = bytes.littleEndian(at: 68, UInt32.self)
    while let range = sector(more), range.count == sectorSize, found.count < most {
      found += (0..<sectorSize / 4 - 1).map { bytes.littleEndian(at: range.lowerBound + 4 * $0, UInt32.self) }
      more = bytes.littleEndian(at: range.upperBound - 4, UInt32.self)
    }
    return Array(found.filter { $0 < 0xFFFF_FFF0 }.prefix(most))
  }

  private func table(_ sectors: [UInt32]) -> [UInt32] {
    sectors.flatMap { number -> [UInt32] in
      guard let range = sector(number) else { return [] }
      return stride(from: range.lowerBound, to: range.upperBound - 3, by: 4).map {
        bytes.littleEndian(at: $0, UInt32.self)
      }
    }
  }

  /// A chain of sectors.
  /// - Parameter size: how many bytes are meant; all of the chain where nil.
  private func stream(from start: UInt32, size: Int?) -> [UInt8] {
    var out: [UInt8] = []
    var number = start
    var steps = 0
    while let range = sector(number), steps <= next.count, size.map({ out.count < $0 }) ?? true {
      out += bytes[range]
      steps += 1
      number = Int(number) < next.count ? next[Int(number)] : CompoundFile.none
    }
    return size.map { Array(out.prefix($0)) } ?? out
  }

  private func miniStream(from start: UInt32, size: Int) -> [UInt8] {
    var out: [UInt8] = []
    var number = start
    while number < 0xFFFF_FFF0, Int(number) * 64 < mini.count, out.count < size {
      out += mini[Int(number) * 64..<min(mini.count, Int(number) * 64 + 64)]
      number = Int(number) < nextOfMini.count ? nextOfMini[Int(number)] : CompoundFile.none
    }
    return Array(out.prefix(size))
  }

  private static func numbers(_ bytes: [UInt8]) -> [UInt32] {
    bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count - 3, by: 4).map { raw.littleEndian(at: $0, UInt32.self) }
    }
  }

  private static func entries(_ directory: [UInt8]) -> [Entry] {
    directory.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count - 127, by: 128).map { at in
        let length = min(64, Int(raw.littleEndian(at: at + 64, UInt16.self))) / 2
        let units = (0..<max(0, length - 1)).map { raw.littleEndian(at: at + 2 * $0, UInt16.self) }
        let kind = raw[at + 66]
        return Entry(
          name: String(decoding: units, as: UTF16.self), isStorage: kind == 1 || kind == 5,
          left: raw.littleEndian(at: at + 68, UInt32.self), right: raw.littleEndian(at: at + 72, UInt32.self),
          child: raw.littleEndian(at: at + 76, UInt32.self), start: raw.littleEndian(at: at + 116, UInt32.self),
          size: Int(raw.littleEndian(at: at + 120, UInt32.self)))
      }
    }
  }
}

extension CompoundFile {
  /// What program's document it is, by the names in its root.
  static func mediaType(_ bytes: UnsafeRawBufferPointer) -> String {
    guard let file = CompoundFile(bytes) else { return MediaType.compound }
    let names = Set(file.children(of: file.root).map(\.name))
    for (name, type) in [
      ("__properties_version1.0", MediaType.outlook), ("EncryptedPackage", "application/x-ooxml-encrypted"),
      ("WordDocument", "application/msword"), ("Workbook", "application/vnd.ms-excel"),
      ("Book", "application/vnd.ms-excel"), ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ] where names.contains(name) { return type }
    return MediaType.compound
  }
}

extension UnsafeRawBufferPointer {
  /// 0 behind the end.
  func littleEndian<Number: FixedWidthInteger>(at offset: Int, _ type: Number.Type) -> Number {
    let width = MemoryLayout<Number>.size
    guard offset >= 0, offset + width <= count else { return 0 }
    return Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}
