import CGMime
import CPoppler
import Docket

/// Links and comments of a PDF's page.
extension PopplerPage {
  private static let mostNotes = 500
  /// In bytes.
  private static let longestNote = 2_000
  private static let schemes = ["https:", "http:", "mailto:", "tel:"]
  /// Fields, free text and stamps show what they say: those are words.
  private static let comments = [
    POPPLER_ANNOT_TEXT, POPPLER_ANNOT_HIGHLIGHT, POPPLER_ANNOT_UNDERLINE, POPPLER_ANNOT_STRIKE_OUT,
  ]

  /// In points from the upper left corner of the page as it lies; links first.
  var notes: [PageNote] {
    let said = annotations.filter { PopplerPage.comments.contains($0.kind) }
    return Array(
      (links + said.compactMap { note(.comment, $0.contents.trimmed, $0.area) }).prefix(PopplerPage.mostNotes))
  }

  private var links: [PageNote] {
    guard let list = poppler_page_get_link_mapping(page) else { return [] }
    defer { poppler_page_free_link_mapping(list) }
    return PopplerPage.each(list) { (mapping: PopplerLinkMapping) in
      guard let action = mapping.action, action.pointee.type == POPPLER_ACTION_URI, let uri = action.pointee.uri.uri
      else { return nil }
      let target = MailText.line(String(cString: uri))
      guard PopplerPage.schemes.contains(where: { target.lowercased().hasPrefix($0) }) else { return nil }
      return note(.link, target, PageArea(mapping.area, on: self))
    }
  }

  private func note(_ kind: PageNote.Kind, _ text: String, _ area: PageArea) -> PageNote? {
    guard !text.isEmpty, text.utf8.count <= PopplerPage.longestNote else { return nil }
    return PageNote(
      kind: kind, text: text, x: area.left, y: area.top, width: area.right - area.left,
      height: area.bottom - area.top)
  }
}
