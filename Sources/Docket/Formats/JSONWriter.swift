/// Writes JSON as UTF-8, one value after the other; commas are its own business.
///
///     var json = JSONWriter()
///     json.object { json in json.member("schema", "docket/text/1") }
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func object(_ members: (inout JSONWriter) -> Void) { nested(0x7B, 0x7D, members) }
  package mutating func array(_ elements: (inout JSONWriter) -> Void) { nested(0x5B, 0x5D, elements) }

  private mutating func nested(_ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
    comma()
    bytes.append(open)
    needsComma = false
    content(&self)
    bytes.append(close)
    needsComma = true
  }

  /// A member's name; its value is written next.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A member; null where there is no value.
  package mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: Int?) {
    key(name)
    if let value { number(value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    raw(value ? "true" : "false")
  }

  /// - Parameter digits: after the point, at most; zeros at the end are left out.
  package mutating func member(_ name: String, _ value: Double?, digits: Int) {
    key(name)
    if let value { number(value, digits: digits) } else { null() }
  }

  package mutating func memberObject(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  package mutating func memberArray(_ name: String, _ elements: (inout JSONWriter) -> Void) {
    key(name)
    array(elements)
  }

  package mutating func null() { raw("null") }

  package mutating func number(_ value: Int) { raw(String(value)) }

  /// Rounded half away from zero; what is no number is null.
  package mutating func number(_ value: Double, digits: Int) {
    guard value.isFinite, abs(value) < 1e12 else { return null() }
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let units = Int((value * power).rounded(.toNearestOrAwayFromZero))
    var fraction = String(units.magnitude % UInt(power))
    while fraction.utf8.count < digits { fraction = "0" + fraction }
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let whole = String(units.magnitude / UInt(power))
    raw((units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction))
  }

  /// Text that is JSON already.
  package mutating func raw(_ json: some StringProtocol) {
    comma()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  package mutating func string(_ text: some StringProtocol) {
    comma()
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20, 0x7F: bytes.append(contentsOf: Array("\\u00\(Hex.encode([byte]))".utf8))
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(0x2C) }
    needsComma = false
  }
}
