import CPoppler
import Docket

/// Puts a text layer's characters together as words.
struct WordAssembly {
  private(set) var words: [Word] = []
  /// Unicode scalars without blanks.
  private(set) var characterCount = 0
  /// Scalars that no font knows: U+FFFD, private use, controls.
  private(set) var unknownCount = 0
  /// Whether every character has its box.
  private(set) var isPaired = true

  private var text: [UInt8] = []
  private var left = 0.0
  private var top = 0.0
  private var right = 0.0
  private var bottom = 0.0
  private var line: Int32 = 0

  init(text bytes: UnsafeBufferPointer<UInt8>, boxes: UnsafeBufferPointer<PopplerRectangle>) {
    words.reserveCapacity(boxes.count / 6 + 1)
    var box = 0
    var at = 0
    while at < bytes.count {
      let length = WordAssembly.length(of: bytes[at])
      let end = min(at + length, bytes.count)
      let scalar = WordAssembly.scalar(bytes, at: at, length: end - at)
      if (0x202A...0x202E).contains(scalar) {
        at = end
        continue
      }
      guard box < boxes.count else {
        isPaired = false
        break
      }
      take(scalar, bytes: bytes[at..<end], box: boxes[box])
      box += 1
      at = end
    }
    if box != boxes.count { isPaired = false }
    flush()
  }

  private mutating func take(_ scalar: UInt32, bytes: Slice<UnsafeBufferPointer<UInt8>>, box: PopplerRectangle) {
    switch scalar {
    case 0x0A, 0x0D, 0x0C:
      flush()
      line += 1
      return
    case 0x20, 0x09, 0xA0, 0x2000...0x200B, 0x202F, 0x3000:
      flush()
      return
    default: break
    }
    characterCount += 1
    if scalar == 0xFFFD || (0xE000...0xF8FF).contains(scalar) || scalar < 0x20 || (0x7F...0x9F).contains(scalar) {
      unknownCount += 1
    }
    let (x1, x2) = (min(box.x1, box.x2), max(box.x1, box.x2))
    let (y1, y2) = (min(box.y1, box.y2), max(box.y1, box.y2))
    if !text.isEmpty, x1 - right > 0.8 * max(y2 - y1, bottom - top) || isOnAnotherLine((x1, y1, x2, y2)) { flush() }
    if text.isEmpty {
      (left, top, right, bottom) = (x1, y1, x2, y2)
    } else {
      left = min(left, x1)
      top = min(top, y1)
      right = max(right, x2)
      bottom = max(bottom, y2)
    }
    if scalar == 0 { text.append(contentsOf: "\u{FFFD}".utf8) } else { text.append(contentsOf: bytes) }
  }

  /// Above or below the word so far, and not as letters of a word set upright follow one another. Some layers leave out
  /// the blank between the end of one line and the beginning of the next.
  private func isOnAnotherLine(_ box: (x1: Double, y1: Double, x2: Double, y2: Double)) -> Bool {
    let slack = 0.3 * min(box.y2 - box.y1, bottom - top)
    guard box.y1 > bottom - slack || box.y2 < top + slack else { return false }
    let width = box.x2 - box.x1
    let isStacked = abs((box.x1 + box.x2) - (left + right)) < width && right - left < 1.5 * width
    return !isStacked
  }

  private mutating func flush() {
    guard !text.isEmpty else { return }
    words.append(
      Word(
        text: String(decoding: text, as: UTF8.self), x: Float(left), y: Float(top), width: Float(right - left),
        height: Float(bottom - top), line: line))
    text.removeAll(keepingCapacity: true)
  }

  private static func length(of first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at: Int, length: Int) -> UInt32 {
    guard length > 1 else { return UInt32(bytes[at]) }
    var value = UInt32(bytes[at]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for index in 1..<length { value = value << 6 | UInt32(bytes[at + index] & 0x3F) }
    return value
  }
}
