/// `docket/text/1`: one document's words as one line of JSON, which `docket extract` takes as input too.
package struct TextLine: Sendable {
  /// As the user named it.
  package var file: String
  /// Nil where the bytes could not be read.
  package var digest: ContentDigest?
  package var mediaType: String?
  /// `ok` or an error code.
  package var outcome: String
  /// Nil where nothing was read.
  package var content: Reading.Content?
  /// Kept when the content is let go.
  package var pageCount: Int?
  package var characters: Int?
  /// Of the worker and of the wall clock, in seconds.
  package var cpuSeconds: Double?
  package var seconds: Double?

  /// Lets the words go and keeps their counts.
  package mutating func forgetContent() {
    if case .pages(let pages) = content { pageCount = pages.count }
    characters = content.map { Reading(mediaType: "", content: $0).characterCount }
    content = nil
  }

  package init(
    file: String, digest: ContentDigest?, mediaType: String? = nil, outcome: String = "ok",
    content: Reading.Content? = nil, cpuSeconds: Double? = nil, seconds: Double? = nil
  ) {
    self.file = file
    self.digest = digest
    self.mediaType = mediaType
    self.outcome = outcome
    self.content = content
    self.cpuSeconds = cpuSeconds
    self.seconds = seconds
  }

  /// Without a line end.
  package var json: String {
    var counted = self
    counted.forgetContent()
    var json = JSONWriter()
    json.object { json in
      counted.opening(&json)
      json.memberArray("pages") { json in
        if case .pages(let pages) = content { for page in pages { TextLine.write(page, to: &json) } }
      }
      if case .text(let text) = content {
        json.member("text", text.text)
        json.memberArray("headers") { json in
          for header in text.headers {
            json.object { json in
              json.member("name", header.name)
              json.member("value", header.value)
            }
          }
        }
      }
      if case .text(let text) = content, !text.tables.isEmpty {
        json.memberArray("tables") { json in
          for rows in text.cells { TextLine.write(rows, named: "", to: &json) }
        }
      }
      if case .table(let table) = content {
        json.member("text", table.text)
        json.memberArray("sheets") { json in
          for sheet in table.sheets { TextLine.write(sheet.rows, named: sheet.name, to: &json) }
        }
      }
      if case .tree(let root) = content { json.member("text", TextLine.texts(of: root).joined(separator: "\n")) }
    }
    return json.text
  }

  /// What became of the document, without its words.
  /// - Parameter written: the file that holds them.
  package func outcomeJSON(written: String?) -> String {
    var json = JSONWriter()
    json.object { json in
      opening(&json)
      json.member("written", written)
    }
    return json.text
  }

  private func opening(_ json: inout JSONWriter) {
    json.member("schema", "docket/text/1")
    json.member("file", file)
    json.member("sha256", digest?.hex)
    json.member("outcome", outcome)
    json.member("media_type", mediaType)
    if let characters {
      if let pageCount { json.member("page_count", pageCount) }
      json.member("characters", characters)
    }
    if let seconds {
      json.memberObject("timing") { json in
        json.member("read_ms", seconds * 1000, digits: 1)
        json.member("read_cpu_ms", cpuSeconds.map { $0 * 1000 }, digits: 1)
      }
    }
  }

  private static func write(_ page: PageReading, to json: inout JSONWriter) {
    json.object { json in
      json.member("page", page.number)
      json.member("width", Double(page.width), digits: 2)
      json.member("height", Double(page.height), digits: 2)
      json.member("unit", page.unit == .point ? "pt" : "px")
      json.member("rotation", page.rotation)
      json.member("from", page.source.word)
      json.member("quality", page.quality)
      json.memberArray("words") { json in
        for word in page.words {
          json.object { json in
            json.member("text", word.text)
            json.memberArray("box") { json in
              for side in [word.x, word.y, word.width, word.height] { json.number(Double(side), digits: 2) }
            }
            json.member("confidence", Double(word.confidence), digits: 3)
            json.member("line", Int(word.line))
            if let reader = word.reader { json.member("read_by", reader.word) }
            if !word.variants.isEmpty { write(word.variants, to: &json) }
          }
        }
      }
      if !page.notes.isEmpty {
        json.memberArray("notes") { json in for note in page.notes { write(note, to: &json) } }
      }
      if !page.comparisons.isEmpty {
        json.memberArray("readings") { json in for place in page.comparisons { write(place, to: &json) } }
      }
    }
  }

  private static func write(_ variants: [WordVariant], to json: inout JSONWriter) {
    json.memberArray("or") { json in
      for variant in variants {
        json.object { json in
          json.member("text", variant.text)
          json.member("confidence", Double(variant.probability), digits: 3)
        }
      }
    }
  }

  private static func write(_ note: PageNote, to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", note.kind.word)
      json.member("text", note.text)
      json.memberArray("box") { json in
        for side in [note.x, note.y, note.width, note.height] { json.number(Double(side), digits: 2) }
      }
    }
  }

  private static func write(_ place: ReadingComparison, to json: inout JSONWriter) {
    json.object { json in
      json.memberArray("box") { json in
        for side in [place.x, place.y, place.width, place.height] { json.number(Double(side), digits: 2) }
      }
      for (name, text) in [("tesseract", place.tesseract), ("lines", place.lines)] {
        guard let text else { continue }
        json.memberObject(name) { json in
          json.member("text", text.text)
          json.member("score", Double(text.score), digits: 4)
          json.member("segment", Double(text.segmentScore), digits: 4)
        }
      }
      json.member("chosen", place.chosen?.word)
      json.member("confidence", Double(place.confidence), digits: 3)
    }
  }

  private static func write(_ rows: [[String]], named name: String, to json: inout JSONWriter) {
    json.object { json in
      if !name.isEmpty { json.member("name", name) }
      json.memberArray("rows") { json in
        for row in rows { json.array { json in for cell in row { json.string(cell) } } }
      }
    }
  }

  private static func texts(of node: TreeNode) -> [String] {
    (node.text.isEmpty ? [] : [node.text]) + node.children.flatMap(texts)
  }
}

extension PageReading.Source {
  /// As `docket/text/1` says where a page's words are from.
  package var word: String {
    switch self {
    case .layer: "layer"
    case .ocr: "ocr"
    case .ocrOverBadLayer: "ocr-over-bad-layer"
    case .given: "given"
    case .blank: "blank"
    }
  }
}
