import DocketTesting
import Foundation
import Testing

/// What `Docs/guide/` says is so: each page is done from top to bottom as a reader would do it.
///
/// ```` ```sh ```` blocks run, in one shell that stops at the first failure; another exit code than 0 that is meant
/// stands in the block (`|| [ $? = 3 ]`). ```` ```yaml ```` blocks begin with `# file: NAME` and are written there.
/// ```` ```console ```` blocks do not run: what would not end (`docket watch`, `docket serve`), what asks at a terminal
/// (`docket review`), what would change the machine (`systemctl`, `apt`), and other programs (`sqlite3`, `curl`). Of
/// these, as of the prose, it is looked at whether the commands and options exist.
@Suite struct GuideTests {
  static let docket = BuiltProgram("docket")
  /// The reader's documents, from the corpus: what lies in `~/post`, and one that nobody can read in `~/odd`.
  static let documents = [
    ("digital/invoice-en-0/document.pdf", "post/4711.pdf"),
    ("digital/invoice-en-24/document.pdf", "post/4712.pdf"),
    ("digital/invoice-en-27/document.pdf", "post/4713.pdf"),
    ("structured/ubl-en-0/document.xml", "post/e-invoice.xml"),
    ("hostile/encrypted/document.pdf", "odd/locked.pdf"),
  ]

  @Test("what a page tells to type runs, in its order", arguments: GuidePage.guide)
  func runs(page: GuidePage) throws {
    #expect(page.blocks.contains { $0.language == "sh" })
    for block in page.blocks {
      #expect(["sh", "yaml", "console", ""].contains(block.language), "\(page.path):\(block.line)")
      #expect(block.language != "yaml" || GuidePage.fileName(of: block) != nil, "\(page.path):\(block.line)")
    }
    let scratch = try ScratchFolder()
    for (source, name) in Self.documents {
      let target = scratch.url("home/\(name)")
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      // Models that ship learned from the corpus, so that answers about it would prove nothing; these are other files.
      let copy = try Data(contentsOf: URL(filePath: "\(BuiltProgram.root)/Corpus/\(source)")) + Data("\n".utf8)
      try copy.write(to: target)
    }
    try scratch.write(page.script, to: "page.sh")
    let ending = try BuiltProgram(at: "/bin/bash").run(
      [scratch.path("page.sh")], in: scratch.path("home"),
      environment: [
        "HOME": scratch.path("home"), "PATH": "\(BuiltProgram.folder.path):/usr/local/bin:/usr/bin:/bin",
      ])
    #expect(ending.status == 0, "\(page.path): \(ending.output.suffix(1000))\n\(ending.errors.suffix(1000))")
  }

  @Test("commands and options that the pages for users name are there")
  func named() throws {
    let paths = Set(try CommandsPageTests.commands().map(\.path))
    var screens: [[String]: BuiltProgram.Ending] = [:]
    func screen(_ words: [String]) throws -> BuiltProgram.Ending {
      if let known = screens[words] { return known }
      let screen = try Self.docket.run(["help"] + words)
      screens[words] = screen
      return screen
    }
    for page in GuidePage.guide + [GuidePage("README.md"), GuidePage("Docs/delivering.md")] {
      for words in page.mentions {
        guard let first = words.first, !first.hasPrefix("-") else { continue }
        let path = (1...words.count).map { Array(words.prefix($0)) }.last(where: paths.contains) ?? []
        #expect(!path.isEmpty, "\(page.path): there is no `docket \(first)`")
        let options = words.filter { $0.hasPrefix("--") }.map { $0.prefix { $0 != "=" } }
        if !options.isEmpty {
          let known = try screen(path).output.split { !($0.isLetter || $0 == "-") }
          for option in options {
            #expect(known.contains(option), "\(page.path): `docket \(words.joined(separator: " "))`")
          }
        }
        let topic = words.dropFirst().filter { $0 == $0.lowercased() }
        if first == "help", !topic.isEmpty {
          #expect(try screen(Array(topic)).status == 0, "\(page.path): `docket help \(topic)`")
        }
      }
    }
  }

  @Test("exit codes that a page names are there")
  func exitCodes() throws {
    let known = try Self.docket.run(["help", "exit-codes"]).lines.compactMap { $0.split(separator: " ").first }
    for page in GuidePage.guide {
      for match in page.prose.matches(of: /(?:[Ee]xit code|ends with) (\d+)/) {
        #expect(known.contains(match.1), "\(page.path): \(match.0)")
      }
    }
  }

  @Test("links lead somewhere, and the index and the README lead to the guide")
  func links() throws {
    let index = GuidePage("Docs/guide/README.md")
    for page in GuidePage.guide {
      let name = page.path.split(separator: "/").last ?? ""
      #expect(index.prose.contains("](\(name))"), "the index lacks \(name)")
    }
    for page in GuidePage.guide + [index, GuidePage("README.md"), GuidePage("Docs/delivering.md")] {
      let folder = URL(filePath: "\(BuiltProgram.root)/\(page.path)").deletingLastPathComponent()
      for match in page.prose.matches(of: /\]\(([^)#]+)\)/) where !match.1.hasPrefix("http") {
        var place = folder.appending(path: String(match.1)).standardizedFileURL.path
        if !place.hasSuffix(".md"), FileManager.default.fileExists(atPath: place + ".md") { place += ".md" }
        #expect(FileManager.default.fileExists(atPath: place), "\(page.path): \(match.1)")
      }
    }
    #expect(GuidePage("README.md").prose.contains("](Docs/guide/README.md)"))
  }
}
