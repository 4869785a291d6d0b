import DocketTesting
import Foundation
import Testing

@Suite struct TextCommandTests {
  let docket = BuiltProgram("docket")
  let files: ScratchFolder
  init() throws { files = try ScratchFolder() }

  @Test("prints the words of a file, and the sum on standard error")
  func plain() throws {
    let path = try files.write("Hello world\n", to: "a.txt")
    let ending = try docket.run(["text", path])
    #expect(ending.status == 0)
    #expect(ending.output == "Hello world\n")
    #expect(ending.errors == "1 document: 1 ok\n")
  }

  @Test("reads standard input where - stands")
  func standardInput() throws {
    let ending = try docket.run(["text", "-"], input: "from a pipe\n")
    #expect(ending.output == "from a pipe\n")
  }

  @Test("gives one line a file in the order of the arguments, failed ones too, and ends with 3")
  func outcomes() throws {
    let good = try files.write("text", to: "good.txt")
    let empty = try files.write("", to: "empty.pdf")
    let ending = try docket.run(["text", "--json", empty, good, empty])
    struct Line: Decodable {
      let file: String
      let outcome: String
      let schema: String
    }
    let lines = try ending.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(lines.map(\.file) == [empty, good, empty])
    #expect(lines.map(\.outcome) == ["empty-file", "ok", "empty-file"])
    #expect(lines.allSatisfy { $0.schema == "docket/text/1" })
    #expect(ending.status == 3)
    #expect(ending.errors.contains("3 documents: 1 ok, 2 empty-file"))
  }

  @Test("--region reads a part of a page alone, and says what is no region")
  func regions() throws {
    let scan = "\(BuiltProgram.root)/Corpus/receipts/receipt-en-0/document.jpg"
    let whole = try docket.run(["text", scan]).output
    let part = try docket.run(["text", "--region", "1:0,0,400,60", "--languages", "eng", scan])
    #expect(part.status == 0 && part.output.count < whole.count)
    for bad in ["1", "0:1,2,3,4", "1:1,2,3", "1:1,2,3,x", "1:1,2,0,4", "1:1,2,3,4@45", "1:1,2,3,4,5", "1:nan,1,1,1"] {
      let ending = try docket.run(["text", "--region", bad, scan])
      #expect(ending.status == 64 && ending.errors.contains("is no region"), "\(bad)")
    }
  }

  @Test("--readings shows what each reader read of a scan; in the JSON too, and in no other format")
  func readings() throws {
    let scan = "\(BuiltProgram.root)/Corpus/receipts/receipt-en-0/document.jpg"
    let table = try docket.run(["text", "--readings", scan])
    #expect(table.status == 0 && table.output.hasPrefix("page 1: "))
    #expect(table.output.contains("tesseract") && table.output.contains("places"))
    let json = try docket.run(["text", "--readings", "--json", scan]).output
    #expect(json.contains("\"readings\":[{\"box\":[") && json.contains("\"read_by\":\"both\""))
    let alone = try docket.run(["text", "--readings", "--json", "--ocr", "tesseract", scan]).output
    #expect(!alone.contains("read_by") && !alone.contains("readings"))
    let text = try files.write("plain", to: "a.txt")
    #expect(try docket.run(["text", "--readings", text]).output.isEmpty)
    #expect(try docket.run(["text", "--readings", "--format", "hocr", text]).status == 64)
  }

  @Test("-o writes NAME.EXT.txt, and two files of one name do not overwrite each other")
  func folder() throws {
    let first = try files.write("one", to: "a/x.txt")
    let second = try files.write("two", to: "b/x.txt")
    let ending = try docket.run(["text", "-o", files.path("out"), first, second])
    #expect(ending.status == 0)
    #expect(ending.output.isEmpty)
    #expect(files.text("out/x.txt.txt") == "one\n")
    #expect(files.text("out/x.txt-2.txt") == "two\n")
  }

  @Test("a file that is not there ends with 65 before anything is read")
  func missing() throws {
    let good = try files.write("text", to: "good.txt")
    let ending = try docket.run(["text", good, files.path("no.pdf")])
    #expect(ending.status == 65)
    #expect(ending.output.isEmpty)
  }

  @Test("a number of workers that is none ends with 64")
  func workers() throws {
    let good = try files.write("text", to: "good.txt")
    #expect(try docket.run(["text", "--workers", "0", good]).status == 64)
  }

  @Test("--format hocr and alto write what docket reads again, text without pages set on some")
  func givenWords() throws {
    let path = try files.write("Invoice number 4711\nTotal 12,50\n", to: "a.txt")
    for (format, ending) in [("hocr", "hocr"), ("alto", "alto.xml")] {
      #expect(try docket.run(["text", "--format", format, "-o", files.path("out"), path]).status == 0)
      let again = try docket.run(["text", files.path("out/a.txt.\(ending)")])
      #expect(again.output == "Invoice number 4711\nTotal 12,50\n")
    }
  }
}
