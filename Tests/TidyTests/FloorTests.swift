import Testing

/// The floors of the house: who may import whom.
@Suite struct FloorTests {
  /// What each module of ours may import of ours and of C.
  static let allowed: [String: Set<String>] = [
    "Docket": ["CNettle", "Yams"],
    "DocketWorkers": ["Docket", "CPlatform"],
    "DocketParsers": [
      "Docket", "CPoppler", "CTesseract", "CLeptonica", "CGMime", "CArchive", "CMagic", "CXML", "CHeif", "CLineKernel",
    ],
    "DocketConnectors": ["Docket", "CPlatform", "CSQLite", "CCurl"],
    "DocketStore": ["Docket", "GRDB"],
    "DocketCLI": ["Docket", "DocketWorkers", "DocketConnectors", "DocketStore", "ArgumentParser", "Logging"],
    "DocketReader": ["Docket", "DocketWorkers", "DocketParsers", "CSandbox"],
    "DocketTesting": ["Docket"],
    "CorpusMaker": ["CPango", "CLeptonica", "ArgumentParser"],
  ]
  /// The toolchain's modules; floor 1 has only those that touch nothing.
  static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization", "Testing", "Observation",
  ]
  static let pure: Set<String> = ["FoundationEssentials", "Synchronization"]

  @Test("no module imports across or upwards")
  func imports() {
    for file in SourceTree.swiftFiles("Sources") {
      for line in file.lines {
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else { continue }
        let module = String(words.last!.split(separator: ".").first!)
        let known = FloorTests.allowed[file.module, default: []]
        let free = file.module == "Docket" ? FloorTests.pure : FloorTests.system
        #expect(known.contains(module) || free.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test("the domain touches no file, process, socket, clock or randomness")
  func purity() {
    let forbidden = [
      "FileManager", "ProcessInfo", "URLSession", "Date()", "Clock.now", ".random(", "SystemRandomNumberGenerator",
      "fopen(", "getenv(", "Task.sleep", "UUID()",
    ]
    for file in SourceTree.swiftFiles("Sources/Docket") {
      for (number, line) in file.lines.enumerated() {
        for word in forbidden where code(of: line).contains(word) {
          Issue.record("\(file):\(number + 1) uses \(word)")
        }
      }
    }
    #expect(!SourceTree.swiftFiles("Sources/Docket").isEmpty)
  }
}
