// GLib's types belong to whichever of the modules that include it the compiler loads first.
import CGMime
import CPoppler
import Docket

/// Owns a PDF opened by Poppler.
final class PopplerDocument {
  private let document: OpaquePointer

  /// - Throws: `pdf-encrypted`, `pdf-damaged`.
  init(bytes: UnsafeRawBufferPointer) throws(DocketError) {
    // The bytes stay mapped for as long as a parser runs, so Poppler may read them where they lie.
    let held = g_bytes_new_static(bytes.baseAddress, gsize(bytes.count))
    defer { g_bytes_unref(held) }
    var error: UnsafeMutablePointer<GError>?
    guard let document = poppler_document_new_from_bytes(held, nil, &error) else {
      defer { g_clear_error(&error) }
      throw PopplerDocument.meaning(of: error)
    }
    self.document = document
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(document)) }

  private static func meaning(of error: UnsafeMutablePointer<GError>?) -> DocketError {
    guard let error else { return DocketError(.pdfDamaged, "The PDF cannot be opened.") }
    let cause = String(cString: error.pointee.message)
    if error.pointee.domain == poppler_error_quark(),
      PopplerError(rawValue: UInt32(bitPattern: error.pointee.code)) == POPPLER_ERROR_ENCRYPTED
    {
      return DocketError(.pdfEncrypted, "The PDF is encrypted.", cause: cause)
    }
    return DocketError(.pdfDamaged, "The PDF cannot be opened.", cause: cause)
  }

  var pageCount: Int { Int(poppler_document_get_n_pages(document)) }

  /// Whether it has a field for a signature. It may be waiting for one.
  var hasSignatureField: Bool { poppler_document_get_n_signatures(document) > 0 }

  /// Counted from 1; nil where the page cannot be opened.
  func page(_ number: Int) -> PopplerPage? {
    poppler_document_get_page(document, gint(number - 1)).map(PopplerPage.init)
  }

  /// Embedded files, in the document's order, each within `limit` bytes; larger ones have nil bytes.
  func attachments(limit: Int) -> [(name: String, bytes: [UInt8]?)] {
    guard let list = poppler_document_get_attachments(document) else { return [] }
    defer { g_list_free(list) }
    var found: [(String, [UInt8]?)] = []
    var node: UnsafeMutablePointer<GList>? = list
    while let here = node {
      if let attachment = here.pointee.data?.assumingMemoryBound(to: PopplerAttachment.self) {
        let given: UnsafeMutablePointer<gchar>? = attachment.pointee.name
        let name = given.map { String(cString: $0) } ?? ""
        found.append((name, PopplerDocument.bytes(of: attachment, limit: limit)))
        g_object_unref(attachment)
      }
      node = here.pointee.next
    }
    return found
  }

  private static func bytes(
    of attachment: UnsafeMutablePointer<PopplerAttachment>, limit: Int
  ) -> [UInt8]? {
    let sink = AttachmentSink(limit: limit)
    let wasSaved = poppler_attachment_save_to_callback(
      attachment,
      { chunk, count, data, _ in
        guard let chunk, let data else { return 0 }
        let sink = Unmanaged<AttachmentSink>.fromOpaque(data).takeUnretainedValue()
        return sink.append(UnsafeRawBufferPointer(start: chunk, count: Int(count))) ? 1 : 0
      }, Unmanaged.passUnretained(sink).toOpaque(), nil)
    return wasSaved != 0 ? sink.bytes : nil
  }
}

/// Takes an attachment's bytes up to a limit.
private final class AttachmentSink {
  private(set) var bytes: [UInt8] = []
  private let limit: Int
  init(limit: Int) { self.limit = limit }

  func append(_ chunk: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count + chunk.count <= limit else { return false }
    bytes.append(contentsOf: chunk)
    return true
  }
}
