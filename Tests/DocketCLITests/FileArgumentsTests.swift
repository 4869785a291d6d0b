import DocketTesting
import Glibc
import Testing

@testable import DocketCLI

@Suite struct FileArgumentsTests {
  let files: ScratchFolder
  init() throws { files = try ScratchFolder() }

  @Test("a folder gives the files below it, sorted, without hidden ones")
  func folder() throws {
    for name in ["b.pdf", "a/x.eml", ".hidden", "a/.git/config"] { try files.write("x", to: "in/\(name)") }
    let found = try FileArguments.expand([files.path("in/")], scratch: try ScratchSpace())
    #expect(found.map(\.shown) == [files.path("in/a/x.eml"), files.path("in/b.pdf")])
    #expect(found.map(\.name) == ["x.eml", "b.pdf"])
  }

  @Test("a file in a folder whose name is no UTF-8 is read like any other")
  func bytes() throws {
    try files.write("x", to: "in/a.txt")
    let place = Array(files.path("in/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    let file = creat(place, 0o644)
    #expect(file >= 0 && write(file, "xyz", 3) == 3)
    close(file)
    let found = try FileArguments.expand([files.path("in")], scratch: try ScratchSpace())
    #expect(found.map(\.name) == ["a.txt", "caf\u{FFFD}"])
    #expect(try FileBytes.start(of: found[1].path, limit: 10) == Array("xyz".utf8))
  }

  @Test("names every argument that is not there, together")
  func missing() throws {
    let report = #expect(throws: ErrorReport.self) {
      try FileArguments.expand([files.path("no"), files.path("neither")], scratch: try ScratchSpace())
    }
    #expect(report?.errors.count == 2)
    #expect(report?.exitCode == .badInput)
  }

  @Test("a file of given words is one input a line; one object over several lines is one input")
  func givenWords() throws {
    let line = #"{"schema": "docket/text/1", "file": "a.jpg", "pages": []}"#
    let lines = try files.write("\(line)\n\(line)\n\n", to: "lines.jsonl")
    let pretty = try files.write("{\n\"schema\": \"docket/text/1\",\n\"pages\": []\n}\n", to: "one.json")
    let other = try files.write("{\"a\": 1}", to: "other.json")
    #expect(try GivenWords.slices(of: lines)?.count == 2)
    #expect(try GivenWords.slices(of: pretty)?.count == 1)
    #expect(try GivenWords.slices(of: other) == nil)
  }

  @Test("control characters of names never reach a terminal")
  func names() {
    #expect(PlainText.oneLine("a\u{1B}[31mb\nc\u{202E}d") == "a\u{FFFD}[31mb c\u{FFFD}d")
  }
}

@Suite struct OrderedWorkTests {
  @Test("hands results on in the order of the inputs, however long each takes")
  func order() async throws {
    var got: [Int] = []
    let count = try await OrderedWork.run(Array(0..<200), width: 7, stop: StopRequest()) { number in
      for _ in 0..<(number * 7919 % 13) { await Task.yield() }
      return number
    } emit: { input, output in
      #expect(input == output)
      got.append(output)
    }
    #expect(count == 200)
    #expect(got == Array(0..<200))
  }

  @Test("begins nothing new once it was asked to stop, and hands on what was in hand")
  func stops() async throws {
    let stop = StopRequest()
    var got: [Int] = []
    try await OrderedWork.run(Array(0..<200), width: 4, stop: stop) {
      $0
    } emit: { _, output in
      got.append(output)
      if output == 3 { stop.request() }
    }
    #expect(got == Array(0..<got.count))
    #expect(got.count >= 4)
    #expect(got.count < 200)
  }
}
