/// Puts numbers and texts behind one another, least significant byte first.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  package init() {}

  package mutating func put<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func put(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }

  /// A column: nothing but the values; the reader knows how many.
  package mutating func put<T: FixedWidthInteger>(column: some Sequence<T>) {
    for value in column { put(value) }
  }

  /// A length in 4 bytes, then UTF-8.
  package mutating func put(_ text: String) {
    put(UInt32(clamping: text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func put<T>(_ list: [T], each: (inout ByteWriter, T) -> Void) {
    put(UInt32(clamping: list.count))
    for element in list { each(&self, element) }
  }
}

/// Takes apart what `ByteWriter` made. Bytes may come from a stranger: every length is checked before it is believed,
/// and whatever does not fit throws.
package struct ByteReader: Sendable {
  private let bytes: [UInt8]
  private var at: Int

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    at = 0
  }

  package var remaining: Int { bytes.count - at }

  package mutating func take<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(DocketError) -> T {
    let size = MemoryLayout<T>.size
    try need(size)
    let value = bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: T.self)) }
    at += size
    return value
  }

  package mutating func take<T: FixedWidthInteger>(
    column count: Int, of type: T.Type = T.self
  ) throws(DocketError) -> [T] {
    let size = MemoryLayout<T>.size
    guard count >= 0, count <= remaining / size else { throw ByteReader.damaged("a column runs past the end") }
    let column = bytes.withUnsafeBytes { raw in
      [T](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
          buffer.initializeElement(
            at: index, to: T(littleEndian: raw.loadUnaligned(fromByteOffset: at + index * size, as: T.self)))
        }
        filled = count
      }
    }
    at += count * size
    return column
  }

  package mutating func take(raw count: Int) throws(DocketError) -> [UInt8] {
    try need(count)
    defer { at += count }
    return Array(bytes[at..<at + count])
  }

  package mutating func takeText() throws(DocketError) -> String {
    let count = Int(try take(UInt32.self))
    return try takeText(utf8Count: count)
  }

  package mutating func takeText(utf8Count count: Int) throws(DocketError) -> String {
    try need(count)
    guard let text = String(validating: bytes[at..<at + count], as: UTF8.self) else {
      throw ByteReader.damaged("a text is not UTF-8")
    }
    at += count
    return text
  }

  /// - Parameter smallest: the fewest bytes an element can have; bounds what a wrong count can cost.
  package mutating func takeList<T>(
    smallest: Int, each: (inout ByteReader) throws(DocketError) -> T
  ) throws(DocketError) -> [T] {
    let count = Int(try take(UInt32.self))
    guard count <= remaining / max(1, smallest) else { throw ByteReader.damaged("a list runs past the end") }
    var list: [T] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try each(&self)) }
    return list
  }

  /// Nothing may be left over.
  package func finish() throws(DocketError) {
    guard remaining == 0 else { throw ByteReader.damaged("\(remaining) bytes are left over") }
  }

  private func need(_ count: Int) throws(DocketError) {
    guard count >= 0, count <= remaining else { throw ByteReader.damaged("it is cut off") }
  }

  package static func damaged(_ what: String) -> DocketError {
    DocketError(.storeDamaged, "A stored reading is damaged: \(what).")
  }
}

/// CRC-32 as in zlib and PNG: finds the bits that a disk has turned.
package enum Checksum32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  package static func of(_ bytes: [UInt8]) -> UInt32 {
    ~table.withUnsafeBufferPointer { table in
      bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
  }
}
