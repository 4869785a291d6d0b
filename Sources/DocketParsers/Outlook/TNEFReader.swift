import Docket

/// Outlook's own packing of a message, `winmail.dat` ([MS-OXTNEF]).
struct TNEFReader {
  private let limits: ReadLimits
  private var parts = 0

  init(limits: ReadLimits) { self.limits = limits }

  /// Of attributes that are read.
  private enum Attribute: UInt32 {
    case messageClass = 0x0007_8008
    case subject = 0x0001_8004
    case body = 0x0002_800C
    case codePage = 0x0006_9007
    case properties = 0x0006_9003
    case attachmentBegins = 0x0006_9002
    case attachmentTitle = 0x0001_8010
    case attachmentData = 0x0006_800F
    case attachmentProperties = 0x0006_9005
  }

  private struct Piece {
    var title: String?
    var data: [UInt8]?
    var properties = MAPIProperties()
  }

  /// Nil where it is none, or damaged before anything of it was read.
  mutating func message(_ bytes: UnsafeRawBufferPointer, depth: Int = 0) throws(DocketError) -> OutlookMessage? {
    guard depth <= limits.depth else {
      throw DocketError(.tooDeep, "Messages lie in one another deeper than \(limits.depth).")
    }
    guard bytes.littleEndian(at: 0, UInt32.self) == 0x223E_9F78 else { return nil }
    var properties = MAPIProperties()
    var pieces: [Piece] = []
    var codePage = 1252
    var at = 6
    while at + 9 <= bytes.count {
      let id = bytes.littleEndian(at: at + 1, UInt32.self)
      let length = Int(bytes.littleEndian(at: at + 5, UInt32.self))
      let start = at + 9
      // One that is cut off is not read.
      guard start + length <= bytes.count else { break }
      let value = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
      at = start + length + 2
      switch Attribute(rawValue: id) {
      case .codePage: codePage = Int(value.littleEndian(at: 0, UInt32.self))
      case .messageClass: properties.keep(0x001A, value, codePage)
      case .subject: properties.keep(0x0037, value, codePage)
      case .body: properties.keep(0x1000, value, codePage)
      case .properties: properties.values.merge(MAPIStream.read(value, codePage: codePage)) { _, new in new }
      case .attachmentBegins:
        parts += 1
        guard parts <= limits.parts else {
          throw DocketError(.tooManyParts, "The message has more than \(limits.parts) attachments.")
        }
        pieces.append(Piece())
      case .attachmentTitle: pieces.indices.last.map { pieces[$0].title = TNEFReader.text(value, codePage) }
      case .attachmentData: pieces.indices.last.map { pieces[$0].data = Array(value) }
      case .attachmentProperties:
        pieces.indices.last.map { pieces[$0].properties.values = MAPIStream.read(value, codePage: codePage) }
      case nil: break
      }
    }
    guard !properties.values.isEmpty || !pieces.isEmpty else { return nil }
    var attachments: [OutlookMessage.Attachment] = []
    for piece in pieces { if let made = try attachment(piece, depth: depth) { attachments.append(made) } }
    return OutlookMessage(properties, recipients: [], attachments: attachments)
  }

  fileprivate static func text(_ bytes: UnsafeRawBufferPointer, _ codePage: Int) -> String {
    guard case .text(let text)? = MAPIProperties.variable(MAPIProperties.typeOfText8, bytes, codePage: codePage) else {
      return ""
    }
    return text
  }

  private mutating func attachment(
    _ piece: Piece, depth: Int
  ) throws(DocketError) -> OutlookMessage.Attachment? {
    let properties = piece.properties
    let name = properties.text(0x3707, 0x3001) ?? piece.title ?? ""
    guard let bytes = properties.binary(0x3701) ?? piece.data else { return nil }
    // A message inside stands behind the 16 bytes that name its interface, as a TNEF of its own.
    if properties.integer(0x3705) == 5, bytes.count > 20 {
      let inner: Result<OutlookMessage?, DocketError> = bytes.withUnsafeBytes { raw in
        Result { () throws(DocketError) in
          try message(UnsafeRawBufferPointer(rebasing: raw[16...]), depth: depth + 1)
        }
      }
      if let message = try inner.get() {
        return .init(name: name, mediaType: MediaType.mail, content: .message(message))
      }
    }
    let isHidden = properties.integer(0x7FFE) == 1 && properties.text(0x3712) != nil
    return .init(
      name: name, mediaType: properties.text(0x370E)?.lowercased(), content: .bytes(bytes), isHidden: isHidden)
  }
}

extension MAPIProperties {
  /// A text of TNEF's own attributes; the properties that come later say it better.
  fileprivate mutating func keep(_ id: UInt16, _ bytes: UnsafeRawBufferPointer, _ codePage: Int) {
    values[id] = .text(TNEFReader.text(bytes, codePage))
  }
}

/// Properties in a row, as TNEF has them.
private struct MAPIStream {
  private let bytes: UnsafeRawBufferPointer
  private let codePage: Int
  private var at = 4

  static func read(_ bytes: UnsafeRawBufferPointer, codePage: Int) -> [UInt16: MAPIProperties.Value] {
    var stream = MAPIStream(bytes: bytes, codePage: codePage)
    var found: [UInt16: MAPIProperties.Value] = [:]
    for _ in 0..<min(Int(bytes.littleEndian(at: 0, UInt32.self)), bytes.count / 8) {
      guard let (id, value) = stream.property() else { break }
      if let value { found[id] = value }
    }
    return found
  }

  private init(bytes: UnsafeRawBufferPointer, codePage: Int) {
    self.bytes = bytes
    self.codePage = codePage
  }

  private mutating func number() -> Int? {
    guard at + 4 <= bytes.count else { return nil }
    defer { at += 4 }
    return Int(bytes.littleEndian(at: at, UInt32.self))
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, at + count <= bytes.count else { return nil }
    defer { at = min(bytes.count, at + (count + 3) / 4 * 4) }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
  }

  /// Nil at the end, or where it is damaged; a value of a kind that is not used is passed over.
  private mutating func property() -> (UInt16, MAPIProperties.Value?)? {
    guard let tag = number() else { return nil }
    let type = UInt16(tag & 0xFFFF)
    let id = UInt16(tag >> 16)
    if id >= 0x8000 {
      // A named one: the set it is from, then a number or a name.
      guard take(16) != nil, let kind = number() else { return nil }
      if kind == 0 {
        guard number() != nil else { return nil }
      } else {
        guard let length = number(), take(length) != nil else { return nil }
      }
    }
    let single = type & 0x0FFF
    let isVariable = [0x001E, 0x001F, 0x0102, 0x000D].contains(single)
    let isMany = type & 0x1000 != 0
    var count = 1
    if isVariable || isMany {
      guard let given = number(), given <= bytes.count / 4 else { return nil }
      count = given
    }
    var value: MAPIProperties.Value?
    for _ in 0..<count {
      let width: Int
      if isVariable {
        guard let length = number() else { return nil }
        width = length
      } else {
        width = MAPIStream.widths[single] ?? 4
      }
      guard let part = take(width) else { return nil }
      guard !isMany, value == nil, id < 0x8000 else { continue }
      let kind = single == MAPIProperties.typeOfStorage ? MAPIProperties.typeOfBinary : single
      value =
        isVariable
        ? MAPIProperties.variable(kind, part, codePage: codePage) : MAPIProperties.fixed(single, part)
    }
    return (id, value)
  }

  private static let widths: [UInt16: Int] = [
    0x0002: 2, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 2, 0x0014: 8, 0x0040: 8,
    0x0048: 16,
  ]
}
