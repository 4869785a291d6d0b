/// The packing of RTF in Outlook's messages ([MS-OXRTFCP], "LZFu").
enum CompressedRTF {
  private static let start = Array(
    ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
      + "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
      + "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx").utf8)

  /// Longer than any body that people write.
  private static let most = 64 << 20

  /// Nil where it is none, or says that it is longer than anybody writes.
  static func decode(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBytes { raw in
      guard raw.count >= 16 else { return nil }
      let size = Int(raw.littleEndian(at: 4, UInt32.self))
      guard size <= most else { return nil }
      switch raw.littleEndian(at: 8, UInt32.self) {
      case 0x414C_454D: return Array(raw[16...].prefix(size))
      case 0x7546_5A4C: return unpack(raw, size: size)
      default: return nil
      }
    }
  }

  private static func unpack(_ raw: UnsafeRawBufferPointer, size: Int) -> [UInt8] {
    var window = start + [UInt8](repeating: 0, count: 4096 - start.count)
    var write = start.count
    var out: [UInt8] = []
    out.reserveCapacity(size)
    func put(_ byte: UInt8) {
      out.append(byte)
      window[write] = byte
      write = (write + 1) & 4095
    }
    var at = 16
    while at < raw.count, out.count < size {
      let flags = raw[at]
      at += 1
      for bit in 0..<8 where at < raw.count && out.count < size {
        if flags & (1 << bit) == 0 {
          put(raw[at])
          at += 1
          continue
        }
        guard at + 1 < raw.count else { return out }
        let word = Int(raw[at]) << 8 | Int(raw[at + 1])
        at += 2
        let from = word >> 4
        // A reference to where the next byte will stand ends the text.
        if from == write { return out }
        for step in 0..<(word & 15) + 2 { put(window[(from + step) & 4095]) }
      }
    }
    return out
  }
}
