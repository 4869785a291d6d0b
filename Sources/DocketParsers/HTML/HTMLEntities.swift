/// The characters that HTML writes by name or number.
enum HTMLEntities {
  /// - Parameter body: what follows the `&`.
  /// - Returns: the character, and how much of `body` its name takes.
  static func read(_ body: ArraySlice<UInt8>) -> (text: String, length: Int)? {
    if body.first == UInt8(ascii: "#") { return readNumber(body) }
    let name = body.prefix { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
    guard !name.isEmpty, let text = named[String(decoding: name, as: UTF8.self)] else { return nil }
    let hasEnd = body.dropFirst(name.count).first == UInt8(ascii: ";")
    return (text, name.count + (hasEnd ? 1 : 0))
  }

  private static func readNumber(_ body: ArraySlice<UInt8>) -> (text: String, length: Int)? {
    let isHex = body.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let digits = body.dropFirst(isHex ? 2 : 1).prefix { byte in
      (0x30...0x39).contains(byte) || isHex && (0x61...0x66).contains(byte | 0x20)
    }
    guard !digits.isEmpty,
      let value = UInt32(String(decoding: digits.prefix(8), as: UTF8.self), radix: isHex ? 16 : 10)
    else { return nil }
    let taken = (isHex ? 2 : 1) + digits.count
    let hasEnd = body.dropFirst(taken).first == UInt8(ascii: ";")
    return (character(value), taken + (hasEnd ? 1 : 0))
  }

  /// Browsers take 128 to 159 for Windows-1252, as those who write them mean.
  private static func character(_ value: UInt32) -> String {
    if (0x80...0x9F).contains(value) {
      return withUnsafeBytes(of: UInt8(value)) { TextDecoding.windows1252($0) }
    }
    guard value >= 0x20 || value == 9 || value == 10, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return String(scalar)
  }

  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
    para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
    Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
    igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
    thorn yuml
    """

  private static let named: [String: String] = {
    var names: [String: String] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "AMP": "&", "LT": "<", "GT": ">", "QUOT": "\"",
      "euro": "€", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”",
      "bdquo": "„", "bull": "•", "hellip": "…", "trade": "™", "dagger": "†", "permil": "‰", "lsaquo": "‹",
      "rsaquo": "›", "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "fnof": "ƒ", "circ": "ˆ",
      "tilde": "˜", "minus": "−", "rarr": "→", "larr": "←", "le": "≤", "ge": "≥", "ne": "≠", "infin": "∞",
      "ensp": "\u{A0}", "emsp": "\u{A0}", "thinsp": "\u{A0}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
    ]
    for (index, name) in latin.split(separator: " ").enumerated() {
      guard let scalar = Unicode.Scalar(UInt32(0xA0 + index)) else { continue }
      names[String(name)] = String(scalar)
    }
    // A soft hyphen is seen only where a line breaks.
    names["shy"] = ""
    return names
  }()
}
