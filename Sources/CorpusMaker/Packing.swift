/// Files in files, packed by hand: the same bytes whatever is installed.
enum Packing {
  typealias File = (name: String, content: [UInt8])

  /// Low byte first.
  static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Of stored files.
  /// - Parameter isLocked: says that a password is needed; what is stored is then no file.
  static func zip(_ files: [File], isLocked: Bool = false) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in files {
      // Version 2.0, flags (names in UTF-8, encrypted), stored, no time, the checksum, both sizes, the name's length.
      let common =
        [20, 0, isLocked ? 1 : 0, 8, 0, 0, 0, 0, 0, 0] + number(checksum(content), 4) + number(content.count, 4)
        + number(content.count, 4) + number(name.utf8.count, 2) + [0, 0]
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common + zeros(10) + number(out.count, 4) + Array(name.utf8)
      out += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    }
    let counts = number(files.count, 2) + number(files.count, 2)
    return out + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + counts + number(directory.count, 4)
      + number(out.count, 4) + [0, 0]
  }

  static func tar(_ files: [File]) -> [UInt8] {
    files.flatMap { name, content in
      func octal(_ value: Int, _ width: Int) -> [UInt8] {
        let digits = String(value, radix: 8)
        return Array((String(repeating: "0", count: width - 1 - digits.count) + digits).utf8) + [0]
      }
      func field(_ text: String, _ width: Int) -> [UInt8] { Array(text.utf8) + zeros(width - text.utf8.count) }
      let start =
        field(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(content.count, 12) + octal(0, 12)
      let end = field("0", 1) + zeros(100) + field("ustar", 6) + field("00", 2) + zeros(247)
      let sum = (start + [UInt8](repeating: 0x20, count: 8) + end).reduce(0) { $0 + Int($1) }
      let head = start + octal(sum, 7) + [0x20] + end
      return head + content + zeros((512 - content.count % 512) % 512)
    } + zeros(1024)
  }

  /// In stored blocks.
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: max(1, content.count), by: 65_535) {
      let block = content[start..<min(content.count, start + 65_535)]
      out += [block.endIndex == content.count ? 1 : 0] + number(block.count, 2) + number(~block.count, 2) + block
    }
    return out + number(checksum(content), 4) + number(content.count, 4)
  }

  /// CMS signed data without a signer: what a signing program wraps around a file.
  static func signed(_ content: [UInt8]) -> [UInt8] {
    func node(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
      let value = parts.flatMap { $0 }
      let length = (0..<4).reversed().map { UInt8(truncatingIfNeeded: value.count >> (8 * $0)) }
      return [tag] + (value.count < 128 ? [UInt8(value.count)] : [0x84] + length) + value
    }
    func kind(_ last: UInt8) -> [UInt8] { node(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, last]) }
    let inner = node(0x30, kind(1), node(0xA0, node(0x04, content)))
    return node(0x30, kind(2), node(0xA0, node(0x30, [0x02, 1, 1], node(0x31), inner, node(0x31))))
  }

  /// What Outlook packs a message's attachments in: `winmail.dat`.
  static func tnef(_ file: File) -> [UInt8] {
    func attribute(_ level: UInt8, _ id: Int, _ value: [UInt8]) -> [UInt8] {
      [level] + number(id, 4) + number(value.count, 4) + value + number(value.reduce(0) { $0 + Int($1) }, 2)
    }
    return [0x78, 0x9F, 0x3E, 0x22, 1, 0] + attribute(1, 0x0008_9006, [0, 0, 1, 0])
      + attribute(2, 0x0006_9002, [1, 0] + [UInt8](repeating: 0xFF, count: 4) + zeros(8))
      + attribute(2, 0x0001_8010, Array(file.name.utf8) + [0]) + attribute(2, 0x0006_800F, file.content)
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~crc)
  }
}
