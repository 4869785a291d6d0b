import CPango

/// A page being drawn: points from the top left.
final class Sheet {
  private let context: OpaquePointer
  private let layout: OpaquePointer?
  let width: Double
  let height: Double
  let font: String
  /// What is done with a page that is full, where a picture is drawn.
  private let onFullPage: (() -> Void)?

  enum Alignment { case left, right, centre }

  init(context: OpaquePointer, width: Double, height: Double, font: String, onFullPage: (() -> Void)? = nil) {
    self.onFullPage = onFullPage
    self.context = context
    self.width = width
    self.height = height
    self.font = font
    layout = sheet_layout(context)
  }

  deinit { sheet_free(layout) }

  /// - Parameter x: the text's left edge, right edge or centre, as `alignment` says.
  func text(_ text: String, x: Double, y: Double, size: Double = 10, bold: Bool = false, alignment: Alignment = .left) {
    sheet_font(layout, "\(font)\(bold ? " Bold" : "")", size)
    pango_layout_set_text(layout, text, -1)
    var (across, down): (Int32, Int32) = (0, 0)
    pango_layout_get_pixel_size(layout, &across, &down)
    let shift = alignment == .left ? 0 : alignment == .right ? Double(across) : Double(across) / 2
    cairo_move_to(context, x - shift, y)
    pango_cairo_show_layout(context, layout)
  }

  func rule(from x0: Double, to x1: Double, y: Double, thickness: Double = 0.5) {
    cairo_set_line_width(context, thickness)
    cairo_move_to(context, x0, y)
    cairo_line_to(context, x1, y)
    cairo_stroke(context)
  }

  func endPage() {
    cairo_show_page(context)
    onFullPage?()
  }
}

/// Makes PDFs and pictures of what is drawn.
enum Press {
  static let a4 = (width: 595.0, height: 842.0)

  /// The bytes of what is drawn depend on them.
  static var libraries: String {
    let cairo = String(cString: cairo_version_string())
    let pango = String(cString: pango_version_string())
    return "cairo \(cairo)\npango \(pango)\n\(Pixels.library)\n"
  }

  /// A PDF; its dates are fixed so that the same drawing gives the same bytes.
  /// - Parameter isTurned: the page is drawn lying on its left side, for a viewer to turn it clockwise.
  static func pdf(
    to path: String, width: Double = a4.width, height: Double = a4.height, font: String, isTurned: Bool = false,
    _ draw: (Sheet) -> Void
  ) {
    guard let surface = cairo_pdf_surface_create(path, isTurned ? height : width, isTurned ? width : height) else {
      return
    }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z")
    guard let context = cairo_create(surface) else { return }
    if isTurned {
      cairo_translate(context, 0, width)
      cairo_rotate(context, -.pi / 2)
    }
    draw(Sheet(context: context, width: width, height: height, font: font))
    cairo_show_page(context)
    cairo_destroy(context)
    cairo_surface_finish(surface)
    cairo_surface_destroy(surface)
  }

  /// Grey pixels of one page.
  static func picture(
    width: Double = a4.width, height: Double = a4.height, resolution: Double, font: String, turn: Double = 0,
    _ draw: (Sheet) -> Void
  ) -> Pixels? {
    pictures(width: width, height: height, resolution: resolution, font: font, turn: turn, draw).last
  }

  /// Grey pixels of all pages.
  static func pictures(
    width: Double = a4.width, height: Double = a4.height, resolution: Double, font: String, turn: Double = 0,
    _ draw: (Sheet) -> Void
  ) -> [Pixels] {
    let scale = resolution / 72
    let (across, down) = (Int(width * scale), Int(height * scale))
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(across), Int32(down)),
      let context = cairo_create(surface)
    else { return [] }
    defer {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
    func clear() {
      cairo_set_source_rgb(context, 1, 1, 1)
      cairo_paint(context)
      cairo_set_source_rgb(context, 0.08, 0.08, 0.1)
    }
    var pages: [Pixels] = []
    func keep() {
      cairo_surface_flush(surface)
      guard let data = cairo_image_surface_get_data(surface) else { return }
      let stride = Int(cairo_image_surface_get_stride(surface))
      var pixels = Pixels(width: across, height: down)
      for y in 0..<down {
        for x in 0..<across { pixels.values[y * across + x] = data[y * stride + x * 4 + 1] }
      }
      pages.append(pixels)
    }
    clear()
    cairo_scale(context, scale, scale)
    cairo_rotate(context, turn)
    draw(
      Sheet(context: context, width: width, height: height, font: font) {
        keep()
        clear()
      })
    keep()
    return pages
  }
}
