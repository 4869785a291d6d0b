/// Makes a stored reading page by page: each call returns the bytes to append, so that 10,000 pages need no more
/// memory than one.
///
/// ```swift
/// var writer = ReadingWriter()
/// for page in pages { file.append(writer.page(page)) }
/// file.append(writer.finish(summary, members: members))
/// ```
package struct ReadingWriter: Sendable {
  private var offsets: [UInt64] = []
  private var written: UInt64 = 0

  package init() {}

  package mutating func page(_ page: PageReading) -> [UInt8] {
    var out = start()
    offsets.append(written + UInt64(out.bytes.count))
    put(block: ReadingCoding.encode(page), to: &out)
    written += UInt64(out.bytes.count)
    return out.bytes
  }

  /// The rest of the file. Call it once, after the last page.
  package mutating func finish(_ summary: ReadingSummary, members: [Member]) -> [UInt8] {
    var out = start()
    let tail = written + UInt64(out.bytes.count)
    put(block: ReadingCoding.encode(summary, members: members), to: &out)
    let index = written + UInt64(out.bytes.count)
    var directory = ByteWriter()
    directory.put(tail)
    directory.put(UInt32(clamping: offsets.count))
    directory.put(column: offsets)
    put(block: directory.bytes, to: &out)
    out.put(index)
    out.put(StoredReading.endMagic)
    written += UInt64(out.bytes.count)
    return out.bytes
  }

  private func start() -> ByteWriter {
    var out = ByteWriter()
    guard written == 0 else { return out }
    out.put(StoredReading.magic)
    out.put(ReadingCoding.version)
    return out
  }

  private func put(block payload: [UInt8], to out: inout ByteWriter) {
    out.put(UInt32(clamping: payload.count))
    out.put(Checksum32.of(payload))
    out.put(payload)
  }
}

/// A stored reading, read where it is asked: one page, or all of it. Damage throws `store-damaged`.
package struct StoredReading {
  static let magic = Array("DOCKETRD".utf8)
  static let endMagic = Array("DOCKETRE".utf8)

  package let pageCount: Int
  /// Everything but the pages.
  package let summary: ReadingSummary
  package let members: [Member]
  private let read: (Range<Int>) throws(DocketError) -> [UInt8]
  private let byteCount: Int
  private let offsets: [UInt64]

  /// - Parameter read: the bytes of a range inside `0..<byteCount`.
  package init(
    byteCount: Int, read: @escaping (Range<Int>) throws(DocketError) -> [UInt8]
  ) throws(DocketError) {
    guard byteCount >= 28 else { throw ByteReader.damaged("it is cut off") }
    var head = ByteReader(try read(0..<12))
    guard try head.take(raw: 8) == StoredReading.magic else { throw ByteReader.damaged("it is no reading") }
    let version = try head.take(UInt32.self)
    guard (ReadingCoding.oldest...ReadingCoding.version).contains(version) else {
      throw DocketError(.storeTooNew, "A stored reading has version \(version), which this Docket does not know.")
    }
    var foot = ByteReader(try read(byteCount - 16..<byteCount))
    let index = try foot.take(UInt64.self)
    guard try foot.take(raw: 8) == StoredReading.endMagic else { throw ByteReader.damaged("its end is missing") }
    var directory = ByteReader(try StoredReading.block(at: index, byteCount: byteCount, read: read))
    let tail = try directory.take(UInt64.self)
    let count = Int(try directory.take(UInt32.self))
    offsets = try directory.take(column: count)
    try directory.finish()
    (summary, members) = try ReadingCoding.decodeSummary(
      StoredReading.block(at: tail, byteCount: byteCount, read: read))
    pageCount = count
    self.read = read
    self.byteCount = byteCount
  }

  package init(_ bytes: [UInt8]) throws(DocketError) {
    try self.init(byteCount: bytes.count) { range throws(DocketError) in Array(bytes[range]) }
  }

  /// - Parameter number: from 1.
  package func page(_ number: Int) throws(DocketError) -> PageReading {
    guard offsets.indices.contains(number - 1) else { throw ByteReader.damaged("page \(number) is not in it") }
    return try ReadingCoding.decodePage(
      StoredReading.block(at: offsets[number - 1], byteCount: byteCount, read: read))
  }

  /// All of it, in memory.
  package func whole() throws(DocketError) -> Reading {
    var pages: [PageReading] = []
    for number in offsets.indices { pages.append(try page(number + 1)) }
    return Reading(
      mediaType: summary.mediaType, content: summary.content ?? .pages(pages), embedded: summary.embedded,
      members: members, findings: summary.findings)
  }

  private static func block(
    at offset: UInt64, byteCount: Int, read: (Range<Int>) throws(DocketError) -> [UInt8]
  ) throws(DocketError) -> [UInt8] {
    guard let start = Int(exactly: offset), start <= byteCount - 24 else {
      throw ByteReader.damaged("a block begins behind the end")
    }
    var head = ByteReader(try read(start..<start + 8))
    let length = Int(try head.take(UInt32.self))
    let checksum = try head.take(UInt32.self)
    guard length <= byteCount - start - 8 else { throw ByteReader.damaged("a block runs past the end") }
    let payload = try read(start + 8..<start + 8 + length)
    guard Checksum32.of(payload) == checksum else { throw ByteReader.damaged("a checksum is wrong") }
    return payload
  }
}

extension Reading {
  /// The stored form, in memory.
  package var stored: [UInt8] {
    var writer = ReadingWriter()
    var out: [UInt8] = []
    for page in pages { out += writer.page(page) }
    let content: Content? = if case .pages = self.content { nil } else { self.content }
    let summary = ReadingSummary(
      mediaType: mediaType, content: content, embedded: embedded, pageCount: pages.count, findings: findings)
    return out + writer.finish(summary, members: members)
  }
}
