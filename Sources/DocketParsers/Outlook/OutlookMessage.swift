import Docket

/// A message of Outlook's, whatever file it came in: headers as a mail has them, a body, attachments.
struct OutlookMessage {
  var headers: [TextReading.Header] = []
  /// As the body is kept; the first that says something is the one that is read.
  var body = Body()
  var attachments: [Attachment] = []
  /// `IPM.Note` for mail; contacts, tasks and notes have others.
  var kind = ""

  struct Body {
    var plain: String?
    var html: String?
    /// Unpacked.
    var rtf: [UInt8]?
  }

  struct Attachment {
    var name: String
    var mediaType: String?
    var content: Content
    /// A picture of the layout, which the sender did not attach.
    var isHidden = false
  }

  indirect enum Content {
    case bytes([UInt8])
    case message(OutlookMessage)
  }

  /// Whether it was sent from somebody to somebody.
  var isMail: Bool {
    kind.isEmpty || ["ipm.note", "ipm.schedule", "report."].contains { kind.lowercased().hasPrefix($0) }
  }

  var isEncrypted: Bool {
    kind.lowercased() == "ipm.note.smime"
      && attachments.contains {
        guard case .bytes(let bytes) = $0.content, case .encrypted = CMSContent(bytes) else { return false }
        return true
      }
  }

  /// The headers, and the body as text.
  var content: TextReading {
    var content = bodyText
    content.headers = headers
    return content
  }

  private var bodyText: TextReading {
    if let plain = body.plain, plain.contains(where: { !$0.isWhitespace }) {
      return TextReading(text: TextDecoding.unixLines(plain))
    }
    if let html = body.html { return HTMLText.read(TextDecoding.unixLines(html)) }
    return body.rtf.map { RTFText($0).reading } ?? TextReading(text: "")
  }
}

extension OutlookMessage {
  /// Numbers of properties that are asked for ([MS-OXPROPS]).
  private enum ID {
    static let messageClass: UInt16 = 0x001A
    static let subject: UInt16 = 0x0037
    static let transportHeaders: UInt16 = 0x007D
    static let submitted: UInt16 = 0x0039
    static let delivered: UInt16 = 0x0E06
    static let created: UInt16 = 0x3007
    static let messageID: UInt16 = 0x1035
    static let inReplyTo: UInt16 = 0x1042
    static let displayTo: UInt16 = 0x0E04
    static let displayCc: UInt16 = 0x0E03
    static let body: UInt16 = 0x1000
    static let rtf: UInt16 = 0x1009
    static let html: UInt16 = 0x1013
    static let codePageOfHTML: UInt16 = 0x3FDE
    static let recipientKind: UInt16 = 0x0C15
    static let displayName: UInt16 = 0x3001
    static let address: UInt16 = 0x3003
    static let smtpAddress: UInt16 = 0x39FE
  }

  /// - Parameter recipients: of each, in the order they stand.
  init(_ properties: MAPIProperties, recipients: [MAPIProperties], attachments: [Attachment]) {
    kind = properties.text(ID.messageClass) ?? ""
    self.attachments = attachments
    body.plain = properties.text(ID.body)
    body.html =
      properties.text(ID.html)
      ?? properties.binary(ID.html).map { bytes in
        bytes.withUnsafeBytes { Charset.decode($0, codePage: properties.integer(ID.codePageOfHTML) ?? 65001) }
      }
    body.rtf = properties.binary(ID.rtf).flatMap(CompressedRTF.decode)
    headers = isMail ? OutlookMessage.headers(properties, recipients) : []
    if !isMail { body.plain = OutlookMessage.card(properties, body: bodyText.text) }
  }

  /// Those it travelled with, and what is missing of them by its properties.
  private static func headers(_ properties: MAPIProperties, _ recipients: [MAPIProperties]) -> [TextReading.Header] {
    var headers: [TextReading.Header] = []
    if let travelled = properties.text(ID.transportHeaders) {
      let bytes = Array((TextDecoding.unixLines(travelled).drop { $0.isWhitespace } + "\n\n").utf8)
      headers = bytes.withUnsafeBytes { GMimeMessage($0)?.headers(limit: 1000) ?? [] }
        // They tell of parts that are no more.
        .filter { !$0.name.hasPrefix("content-") && $0.name != "mime-version" }
    }
    func add(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty, !headers.contains(where: { $0.name == name }) else { return }
      headers.append(.init(name: name, value: MailText.line(value)))
    }
    add("from", sender(properties))
    for (name, kind, display) in [("to", 1, ID.displayTo), ("cc", 2, ID.displayCc), ("bcc", 3, nil as UInt16?)] {
      let addressed = recipients.filter { $0.integer(ID.recipientKind) ?? 1 == kind }.compactMap(recipient)
      add(name, addressed.isEmpty ? display.flatMap { properties.text($0) } : addressed.joined(separator: ", "))
    }
    add("subject", properties.text(ID.subject))
    let time = [ID.submitted, ID.delivered, ID.created].lazy.compactMap { properties.time($0) }.first
    add("date", time.map(MailTime.text))
    add("message-id", properties.text(ID.messageID))
    add("in-reply-to", properties.text(ID.inReplyTo))
    return headers
  }

  private static func sender(_ properties: MAPIProperties) -> String? {
    // Who it is sent for, then who sent it; SMTP addresses first, for those of Exchange name nobody outside.
    let name = properties.text(0x0042, 0x0C1A)
    let address =
      properties.text(0x5D02, 0x5D01) ?? internet(properties.text(0x0065)) ?? internet(properties.text(0x0C1F))
    return mailbox(name: name, address: address)
  }

  private static func recipient(_ properties: MAPIProperties) -> String? {
    let address = properties.text(ID.smtpAddress) ?? internet(properties.text(ID.address))
    return mailbox(name: properties.text(ID.displayName), address: address)
  }

  private static func internet(_ address: String?) -> String? { address.flatMap { $0.contains("@") ? $0 : nil } }

  private static func mailbox(name: String?, address: String?) -> String? {
    guard let address else { return name }
    guard let name, name != address, name != "'\(address)'" else { return address }
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
    return "\(isPlain ? name : "\"\(name.filter { $0 != "\"" })\"") <\(address)>"
  }

  /// What a contact or task says: its subject, its body, its names, addresses and numbers.
  private static func card(_ properties: MAPIProperties, body: String) -> String {
    let details = (0x3A00...0x3A6F).compactMap { properties.text(UInt16($0)) }
    return ([properties.text(ID.subject) ?? ""] + details + ["", body]).joined(separator: "\n")
  }
}

/// Times as headers have them.
enum MailTime {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameter seconds: since 1970.
  static func text(_ seconds: Double) -> String {
    let whole = Int(max(-62_135_596_800, min(253_402_300_799, seconds)))
    let day = (whole - (whole % 86_400 + 86_400) % 86_400) / 86_400
    let clock = whole - day * 86_400
    // Howard Hinnant, http://howardhinnant.github.io/date_algorithms.html (civil_from_days).
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let date = ofYear - (153 * month + 2) / 5 + 1
    let name = months[(month + 2) % 12]
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let full = year + era * 400 + (month >= 10 ? 1 : 0)
    return "\(date) \(name) \(full) \(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60)) +0000"
  }
}
