/// The properties of a message, recipient or attachment of Outlook's ([MS-OXPROPS]), by their number.
struct MAPIProperties {
  enum Value {
    case text(String)
    case binary([UInt8])
    case integer(Int64)
    /// Seconds since 1970.
    case time(Double)
  }

  var values: [UInt16: Value] = [:]

  func text(_ id: UInt16) -> String? {
    guard case .text(let text) = values[id], !text.isEmpty else { return nil }
    return text
  }

  func binary(_ id: UInt16) -> [UInt8]? {
    guard case .binary(let bytes) = values[id], !bytes.isEmpty else { return nil }
    return bytes
  }

  func integer(_ id: UInt16) -> Int? {
    guard case .integer(let number) = values[id] else { return nil }
    return Int(number)
  }

  func time(_ id: UInt16) -> Double? {
    guard case .time(let time) = values[id] else { return nil }
    return time
  }

  /// The first of several that has a text.
  func text(_ ids: UInt16...) -> String? { ids.lazy.compactMap { text($0) }.first }

  // Types ([MS-OXCDATA] 2.11.1)

  static let typeOfText8: UInt16 = 0x001E
  static let typeOfText16: UInt16 = 0x001F
  static let typeOfBinary: UInt16 = 0x0102
  static let typeOfStorage: UInt16 = 0x000D

  /// A value of a type that has a fixed length; nil for a type that is not used here.
  static func fixed(_ type: UInt16, _ bytes: UnsafeRawBufferPointer) -> Value? {
    switch type {
    case 0x0002: .integer(Int64(bytes.littleEndian(at: 0, Int16.self)))
    case 0x0003: .integer(Int64(bytes.littleEndian(at: 0, Int32.self)))
    case 0x000B: .integer(bytes.littleEndian(at: 0, UInt16.self) == 0 ? 0 : 1)
    case 0x0014: .integer(bytes.littleEndian(at: 0, Int64.self))
    case 0x0040: .time(seconds(bytes.littleEndian(at: 0, UInt64.self)))
    default: nil
    }
  }

  /// A value whose bytes stand apart.
  /// - Parameter codePage: of texts with a byte a letter.
  static func variable(_ type: UInt16, _ bytes: UnsafeRawBufferPointer, codePage: Int) -> Value? {
    switch type {
    case typeOfText8: .text(ended(Charset.decode(bytes, codePage: codePage)))
    case typeOfText16: .text(ended(String(decoding: units(bytes), as: UTF16.self)))
    case typeOfBinary: .binary(Array(bytes))
    default: nil
    }
  }

  static func units(_ bytes: UnsafeRawBufferPointer) -> [UInt16] {
    stride(from: 0, to: bytes.count - 1, by: 2).map { bytes.littleEndian(at: $0, UInt16.self) }
  }

  private static func ended(_ text: String) -> String {
    String(text.unicodeScalars.prefix { $0.value != 0 }.map(Character.init))
  }

  /// Of 100 nanoseconds since 1601.
  private static func seconds(_ ticks: UInt64) -> Double { Double(ticks / 10_000_000) - 11_644_473_600 }
}
