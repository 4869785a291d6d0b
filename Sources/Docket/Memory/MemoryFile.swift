/// A snapshot as bytes: `docket/memory/1`. Magic, numbers, the parts in columns, and at the end the digest of all
/// before it.
package enum MemoryFile {
  private static let magic: UInt32 = 0x314D_4B44
  /// Larger files are no memory.
  package static let longest = 400_000_000
  private static let digestBytes = 64

  package static func bytes(of memory: Memory) -> [UInt8] {
    let body = body(of: memory)
    return body + Array(ContentDigest(of: body).hex.utf8)
  }

  static func digest(of memory: Memory) -> ContentDigest { ContentDigest(of: body(of: memory)) }

  private static func body(of memory: Memory) -> [UInt8] {
    var writer = ByteWriter()
    writer.put(magic)
    writer.put(UInt32(clamping: memory.number))
    writer.put(UInt32(clamping: memory.parent))
    writer.put(memory.madeAt.bitPattern)
    writer.put(memory.forgotten.sorted()) { $0.put($1) }
    writer.put(memory.parts) { writer, part in
      writer.put(part.contract)
      for column in [part.index.terms, part.index.starts, part.index.postings] { writer.put(whole: column) }
      writer.put(whole: part.index.norms.map(\.bitPattern))
      writer.put(whole: part.documents.starts)
      writer.put(UInt32(clamping: part.documents.bytes.count))
      writer.put(part.documents.bytes)
    }
    return writer.bytes
  }

  /// - Throws: `memory-damaged`.
  package static func memory(of bytes: [UInt8]) throws(DocketError) -> Memory {
    do throws(DocketError) {
      guard bytes.count > digestBytes, bytes.count <= longest else { throw damaged("it has not the length of one") }
      let body = bytes.count - digestBytes
      var reader = ByteReader(bytes)
      guard try reader.take(UInt32.self) == magic else { throw damaged("it is no snapshot") }
      let digest = ContentDigest(of: bytes[..<body])
      guard digest.hex.utf8.elementsEqual(bytes[body...]) else { throw damaged("it is not what was written") }
      let (number, parent) = (Int(try reader.take(UInt32.self)), Int(try reader.take(UInt32.self)))
      let madeAt = Double(bitPattern: try reader.take(UInt64.self))
      let forgotten = try reader.takeList(smallest: 4) { reader throws(DocketError) in try reader.takeText() }
      let parts = try reader.takeList(smallest: 28) { reader throws(DocketError) in try part(&reader) }
      guard reader.remaining == digestBytes else { throw damaged("bytes are left over") }
      return Memory(
        number: number, parent: parent, madeAt: madeAt, parts: parts, forgotten: Set(forgotten),
        digest: digest)
    } catch {
      throw error.code == .memoryDamaged ? error : damaged(error.sentence)
    }
  }

  private static func part(_ reader: inout ByteReader) throws(DocketError) -> Memory.Part {
    let contract = try reader.takeText()
    let (terms, starts, postings) = (try reader.takeWhole(), try reader.takeWhole(), try reader.takeWhole())
    let index = try MemoryIndex(
      terms: terms, starts: starts, postings: postings, norms: try reader.takeWhole().map { Float(bitPattern: $0) })
    let documents = try DocumentColumn(
      starts: try reader.takeWhole(), bytes: try reader.take(raw: Int(try reader.take(UInt32.self))))
    guard documents.count == index.count else { throw damaged("its documents are not those of its index") }
    return Memory.Part(contract: contract, index: index, documents: documents)
  }

  static func damaged(_ what: String) -> DocketError {
    DocketError(.memoryDamaged, "The memory is damaged: \(what).", cause: what)
  }
}

extension ByteWriter {
  /// How long it is, then its values.
  fileprivate mutating func put(whole column: [UInt32]) {
    put(UInt32(clamping: column.count))
    put(column: column)
  }
}

extension ByteReader {
  fileprivate mutating func takeWhole() throws(DocketError) -> [UInt32] {
    try take(column: Int(try take(UInt32.self)))
  }
}
