import Docket
import Testing

@testable import DocketParsers

@Suite struct HTMLParserTests {
  private func cells(_ html: String) -> [[[String]]] { HTMLText.read(html).cells }

  @Test("a table's cells are told apart, with lines in them and columns that others take")
  func table() {
    let html = """
      <table><tr><th>Item</th><th>Qty</th><th colspan=2>Price</th></tr>
      <tr><td rowspan="2"><p>Desk</p><p>oak</p></td><td>2</td><td>EUR</td><td>10.00</td></tr>
      <tr><td>3</td><td></td><td>&euro;&nbsp;11.00<br></td></tr></table>
      """
    #expect(
      cells(html) == [
        [["Item", "Qty", "Price", ""], ["Desk\noak", "2", "EUR", "10.00"], ["", "3", "", "€ 11.00"]]
      ])
    #expect(HTMLText.read(html).text == "Item\tQty\tPrice\nDesk\noak\t2\tEUR\t10.00\n\t3\t\t€ 11.00\n")
  }

  @Test("a table around others is layout, and what is in it stands in order")
  func nested() {
    let html = """
      <table><tr><td>Shop</td><td><table><tr><td>No.</td><td>7</td></tr></table></td></tr></table><p>Thanks
      """
    #expect(cells(html) == [[["No.", "7"]]])
    #expect(HTMLText.read(html).text == "Shop\nNo.\t7\n\nThanks\n")
  }

  @Test("what is not shown is not read")
  func hidden() {
    let html = """
      <style>p { color: red }</style><div style="display: none">pre<div>view</div></div><p hidden>old</p>
      <span style='FONT-SIZE:0px'>tiny</span><!-- note --><script>if (a < b) alert("x")</script><p>Shown</p>
      <table><tr><td>a</td><td style="display:none">secret</td><td>b</td></tr></table>
      """
    let text = HTMLText.read(html).text
    #expect(text == "Shown\n\na\t\tb\n")
  }

  @Test("a hidden element that never ends does not take the rest with it")
  func unended() {
    #expect(HTMLText.read("<div style=display:none><p>All of the mail").text == "All of the mail\n")
  }

  @Test("links stand at the end, once")
  func links() {
    let html = """
      <a href="https://example.org/a?b=1&amp;c=2">Pay</a> or <a href='https://example.org/a?b=1&amp;c=2'>pay</a>
      <a href="javascript:alert(1)">x</a>
      """
    #expect(HTMLText.read(html).text == "Pay or pay x\n\n<https://example.org/a?b=1&c=2>\n")
  }

  @Test("the coding that the page names is used")
  func coding() throws {
    let head = Array("<html><head><meta charset=\"iso-8859-15\"></head><body>".utf8)
    let (_, summary) = try read(head + [0xA4, 0x20, 0xE9])
    #expect(text(of: summary).text == "€ é\n")
  }

  @Test("cells lie one behind the other however a table is broken")
  func broken() {
    let pieces = ["<table>", "<tr>", "<td rowspan=3 colspan=2>", "<td>", "</td>", "</table>", "x", "<br>", " ", "<p>"]
    var random = Lehmer(state: 7)
    for _ in 0..<400 {
      let html = (0..<30).map { _ in pieces[random.next(pieces.count)] }.joined()
      let reading = HTMLText.read(html)
      let count = reading.text.unicodeScalars.count
      var last = 0
      for cell in reading.tables.flatMap(\.rows).joined() {
        #expect(cell.lowerBound >= last && cell.upperBound <= count, "\(html)")
        last = cell.upperBound
      }
    }
  }
}

/// The same numbers each time.
struct Lehmer {
  var state: Int
  mutating func next(_ below: Int) -> Int {
    state = state * 48_271 % 2_147_483_647
    return state % below
  }
}
