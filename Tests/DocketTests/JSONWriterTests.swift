import Docket
import Foundation
import Testing

@Suite struct JSONWriterTests {
  @Test("writes what JSON's own reader gives back, whatever the text")
  func roundTrip() throws {
    let texts = ["plain", "a\"b\\c", "line\nend\ttab\r", "\u{0}\u{1F}\u{7F}", "Ünïcödé 🧾 \u{2028}"]
    var json = JSONWriter()
    json.array { json in for text in texts { json.string(text) } }
    #expect(try JSONDecoder().decode([String].self, from: Data(json.bytes)) == texts)
  }

  @Test(
    "rounds numbers to the digits asked for and leaves out zeros at the end",
    arguments: [(402.104, "402.1"), (-0.004, "-0"), (1, "1"), (0.125, "0.13"), (Double.nan, "null"), (12.0, "12")])
  func numbers(value: Double, text: String) {
    var json = JSONWriter()
    json.number(value, digits: 2)
    #expect(json.text == text || (json.text == "0" && text == "-0"))
  }

  @Test("puts commas between members and elements, and nowhere else")
  func commas() {
    var json = JSONWriter()
    json.object { json in
      json.member("a", 1)
      json.memberArray("b") { json in
        json.object { json in json.member("c", nil as String?) }
        json.array { _ in }
      }
      json.member("d", true)
    }
    #expect(json.text == #"{"a":1,"b":[{"c":null},[]],"d":true}"#)
  }
}
