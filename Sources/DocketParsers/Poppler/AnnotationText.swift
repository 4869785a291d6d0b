// GLib's types belong to whichever of the modules that include it the compiler loads first.
import CGMime
import CPoppler
import Docket

/// The text of what lies on a page: filled form fields, free text, stamps. Poppler's text layer leaves it out.
enum AnnotationText {
  /// Words as a person sees them, in the page's points.
  ///
  /// The page is drawn flat into a PDF in memory, whose own text layer then has everything; what stands inside a
  /// field or note, and not in the page's own layer, is taken from there. Nil where the page is too large to be drawn.
  static func words(on page: PopplerPage, beside own: [Word]) -> [Word]? {
    // Links, marks and comments show no text of their own, see `PopplerPage.notes`.
    let shown = [POPPLER_ANNOT_WIDGET, POPPLER_ANNOT_FREE_TEXT, POPPLER_ANNOT_STAMP]
    let areas = page.annotations.filter { shown.contains($0.kind) }.map(\.area)
    guard !areas.isEmpty else { return [] }
    guard let flat = page.flattened() else { return nil }
    let words = flat.withUnsafeBytes { bytes -> [Word] in
      guard let document = try? PopplerDocument(bytes: bytes), let page = document.page(1) else { return [] }
      return page.characters { WordAssembly(text: $0, boxes: $1).words } ?? []
    }
    let found = words.filter { word in
      let (x, y) = (word.x + word.width / 2, word.y + word.height / 2)
      guard areas.contains(where: { $0.contains(x: x, y: y) }) else { return false }
      // A note may lie over the page's own words.
      return !own.contains { $0.covers(x: x, y: y) && ($0.text.contains(word.text) || word.text.contains($0.text)) }
    }
    let shift = (own.map(\.line).max() ?? -1) + 1 - (found.map(\.line).min() ?? 0)
    return found.map { word in
      var word = word
      word.line += shift
      return word
    }
  }

  /// Exact words take the place of those that OCR made of the same print.
  static func merge(_ exact: [Word], over read: [Word]) -> [Word] {
    read.filter { word in
      !exact.contains { $0.covers(x: word.x + word.width / 2, y: word.y + word.height / 2) }
    } + exact
  }
}

extension Word {
  fileprivate func covers(x: Float, y: Float) -> Bool {
    (self.x...max(self.x, right)).contains(x) && (self.y...max(self.y, bottom)).contains(y)
  }
}

extension PopplerPage {
  /// The page with all that lies on it as a PDF of one flat page; nil where memory or cairo fails.
  func flattened() -> [UInt8]? {
    let (width, height) = size
    let sink = PDFSink()
    let surface = cairo_pdf_surface_create_for_stream(
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        return Unmanaged<PDFSink>.fromOpaque(closure).takeUnretainedValue()
          .append(UnsafeBufferPointer(start: bytes, count: Int(count)))
      }, Unmanaged.passUnretained(sink).toOpaque(), width, height)
    guard let surface, let context = cairo_create(surface) else { return nil }
    poppler_page_render(page, context)
    cairo_destroy(context)
    cairo_surface_finish(surface)
    let status = cairo_surface_status(surface)
    cairo_surface_destroy(surface)
    return status == CAIRO_STATUS_SUCCESS ? sink.bytes : nil
  }
}

/// Takes a flat page's bytes, up to a limit that no page with fields comes near.
private final class PDFSink {
  private(set) var bytes: [UInt8] = []
  private static let limit = 100_000_000

  func append(_ chunk: UnsafeBufferPointer<UInt8>) -> cairo_status_t {
    guard bytes.count + chunk.count <= PDFSink.limit else { return CAIRO_STATUS_WRITE_ERROR }
    bytes.append(contentsOf: chunk)
    return CAIRO_STATUS_SUCCESS
  }
}
