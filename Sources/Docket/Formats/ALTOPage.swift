/// A document's words as ALTO 4, the form of libraries and archives: http://www.loc.gov/standards/alto.
///
/// Boxes are pixels, or 1/1200 inch where every page is measured in points.
package enum ALTOPage {
  package static func document(_ pages: [PageReading], name: String) -> String {
    let isFine = !pages.isEmpty && pages.allSatisfy { $0.unit == .point }
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-2.xsd">
        <Description>
          <MeasurementUnit>\(isFine ? "inch1200" : "pixel")</MeasurementUnit>
          <sourceImageInformation><fileName>\(name.escapedForXML)</fileName></sourceImageInformation>
        </Description>
        <Layout>

      """
    for page in pages { out += text(of: page, scale: isFine ? 1200 / 72 : page.unit == .point ? 300 / 72 : 1) }
    return out + "  </Layout>\n</alto>\n"
  }

  private static func text(of page: PageReading, scale: Float) -> String {
    func place(_ x: Float, _ y: Float, _ width: Float, _ height: Float) -> String {
      zip(["HPOS", "VPOS", "WIDTH", "HEIGHT"], [x, y, width, height])
        .map { "\($0)=\"\(hundredths($1 * scale))\"" }.joined(separator: " ")
    }
    let (number, width, height) = (page.number, page.width, page.height)
    var out =
      "    <Page ID=\"page_\(number)\" PHYSICAL_IMG_NR=\"\(number)\" WIDTH=\"\(hundredths(width * scale))\" "
      + "HEIGHT=\"\(hundredths(height * scale))\">\n      <PrintSpace \(place(0, 0, width, height))>\n"
    let lines = page.lines
    if !lines.isEmpty { out += "        <TextBlock ID=\"block_\(number)\" \(place(0, 0, width, height))>\n" }
    for (index, line) in lines.enumerated() {
      let (x, y) = (line.map(\.x).min() ?? 0, line.map(\.y).min() ?? 0)
      let bounds = place(x, y, (line.map(\.right).max() ?? x) - x, (line.map(\.bottom).max() ?? y) - y)
      out += "          <TextLine ID=\"line_\(number)_\(index + 1)\" \(bounds)>"
      out += line.enumerated().map { spot, word in
        "<String ID=\"word_\(number)_\(index + 1)_\(spot + 1)\" "
          + "\(place(word.x, word.y, word.width, word.height)) WC=\"\(hundredths(word.confidence))\" "
          + "CONTENT=\"\(word.text.escapedForXML)\"/>"
      }.joined(separator: "<SP/>")
      out += "</TextLine>\n"
    }
    if !lines.isEmpty { out += "        </TextBlock>\n" }
    return out + "      </PrintSpace>\n    </Page>\n"
  }

  /// `12.5`, `7`: as short as it goes.
  private static func hundredths(_ value: Float) -> String {
    let count = Int((Double(value) * 100).rounded())
    let (whole, rest) = (abs(count) / 100, abs(count) % 100)
    let sign = count < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
