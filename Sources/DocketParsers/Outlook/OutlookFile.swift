import Docket

/// A `.msg` file ([MS-OXMSG]): storages of properties in a compound file.
struct OutlookFile {
  private let file: CompoundFile
  private let limits: ReadLimits
  /// Of what was taken out: directory entries may all name one and the same stream.
  private var taken = 0
  private var parts = 0
  /// Attachments of kinds that hold no file: links, and objects of other programs.
  private(set) var leftOut = 0

  init?(_ bytes: UnsafeRawBufferPointer, limits: ReadLimits) {
    guard let file = CompoundFile(bytes) else { return nil }
    self.file = file
    self.limits = limits
  }

  mutating func message() throws(DocketError) -> OutlookMessage { try message(in: file.root, head: 32, depth: 0) }

  /// - Parameter head: how many bytes stand before the properties: more in the outermost message.
  private mutating func message(
    in storage: CompoundFile.Entry, head: Int, depth: Int
  ) throws(DocketError) -> OutlookMessage {
    guard depth <= limits.depth else {
      throw DocketError(.tooDeep, "Messages lie in one another deeper than \(limits.depth).")
    }
    let children = file.children(of: storage)
    let properties = try self.properties(children, head: head, codePage: nil)
    let codePage = properties.integer(0x3FFD) ?? properties.integer(0x3FDE)
    var recipients: [MAPIProperties] = []
    var attachments: [OutlookMessage.Attachment] = []
    for child in children where file.isStorage(child) {
      parts += 1
      guard parts <= limits.parts else {
        throw DocketError(.tooManyParts, "The message has more than \(limits.parts) recipients and attachments.")
      }
      if child.name.hasPrefix("__recip_version1.0_") {
        recipients.append(try self.properties(file.children(of: child), head: 8, codePage: codePage))
      } else if child.name.hasPrefix("__attach_version1.0_"),
        let attachment = try attachment(in: child, codePage: codePage, depth: depth)
      {
        attachments.append(attachment)
      }
    }
    return OutlookMessage(properties, recipients: recipients, attachments: attachments)
  }

  private mutating func attachment(
    in storage: CompoundFile.Entry, codePage: Int?, depth: Int
  ) throws(DocketError) -> OutlookMessage.Attachment? {
    let children = file.children(of: storage)
    let properties = try self.properties(children, head: 8, codePage: codePage)
    let mediaType = properties.text(0x370E)?.lowercased()
    let name = properties.text(0x3707, 0x3704, 0x3001) ?? ""
    let isHidden = properties.integer(0x7FFE) == 1 && properties.text(0x3712) != nil
    if let inner = children.first(where: { $0.name == "__substg1.0_3701000D" && file.isStorage($0) }) {
      guard file.children(of: inner).contains(where: { $0.name == "__properties_version1.0" }) else {
        leftOut += 1
        return nil
      }
      let message = try message(in: inner, head: 24, depth: depth + 1)
      return .init(name: name, mediaType: MediaType.mail, content: .message(message), isHidden: false)
    }
    guard case .binary(let bytes) = properties.values[0x3701] else {
      leftOut += 1
      return nil
    }
    return .init(name: name, mediaType: mediaType, content: .bytes(bytes), isHidden: isHidden)
  }

  /// - Parameter codePage: of texts with a byte a letter; nil where these properties name it themselves.
  private mutating func properties(
    _ children: [CompoundFile.Entry], head: Int, codePage: Int?
  ) throws(DocketError) -> MAPIProperties {
    var found = MAPIProperties()
    if let table = children.first(where: { $0.name == "__properties_version1.0" }) {
      let bytes = file.bytes(of: table)
      bytes.withUnsafeBytes { raw in
        for at in stride(from: head, to: raw.count - 15, by: 16) {
          let type = raw.littleEndian(at: at, UInt16.self)
          let value = UnsafeRawBufferPointer(rebasing: raw[at + 8..<at + 16])
          if let value = MAPIProperties.fixed(type, value) {
            found.values[raw.littleEndian(at: at + 2, UInt16.self)] = value
          }
        }
      }
    }
    let page = found.integer(0x3FFD) ?? codePage ?? found.integer(0x3FDE) ?? 1252
    let start = "__substg1.0_"
    for child in children where child.name.hasPrefix(start) && !file.isStorage(child) {
      guard let tag = UInt32(child.name.dropFirst(start.count), radix: 16) else { continue }
      let bytes = file.bytes(of: child)
      taken += bytes.count
      guard taken <= limits.bytes else {
        throw DocketError(.tooManyBytes, "The message unpacks to more than \(limits.bytes) bytes.")
      }
      let value = bytes.withUnsafeBytes { raw in
        MAPIProperties.variable(UInt16(truncatingIfNeeded: tag), raw, codePage: page)
      }
      if let value { found.values[UInt16(tag >> 16)] = value }
    }
    return found
  }
}
