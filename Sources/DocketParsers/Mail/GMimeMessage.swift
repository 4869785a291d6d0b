import CGMime
import Docket

/// A parsed mail: owns GMime's message and everything borrowed from it.
final class GMimeMessage {
  private let message: UnsafeMutablePointer<CGMime.GMimeMessage>

  static var version: String { "\(GMIME_MAJOR_VERSION).\(GMIME_MINOR_VERSION).\(GMIME_MICRO_VERSION)" }
  private static let isReady: Bool = {
    g_mime_init()
    return true
  }()

  /// Nil where GMime finds no header in the first line.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard GMimeMessage.isReady,
      let stream = g_mime_stream_mem_new_with_buffer(
        bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    else { return nil }
    defer { g_object_unref(stream) }
    guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
    defer { g_object_unref(parser) }
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE)
    guard let message = g_mime_parser_construct_message(parser, nil) else { return nil }
    self.message = message
  }

  deinit { g_object_unref(message) }

  /// Names in lower case, values decoded and on one line, in the order they stand.
  /// - Parameter limit: how many are given at most.
  func headers(limit: Int) -> [TextReading.Header] {
    var found: [(offset: Int, header: TextReading.Header)] = []
    for object in [MailPart.object(message), g_mime_message_get_mime_part(message)] {
      guard let object, let list = g_mime_object_get_header_list(object) else { continue }
      for index in 0..<min(Int(g_mime_header_list_get_count(list)), limit) {
        guard let header = g_mime_header_list_get_header_at(list, Int32(index)),
          let name = g_mime_header_get_name(header)
        else { continue }
        let value = value(of: header)
        let kept = TextReading.Header(
          name: MailText.line(String(cString: name)).lowercased(), value: MailText.line(value))
        found.append((Int(g_mime_header_get_offset(header)), kept))
      }
    }
    // The body's own headers are kept apart by GMime; in the mail they stand among the others.
    return found.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .prefix(limit).map(\.element.header)
  }

  /// A header's text as it was meant; what GMime would lose of it is mended first.
  private func value(of header: UnsafeMutablePointer<GMimeHeader>) -> String {
    if let raw = g_mime_header_get_raw_value(header), let mended = EncodedWords.mended(String(cString: raw)),
      let text = g_mime_utils_header_decode_text(nil, mended)
    {
      defer { g_free(text) }
      return String(cString: text)
    }
    return g_mime_header_get_value(header).map { String(cString: $0) } ?? ""
  }

  /// The outermost part; nil for a mail without a body.
  var body: MailPart? {
    g_mime_message_get_mime_part(message).map { MailPart(of: self, $0) }
  }
}

/// A part of a mail, borrowed from it.
struct MailPart {
  private let mail: GMimeMessage
  private let pointer: UnsafeMutablePointer<GMimeObject>

  fileprivate init(of mail: GMimeMessage, _ pointer: UnsafeMutablePointer<GMimeObject>) {
    self.mail = mail
    self.pointer = pointer
  }

  fileprivate static func object(
    _ message: UnsafeMutablePointer<CGMime.GMimeMessage>
  ) -> UnsafeMutablePointer<GMimeObject>? {
    UnsafeMutableRawPointer(message).assumingMemoryBound(to: GMimeObject.self)
  }

  /// GMime's class macros are not imported.
  private func isA(_ type: GType) -> Bool {
    g_type_check_instance_is_a(
      UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: GTypeInstance.self), type) != 0
  }

  private func pointer<T>(as type: T.Type) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: type)
  }

  /// `text/html`, in lower case.
  var mediaType: String {
    guard let type = g_mime_object_get_content_type(pointer), let text = g_mime_content_type_get_mime_type(type) else {
      return "text/plain"
    }
    defer { g_free(text) }
    return String(cString: text).lowercased()
  }

  var isMultipart: Bool { isA(g_mime_multipart_get_type()) }
  /// Another mail inside this one.
  var isMessage: Bool { isA(g_mime_message_part_get_type()) }
  var isText: Bool { isA(g_mime_text_part_get_type()) }
  private var isLeaf: Bool { isA(g_mime_part_get_type()) }

  var children: [MailPart] {
    guard isMultipart else { return [] }
    let multipart = pointer(as: GMimeMultipart.self)
    return (0..<g_mime_multipart_get_count(multipart)).compactMap { index in
      g_mime_multipart_get_part(multipart, index).map { MailPart(of: mail, $0) }
    }
  }

  /// The name the sender gave it, from either of the headers that may hold it.
  var name: String? {
    if isLeaf, let name = g_mime_part_get_filename(pointer(as: GMimePart.self)) {
      return String(cString: name)
    }
    for parameter in [
      g_mime_object_get_content_disposition_parameter(pointer, "filename"),
      g_mime_object_get_content_type_parameter(pointer, "name"),
    ] { if let parameter { return String(cString: parameter) } }
    return nil
  }

  /// `attachment` or `inline`, in lower case.
  var disposition: String? {
    g_mime_object_get_disposition(pointer).map { String(cString: $0).lowercased() }
  }

  var hasContentID: Bool { g_mime_object_get_content_id(pointer) != nil }

  /// A text part in Unicode, whatever it was coded in.
  var text: String {
    guard isText, let text = g_mime_text_part_get_text(pointer(as: GMimeTextPart.self)) else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }

  /// What stands in it: decoded for a leaf, a whole mail for a message.
  var bytes: [UInt8] {
    guard let sink = g_mime_stream_mem_new() else { return [] }
    defer { g_object_unref(sink) }
    if isMessage {
      guard let inner = g_mime_message_part_get_message(pointer(as: GMimeMessagePart.self)),
        let object = MailPart.object(inner)
      else { return [] }
      _ = g_mime_object_write_to_stream(object, nil, sink)
    } else if isLeaf, let content = g_mime_part_get_content(pointer(as: GMimePart.self)) {
      _ = g_mime_data_wrapper_write_to_stream(content, sink)
    }
    let memory = UnsafeMutableRawPointer(sink).assumingMemoryBound(to: GMimeStreamMem.self)
    guard let array = g_mime_stream_mem_get_byte_array(memory), let data = array.pointee.data else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
  }
}
