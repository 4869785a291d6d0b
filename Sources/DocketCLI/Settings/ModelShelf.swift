import Docket
import Glibc

/// Models as folders, each with `card.json` and `weights`: those that ship, `Models/<contract>/<number>`, and a
/// workspace's own, `models/<contract>/<number>`; and which of them is in use.
struct ModelShelf {
  let share: String
  let workspace: String?

  init(_ settings: Settings, workspace: String?) throws(DocketError) {
    share = try Program.share(settings)
    self.workspace = workspace
  }

  /// Which model a contract's documents are understood with.
  enum Use: Hashable {
    case none
    case shipped(Int)
    case own(Int)

    /// As the file `in-use` and the command line say it.
    var text: String {
      switch self {
      case .none: "none"
      case .shipped(let number): "shipped \(number)"
      case .own(let number): "\(number)"
      }
    }

    init?(_ text: String) {
      let words = text.split(separator: " ")
      if text == "none" {
        self = .none
      } else if let number = Int(text), number > 0 {
        self = .own(number)
      } else if words.count == 2, words[0] == "shipped", let number = Int(words[1]) {
        self = .shipped(number)
      } else {
        return nil
      }
    }
  }

  func folder(_ use: Use, of contract: String) -> String? {
    switch use {
    case .none: nil
    case .shipped(let number): "\(share)/Models/\(contract)/\(number)"
    case .own(let number): workspace.map { "\($0)/models/\(contract)/\(number)" }
    }
  }

  // What is there

  func own(_ contract: String) -> [Int] { workspace.map { numbers("\($0)/models/\(contract)") } ?? [] }
  func shipped(_ contract: String) -> [Int] { numbers("\(share)/Models/\(contract)") }

  private func numbers(_ folder: String) -> [Int] {
    FileBytes.names(in: folder).compactMap { Int($0) }.filter { FileBytes.exists("\(folder)/\($0)/weights") }.sorted()
  }

  /// Since the beginning, the last one in force; without any the newest that ships is in use.
  func history(_ contract: String) throws(DocketError) -> [Use] {
    let first: [Use] = [shipped(contract).last.map { .shipped($0) } ?? .none]
    guard let file = inUseFile(contract), FileBytes.exists(file) else { return first }
    let lines = String(decoding: try FileBytes.start(of: file, limit: 1 << 20), as: UTF8.self).split(separator: "\n")
    return first + lines.compactMap { Use(String($0)) }
  }

  func inUse(_ contract: String) throws(DocketError) -> Use { try history(contract).last ?? .none }

  private func inUseFile(_ contract: String) -> String? { workspace.map { "\($0)/models/\(contract)/in-use" } }

  // Changes

  func use(_ use: Use, for contract: String) throws(DocketError) {
    guard let file = inUseFile(contract), let workspace else {
      throw DocketError(.noWorkspace, "Only a workspace says which model is in use.")
    }
    let lines = try history(contract).dropFirst().map(\.text) + [use.text]
    try FileBytes.makeFolders("\(workspace)/models/\(contract)")
    try FileBytes.replace(file, with: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Writes a model that was not there before.
  static func save(card: String, weights: [UInt8], in folder: String) throws(DocketError) {
    guard !FileBytes.exists("\(folder)/card.json") else {
      throw DocketError(.badInput, "`\(PlainText.oneLine(folder))` holds a model; a model is never changed.")
    }
    try FileBytes.makeFolders(folder)
    try FileBytes.replace("\(folder)/weights", with: weights)
    try FileBytes.replace("\(folder)/card.json", with: Array(card.utf8))
  }

  // Loading

  static func card(in folder: String) throws(DocketError) -> ModelCard {
    try ModelCard(json: try text("\(folder)/card.json"))
  }

  static func ranker(in folder: String, for contract: Contract) throws(DocketError) -> Ranker {
    let card = try text("\(folder)/card.json")
    guard FileBytes.exists("\(folder)/weights") else { throw missing(folder) }
    let weights = try FileBytes.start(of: "\(folder)/weights", limit: RankerFile.longest + 1)
    return try Ranker(card: card, weights: weights, contract: contract)
  }

  private static func text(_ path: String) throws(DocketError) -> String {
    guard FileBytes.exists(path) else { throw missing(Program.parent(of: path)) }
    return String(decoding: try FileBytes.start(of: path, limit: 4_000_000), as: UTF8.self)
  }

  private static func missing(_ folder: String) -> DocketError {
    DocketError(.modelDamaged, "The folder `\(PlainText.oneLine(folder))` does not hold a model's card and weights.")
  }

  /// Those in use for some contracts, and what is remembered. What cannot be used is told with every document that
  /// would have needed it.
  func rankers(for contracts: [Contract]) throws(DocketError) -> Rankers {
    var rankers = Rankers.none
    if let workspace { (rankers.memory, rankers.memoryTrouble) = try MemoryShelf(workspace: workspace).used() }
    for contract in contracts {
      guard let folder = folder(try inUse(contract.name), of: contract.name) else { continue }
      do throws(DocketError) {
        rankers.rankers.append(try ModelShelf.ranker(in: folder, for: contract))
      } catch {
        rankers.troubles[contract.reference] = Finding(
          error.code.id, .warning, "\(error.sentence) What was learned is not used.")
      }
    }
    return rankers
  }
}

extension FileBytes {
  /// A folder and those above it.
  static func makeFolders(_ path: String) throws(DocketError) {
    if exists(path) { return }
    let parent = Program.parent(of: path)
    if parent != path, parent != "." { try makeFolders(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("make", path) }
  }
}
