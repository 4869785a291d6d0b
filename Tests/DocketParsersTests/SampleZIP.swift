/// A ZIP of stored files, made by hand.
struct SampleZIP {
  private(set) var bytes: [UInt8] = []

  init(_ files: [(name: String, content: String)]) {
    self.init(raw: files.map { (Array($0.name.utf8), $0.content) })
  }

  init(raw files: [(name: [UInt8], content: String)]) {
    var directory: [UInt8] = []
    for (name, text) in files {
      let content = Array(text.utf8)
      // Version 2.0, no flags, stored, no time, the checksum, both sizes, the name's length.
      let common =
        [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + SampleZIP.number(SampleZIP.checksum(content), 4)
        + SampleZIP.number(content.count, 4) + SampleZIP.number(content.count, 4) + SampleZIP.number(name.count, 2)
        + [0, 0]
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
        + SampleZIP.number(bytes.count, 4) + name
      bytes += [0x50, 0x4B, 3, 4] + common + name + content
    }
    let start = bytes.count
    bytes += directory
    bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + SampleZIP.number(files.count, 2) + SampleZIP.number(files.count, 2)
    bytes += SampleZIP.number(directory.count, 4) + SampleZIP.number(start, 4) + [0, 0]
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~crc)
  }
}
