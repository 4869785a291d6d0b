/// What reading a document gave: pages of words, a tree, a table or a text, and the members found inside.
///
/// Large documents are read page by page; a `Reading` in memory holds what a stage needs of one document.
package struct Reading: Hashable, Sendable {
  /// By content, never by name: `application/pdf`, `image/jpeg`, `message/rfc822`, `application/xml` …
  package var mediaType: String
  package var content: Content
  /// Structured originals that travel inside, such as the XML of a Factur-X PDF. They are members too.
  package var embedded: [EmbeddedTree]
  /// Children in the order found; each becomes a document of its own.
  package var members: [Member]
  package var findings: [Finding]
  /// Of some rows of a file: the number of the first in the file, counted from 1. A table's headings stand before it.
  package var firstRow: Int?

  package enum Content: Hashable, Sendable {
    case pages([PageReading])
    case tree(TreeNode)
    case table(TableReading)
    case text(TextReading)
  }

  package init(
    mediaType: String, content: Content, embedded: [EmbeddedTree] = [], members: [Member] = [],
    findings: [Finding] = []
  ) {
    self.mediaType = mediaType
    self.content = content
    self.embedded = embedded
    self.members = members
    self.findings = findings
  }

  package var pages: [PageReading] {
    if case .pages(let pages) = content { pages } else { [] }
  }

  /// A text with a mail's headers.
  package var isMessage: Bool {
    if case .text(let text) = content { !text.headers.isEmpty } else { false }
  }

  /// Of the document as a whole, then of its pages.
  package var allFindings: [Finding] { findings + pages.flatMap(\.findings) }

  /// How many Unicode scalars of text were read, blanks between words not counted.
  package var characterCount: Int {
    switch content {
    case .pages(let pages): pages.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.text.unicodeScalars.count } }
    case .tree(let root): root.characterCount
    case .table(let table): table.characterCount
    case .text(let text): text.text.unicodeScalars.count
    }
  }
}

/// A word on a page. The box is in the page's unit, origin at the top left, as a person sees the page.
package struct Word: Hashable, Sendable {
  package var text: String
  package var x: Float
  package var y: Float
  package var width: Float
  package var height: Float
  /// How sure the reader is, 0 to 1; 1 for a text layer.
  package var confidence: Float
  /// The reader's own line, counted from 0 on each page; rows across columns are found later.
  package var line: Int32
  /// Nil where only one could read it: a text layer, Tesseract alone, words from outside that do not say.
  package var reader: WordReader?
  /// What else may stand there, the likeliest first.
  package var variants: [WordVariant] = []

  package init(
    text: String, x: Float, y: Float, width: Float, height: Float, confidence: Float = 1, line: Int32 = 0,
    reader: WordReader? = nil
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.confidence = confidence
    self.line = line
    self.reader = reader
  }

  package var right: Float { x + width }
  package var bottom: Float { y + height }
}

/// One page: its words, and where they were read from.
package struct PageReading: Hashable, Sendable {
  /// Counted from 1.
  package var number: Int
  package var width: Float
  package var height: Float
  package var unit: Unit
  /// Clockwise degrees by which the page was turned to be upright: 0, 90, 180 or 270.
  package var rotation: Int
  package var source: Source
  package var words: [Word]
  package var findings: [Finding]
  /// What two readers read, place by place; empty unless `ReadSettings.comparesReaders`.
  package var comparisons: [ReadingComparison] = []
  /// Links and comments, where they lie on the page.
  package var notes: [PageNote] = []

  package enum Unit: UInt8, Sendable { case point, pixel }

  /// Where the words came from. A bad or missing text layer is read by OCR, and the record says so.
  package enum Source: UInt8, Sendable, CaseIterable {
    /// The page's own text layer, judged good.
    case layer
    /// OCR of a picture, or of a page that has no text layer.
    case ocr
    /// OCR, because the text layer was judged bad.
    case ocrOverBadLayer
    /// Words given from outside (`docket/text/1`).
    case given
    /// Nothing stands on the page.
    case blank
  }

  /// Whether its words were read from a picture and may be misread; given words say so by their confidence.
  package var isFromPixels: Bool {
    switch source {
    case .ocr, .ocrOverBadLayer: true
    case .given: words.contains { $0.confidence < 1 }
    case .layer, .blank: false
    }
  }

  package init(
    number: Int, width: Float, height: Float, unit: Unit, rotation: Int = 0, source: Source, words: [Word] = [],
    findings: [Finding] = []
  ) {
    self.number = number
    self.width = width
    self.height = height
    self.unit = unit
    self.rotation = rotation
    self.source = source
    self.words = words
    self.findings = findings
  }
}

/// A node of an XML or JSON tree.
package struct TreeNode: Hashable, Sendable {
  /// Local name, without prefix.
  package var name: String
  /// The namespace's URI, empty for none.
  package var namespace: String
  package var attributes: [Attribute]
  /// The node's own text, outer blanks removed.
  package var text: String
  package var children: [TreeNode]

  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    name: String, namespace: String = "", attributes: [Attribute] = [], text: String = "", children: [TreeNode] = []
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  package var characterCount: Int {
    children.reduce(text.unicodeScalars.count) { $0 + $1.characterCount }
  }
}

/// A tree that travels inside another document: an e-invoice in its PDF.
package struct EmbeddedTree: Hashable, Sendable {
  package var name: String
  /// The member that holds it.
  package var part: PartPath
  package var root: TreeNode

  package init(name: String, part: PartPath, root: TreeNode) {
    self.name = name
    self.part = part
    self.root = root
  }
}

/// Sheets of cells: a CSV file has one, a workbook several.
package struct TableReading: Hashable, Sendable {
  package var sheets: [Sheet]

  /// Rows of cells, the first row not set apart.
  package struct Sheet: Hashable, Sendable {
    /// Empty where it has none.
    package var name: String
    package var rows: [[String]]
    package init(name: String = "", rows: [[String]]) {
      self.name = name
      self.rows = rows
    }
  }

  package init(sheets: [Sheet]) { self.sheets = sheets }
  package init(rows: [[String]]) { sheets = [Sheet(rows: rows)] }

  package var characterCount: Int {
    sheets.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.unicodeScalars.count } } }
  }

  /// Cells divided by tabs, rows by line ends.
  package var text: String {
    sheets.map { $0.rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") }.joined(separator: "\n\n")
  }
}

/// A text without places on a page: a mail's body with its headers, a plain file, a word processor's document.
package struct TextReading: Hashable, Sendable {
  /// In the order they stand; names in lower case, values decoded.
  package var headers: [Header]
  /// All of it in reading order; a form feed begins a page.
  package var text: String
  /// In the order they stand, none within another.
  package var tables: [TextTable]

  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(headers: [Header] = [], text: String, tables: [TextTable] = []) {
    self.headers = headers
    self.text = text
    self.tables = tables
  }
}

extension TextReading {
  /// Its tables' cells as texts.
  package var cells: [[[String]]] {
    guard !tables.isEmpty else { return [] }
    let scalars = Array(text.unicodeScalars)
    return tables.map { table in
      table.rows.map { row in
        row.map { cell in
          var text = String.UnicodeScalarView()
          text.append(contentsOf: scalars[cell])
          return String(text)
        }
      }
    }
  }
}

/// A table within a text. Its cells stand in the text row by row; a cell may hold several lines.
package struct TextTable: Hashable, Sendable {
  /// Each cell's Unicode scalars of the text, counted from 0.
  package var rows: [[Range<Int>]]
  package init(rows: [[Range<Int>]]) { self.rows = rows }
}

/// A file found inside another: an attachment, an embedded file. Its bytes travel apart.
package struct Member: Hashable, Sendable {
  package var part: PartPath
  /// As it was named, or a name made from its type; never trusted as a path.
  package var name: String
  package var digest: ContentDigest
  package var byteCount: Int

  package init(part: PartPath, name: String, digest: ContentDigest, byteCount: Int) {
    self.part = part
    self.name = name
    self.digest = digest
    self.byteCount = byteCount
  }
}
