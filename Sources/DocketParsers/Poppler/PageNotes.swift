import CGMime
import CPoppler
import Docket

/// Links and comments of a PDF's page.
extension PopplerPage {
  private static let mostNotes = 500
  /// In bytes.
  private static let longestNote = 2_000
  private static let schemes = ["https:", "http:", "mailto:", "tel:"]

  /// In points from the upper left corner of the page as it lies; links first.
  var notes: [PageNote] { Array((links + comments).prefix(PopplerPage.mostNotes)) }

  private var links: [PageNote] {
    guard let list = poppler_page_get_link_mapping(page) else { return [] }
    defer { poppler_page_free_link_mapping(list) }
    return each(list) { (mapping: PopplerLinkMapping) in
      guard let action = mapping.action, action.pointee.type == POPPLER_ACTION_URI, let uri = action.pointee.uri.uri
      else { return nil }
      let target = MailText.line(String(cString: uri))
      guard PopplerPage.schemes.contains(where: { target.lowercased().hasPrefix($0) }) else { return nil }
      return note(.link, target, mapping.area)
    }
  }

  private var comments: [PageNote] {
    guard let list = poppler_page_get_annot_mapping(page) else { return [] }
    defer { poppler_page_free_annot_mapping(list) }
    return each(list) { (mapping: PopplerAnnotMapping) in
      // Fields, free text and stamps show theirs: those are words.
      let kinds = [POPPLER_ANNOT_TEXT, POPPLER_ANNOT_HIGHLIGHT, POPPLER_ANNOT_UNDERLINE, POPPLER_ANNOT_STRIKE_OUT]
      guard kinds.contains(poppler_annot_get_annot_type(mapping.annot)),
        let contents = poppler_annot_get_contents(mapping.annot)
      else { return nil }
      defer { g_free(contents) }
      return note(.comment, String(cString: contents).trimmed, mapping.area)
    }
  }

  private func note(_ kind: PageNote.Kind, _ text: String, _ area: PopplerRectangle) -> PageNote? {
    guard !text.isEmpty, text.utf8.count <= PopplerPage.longestNote else { return nil }
    return PageNote(
      kind: kind, text: text, x: Float(min(area.x1, area.x2)), y: Float(size.height - max(area.y1, area.y2)),
      width: Float(abs(area.x2 - area.x1)), height: Float(abs(area.y2 - area.y1)))
  }

  private func each<Mapping>(
    _ list: UnsafeMutablePointer<GList>, _ note: (Mapping) -> PageNote?
  ) -> [PageNote] {
    var notes: [PageNote] = []
    var node: UnsafeMutablePointer<GList>? = list
    while let here = node {
      if let mapping = here.pointee.data?.assumingMemoryBound(to: Mapping.self), let note = note(mapping.pointee) {
        notes.append(note)
      }
      node = here.pointee.next
    }
    // Poppler lists them from the last to the first.
    return notes.reversed()
  }
}
