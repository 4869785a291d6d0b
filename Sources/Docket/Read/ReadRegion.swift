/// A part of a page that is read again by itself: larger, with nothing beside it, as a number where it can be nothing
/// else. For fields whose words were read with doubt.
package struct ReadRegion: Hashable, Sendable {
  /// Counted from 1.
  package var page: Int
  /// In the page's unit, on the page as it was read.
  package var x: Float
  package var y: Float
  package var width: Float
  package var height: Float
  /// `PageReading.rotation`: by how many degrees the page was turned clockwise when it was read.
  package var rotation: Int
  /// Only digits can stand there, with the marks and signs of amounts and dates.
  package var isNumber: Bool

  package init(
    page: Int, x: Float, y: Float, width: Float, height: Float, rotation: Int = 0, isNumber: Bool = false
  ) {
    self.page = page
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.rotation = rotation
    self.isNumber = isNumber
  }

  /// Of one document; more is a page, and pages are read as such.
  package static let most = 64
  /// What a number is made of.
  package static let numberMarks = "0123456789.,:/-+%€$£ "
}
