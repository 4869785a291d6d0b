import CGMime
import CPoppler
import Docket

/// What lies on a PDF's page: a field, a note, a mark.
struct PageAnnotation {
  var kind: PopplerAnnotType
  var area: PageArea
  /// What it says, where it is no field; empty for nothing.
  var contents: String
}

/// A rectangle in points from the page's top left.
struct PageArea {
  var left, top, right, bottom: Float

  init(_ area: PopplerRectangle, on page: PopplerPage) {
    let height = page.size.height
    left = Float(min(area.x1, area.x2))
    right = Float(max(area.x1, area.x2))
    top = Float(height - max(area.y1, area.y2))
    bottom = Float(height - min(area.y1, area.y2))
  }

  /// Whether a point lies in it, or no further out than a point of type.
  func contains(x: Float, y: Float) -> Bool {
    x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1
  }
}

extension PopplerPage {
  /// In the file's order.
  func listedAnnotations() -> [PageAnnotation] {
    guard let list = poppler_page_get_annot_mapping(page) else { return [] }
    defer { poppler_page_free_annot_mapping(list) }
    return PopplerPage.each(list) { (mapping: PopplerAnnotMapping) in
      let contents = poppler_annot_get_contents(mapping.annot)
      defer { g_free(contents) }
      return PageAnnotation(
        kind: poppler_annot_get_annot_type(mapping.annot), area: PageArea(mapping.area, on: self),
        contents: contents.map { String(cString: $0) } ?? "")
    }
  }

  /// What is made of a list's elements. Poppler lists from the last to the first.
  static func each<Element, Made>(_ list: UnsafeMutablePointer<GList>, _ make: (Element) -> Made?) -> [Made] {
    var made: [Made] = []
    var node: UnsafeMutablePointer<GList>? = list
    while let here = node {
      if let element = here.pointee.data?.assumingMemoryBound(to: Element.self), let new = make(element.pointee) {
        made.append(new)
      }
      node = here.pointee.next
    }
    return made.reversed()
  }
}
