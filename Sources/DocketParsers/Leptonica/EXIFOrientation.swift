import Docket

/// How a camera held a JPEG: the EXIF tag 0x0112, 1 to 8.
enum EXIFOrientation {
  /// 1 (upright) where the file says nothing.
  static func of(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return 1 }
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF {
      let marker = bytes[at + 1]
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      guard marker != 0xDA, length >= 2, at + 2 + length <= bytes.count else { return 1 }
      if marker == 0xE1, length > 16, bytes[at + 4] == 0x45, bytes[at + 5] == 0x78 {
        return orientation(inTIFF: UnsafeRawBufferPointer(rebasing: bytes[(at + 10)..<(at + 2 + length)]))
      }
      at += 2 + length
    }
    return 1
  }

  private static func orientation(inTIFF bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count >= 14 else { return 1 }
    let isLittle = bytes[0] == 0x49
    func number(_ at: Int, _ count: Int) -> Int {
      guard at >= 0, at + count <= bytes.count else { return 0 }
      return (0..<count).reduce(0) { $0 << 8 | Int(bytes[at + (isLittle ? count - 1 - $1 : $1)]) }
    }
    let directory = number(4, 4)
    for entry in 0..<min(number(directory, 2), 100) {
      let at = directory + 2 + entry * 12
      if number(at, 2) == 0x0112 {
        let value = number(at + 8, 2)
        return (1...8).contains(value) ? value : 1
      }
    }
    return 1
  }
}

extension LeptonicaPicture {
  /// The picture as the camera's tag says it must be seen.
  func upright(exif: Int) -> LeptonicaPicture {
    let quarters = [3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3][exif] ?? 0
    let turned = turned(quarters: quarters) ?? self
    return [2, 4, 5, 7].contains(exif) ? turned.mirrored() ?? turned : turned
  }
}
