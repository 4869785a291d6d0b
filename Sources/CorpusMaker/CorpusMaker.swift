import ArgumentParser
import Foundation

/// Makes Docket's own documents: the committed ones of `Corpus/`, or any number more. Not shipped.
@main
struct CorpusMaker: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "CorpusMaker", abstract: "Makes documents with known answers, from a seed.")

  @Option(help: "Writes `Corpus/` anew into this folder.")
  var committed: String?

  @Option(help: "Writes digital one-page documents into this folder, and what is true of them as truth.jsonl.")
  var out: String?

  @Option(help: "How many.")
  var count = 100

  @Option(help: "The same seed gives the same documents.")
  var seed: UInt64 = 1

  func run() throws {
    if let committed { try CommittedCorpus(root: URL(filePath: committed)).write() }
    guard let out else { return }
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    var random = SeededGenerator(seed: seed)
    var truths = ""
    for number in 0..<count {
      let kind = ["invoice", "invoice", "order", "credit_note"][number % 4]
      let deal = Deal(
        kind: kind, language: Language.first[number % 3], lines: random.number(1...8), random: &random)
      let layouts = Layouts(deal, style: random.number(0...59))
      let file = "\(number)-\(deal.number).pdf"
      Press.pdf(to: "\(out)/\(file)", font: layouts.font, layouts.draw)
      truths += Expected(deal).truth(file: file, issuer: (kind == "order" ? deal.buyer : deal.seller).name) + "\n"
    }
    try truths.write(toFile: "\(out)/truth.jsonl", atomically: true, encoding: .utf8)
  }
}
