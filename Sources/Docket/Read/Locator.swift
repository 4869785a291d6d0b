/// A rectangle on a page as a person sees it: origin at the top left of the crop box, pages counted from 1.
/// Points (1/72 inch) in PDFs, pixels of the upright picture otherwise.
package struct Region: Hashable, Sendable {
  package var page: Int
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(page: Int, x: Double, y: Double, width: Double, height: Double) {
    self.page = page
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }

  /// The smallest region that holds both; both must be on one page.
  package func union(_ other: Region) -> Region {
    let left = min(x, other.x)
    let top = min(y, other.y)
    return Region(
      page: page, x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }
}

/// A place a value can come from.
package enum Locator: Hashable, Sendable {
  /// A region on a page.
  case region(Region)
  /// A path in a tree, `/rsm:CrossIndustryInvoice[1]/…`: names as written, ordinals from 1.
  case path(String)
  /// A cell of a table; sheet, row and column counted from 1.
  case cell(sheet: Int, row: Int, column: Int)
  /// Unicode scalars of a text, counted from 0.
  case span(Range<Int>)
  /// A header of a mail, by lower-case name; `ordinal` counts equal names from 1.
  case header(String, ordinal: Int)
  /// A person's answer, by the system's user id.
  case person(String)
  /// The check that derived it, by its code.
  case check(String)
}

/// Where a value came from: the document, the place in it, and what found it there.
package struct Provenance: Hashable, Sendable {
  /// Nil where no document was taken in (`docket extract`): the file at hand is meant.
  package var document: DocumentID?
  package var locator: Locator
  /// What found it, with its version: `labels 1`, `en16931 1`, `person maria`.
  package var producer: String

  package init(document: DocumentID? = nil, locator: Locator, producer: String) {
    self.document = document
    self.locator = locator
    self.producer = producer
  }
}
