/// A document's words as hOCR, what most programs for scans take in: https://kba.github.io/hocr-spec/1.2.
///
/// Boxes are whole pixels; pages measured in points are given as if they had been scanned at 300 dpi.
package enum HOCRPage {
  private static let resolution: Float = 300

  package static func document(_ pages: [PageReading], name: String) -> String {
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
      <html xmlns="http://www.w3.org/1999/xhtml">
       <head>
        <title>\(name.escapedForXML)</title>
        <meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
        <meta name="ocr-system" content="docket"/>
        <meta name="ocr-capabilities" content="ocr_page ocr_line ocrx_word"/>
       </head>
       <body>

      """
    for page in pages { out += text(of: page) }
    return out + " </body>\n</html>\n"
  }

  private static func text(of page: PageReading) -> String {
    let scale = page.unit == .point ? resolution / 72 : 1
    func box(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) -> String {
      "bbox " + [x0, y0, x1, y1].map { String(max(0, Int(($0 * scale).rounded()))) }.joined(separator: " ")
    }
    let scanned = page.unit == .point ? "; scan_res 300 300" : ""
    var out =
      "  <div class=\"ocr_page\" id=\"page_\(page.number)\" title=\"\(box(0, 0, page.width, page.height)); "
      + "ppageno \(page.number - 1)\(scanned)\">\n"
    for (index, line) in page.lines.enumerated() {
      let bounds = box(
        line.map(\.x).min() ?? 0, line.map(\.y).min() ?? 0, line.map(\.right).max() ?? 0, line.map(\.bottom).max() ?? 0)
      out += "   <span class=\"ocr_line\" id=\"line_\(page.number)_\(index + 1)\" title=\"\(bounds)\">"
      out += line.enumerated().map { place, word in
        let title =
          "\(box(word.x, word.y, word.right, word.bottom)); x_wconf \(Int((word.confidence * 100).rounded()))"
        let id = "word_\(page.number)_\(index + 1)_\(place + 1)"
        return "<span class=\"ocrx_word\" id=\"\(id)\" title=\"\(title)\">\(word.text.escapedForXML)</span>"
      }.joined(separator: " ")
      out += "</span>\n"
    }
    return out + "  </div>\n"
  }
}

extension PageReading {
  /// Words in the reader's own lines, in reading order.
  var lines: [[Word]] {
    var lines: [[Word]] = []
    var last: Int32?
    for word in words {
      if word.line == last { lines[lines.count - 1].append(word) } else { lines.append([word]) }
      last = word.line
    }
    return lines
  }
}

extension String {
  /// For texts and attributes of XML 1.0, which has no word for most control characters.
  var escapedForXML: String {
    var out = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\t", "\n", "\r": out += " "
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
