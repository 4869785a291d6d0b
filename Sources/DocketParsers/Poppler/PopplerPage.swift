// GLib's types belong to whichever of the modules that include it the compiler loads first.
import CGMime
import CPoppler
import Docket

/// Owns a page opened by Poppler. Coordinates are points from the top left of the crop box, as a person sees the page.
final class PopplerPage {
  let page: OpaquePointer
  /// Asked for once: Poppler builds them anew each time.
  private(set) lazy var annotations = listedAnnotations()

  init(_ page: OpaquePointer) { self.page = page }
  deinit { g_object_unref(UnsafeMutableRawPointer(page)) }

  /// In points, turned as a person sees it.
  var size: (width: Double, height: Double) {
    var width = 0.0
    var height = 0.0
    poppler_page_get_size(page, &width, &height)
    return (width, height)
  }

  /// The text layer: characters with their boxes, nil where text and boxes do not belong together.
  func characters<Result>(
    _ body: (_ text: UnsafeBufferPointer<UInt8>, _ boxes: UnsafeBufferPointer<PopplerRectangle>) -> Result
  ) -> Result? {
    guard let text = poppler_page_get_text(page) else { return nil }
    defer { g_free(text) }
    var boxes: UnsafeMutablePointer<PopplerRectangle>?
    var count: guint = 0
    guard poppler_page_get_text_layout(page, &boxes, &count) != 0, let boxes else { return nil }
    defer { g_free(boxes) }
    let length = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: length) {
      body(
        UnsafeBufferPointer(start: $0, count: length), UnsafeBufferPointer(start: boxes, count: Int(count)))
    }
  }

  /// The share of the page that pictures cover, 0 to 1; a scan covers nearly all of it.
  var pictureShare: Double {
    let (width, height) = size
    guard width > 0, height > 0, let list = poppler_page_get_image_mapping(page) else { return 0 }
    defer { poppler_page_free_image_mapping(list) }
    var covered = 0.0
    var node: UnsafeMutablePointer<GList>? = list
    while let here = node {
      if let mapping = here.pointee.data?.assumingMemoryBound(to: PopplerImageMapping.self) {
        let area = mapping.pointee.area
        covered += abs(area.x2 - area.x1) * abs(area.y2 - area.y1)
      }
      node = here.pointee.next
    }
    return min(1, covered / (width * height))
  }

  /// The page as grey pixels, nil where memory or Poppler fails.
  func rendered(resolution: Double) -> GreyPicture? {
    let (pageWidth, pageHeight) = size
    let scale = resolution / 72
    let width = Int((pageWidth * scale).rounded(.up))
    let height = Int((pageHeight * scale).rounded(.up))
    guard width > 0, height > 0, width < 32_768, height < 32_768,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { return nil }
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface) else {
      return nil
    }
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, scale, scale)
    poppler_page_render_for_printing(page, context)
    cairo_surface_flush(surface)
    guard let pixels = cairo_image_surface_get_data(surface) else { return nil }
    let stride = Int(cairo_image_surface_get_stride(surface))
    return GreyPicture(width: width, height: height) { row, out in
      let line = UnsafeRawPointer(pixels + row * stride).assumingMemoryBound(to: UInt32.self)
      for x in 0..<width {
        let pixel = line[x]
        // ITU-R 601 weights in eighths of a bit: 77 + 150 + 29 = 256.
        let grey = 77 * (pixel >> 16 & 0xFF) + 150 * (pixel >> 8 & 0xFF) + 29 * (pixel & 0xFF)
        out[x] = UInt8(grey >> 8)
      }
    }
  }
}
