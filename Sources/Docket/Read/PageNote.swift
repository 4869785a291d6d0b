/// What lies on a page besides its words: where a link leads, what somebody noted. Kept as it came; no value is made of
/// it, since the page does not show it.
package struct PageNote: Hashable, Sendable {
  package enum Kind: UInt8, CaseIterable, Sendable {
    /// The text is an address: `https:`, `http:`, `mailto:`, `tel:`.
    case link = 1
    /// The text is what a reader of the document wrote beside it.
    case comment

    package var word: String {
      switch self {
      case .link: "link"
      case .comment: "comment"
      }
    }
  }

  package var kind: Kind
  package var text: String
  /// In the page's unit, on the page as it lies in the file, before it was turned.
  package var x: Float
  package var y: Float
  package var width: Float
  package var height: Float

  package init(kind: Kind, text: String, x: Float, y: Float, width: Float, height: Float) {
    self.kind = kind
    self.text = text
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var quantised: PageNote {
    func rounded(_ length: Float) -> Float { Quantum.value(hundredths: Quantum.hundredths(length)) }
    return PageNote(
      kind: kind, text: text, x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height))
  }
}

/// Notes stand near a page block's end; the oldest forms end before them.
extension ReadingCoding {
  static func putNotes(of page: PageReading, to out: inout ByteWriter) {
    out.put(page.notes) { out, note in
      out.put(note.kind.rawValue)
      out.put(note.text)
      for side in [note.x, note.y, note.width, note.height] { out.put(Quantum.hundredths(side)) }
    }
  }

  static func takeNotes(into page: inout PageReading, from input: inout ByteReader) throws(DocketError) {
    guard input.remaining > 0 else { return }
    page.notes = try input.takeList(smallest: 21) { input throws(DocketError) in
      guard let kind = PageNote.Kind(rawValue: try input.take()) else {
        throw ByteReader.damaged("a note's kind is unknown")
      }
      return PageNote(
        kind: kind, text: try input.takeText(), x: Quantum.value(hundredths: try input.take()),
        y: Quantum.value(hundredths: try input.take()), width: Quantum.value(hundredths: try input.take()),
        height: Quantum.value(hundredths: try input.take()))
    }
  }
}
