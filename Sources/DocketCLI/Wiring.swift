import Docket
import DocketWorkers

/// Puts the parts together: what a command needs, made from the settings.
enum Wiring {
  /// The pool of worker processes, which finds out in which language a scan is where none is stated.
  ///
  /// - Parameter library: whose words tell languages; nil: the one that is here, a tenth of a second to load.
  static func reader(_ settings: Settings, library: Library? = nil) throws(DocketError) -> any DocumentReader {
    let pool = WorkerPool(try Program.reader(settings), policy: .init(workers: try settings.workers()))
    let library = library ?? (try? LibraryFolder.load(settings, workspace: Workspace.nearest()))
    return LanguageReader(pool, words: library?.words ?? []) { () throws(DocketError) in try await pool.languages }
  }

  /// What a reading becomes, by the shipped contracts and the workspace's own.
  /// - Parameters:
  ///   - library: the one that is here.
  ///   - contract: what every document is, by `name` or `name@version`; nil: found out.
  ///   - rankers: what was learned about places; nil: what is in use here.
  ///   - texts: what was learned about texts; nil: what is in use here.
  static func pipeline(
    _ settings: Settings, _ library: Library, contract: String?, rankers: Rankers? = nil,
    texts: TextModels? = nil
  ) throws -> Pipeline {
    let stated = try contract.map { try Wiring.contract($0, in: library).reference }
    guard let policy = library.policy(defaultPolicy) else {
      throw DocketError(.badConfiguration, "The policy `\(defaultPolicy)` is not there.")
    }
    let shelf = try ModelShelf(settings, workspace: Workspace.nearest())
    let contracts = library.newestContracts
    return Pipeline.shipped(
      library, accepts: contracts, policy: policy, calibration: try calibration(library),
      boundaries: try boundaries(library), stated: stated,
      rankers: try rankers ?? shelf.rankers(for: contracts),
      texts: try texts ?? shelf.texts(for: contracts, in: library))
  }

  /// - Throws: `unknown-contract`.
  static func contract(_ name: String, in library: Library) throws(DocketError) -> Contract {
    if let known = library.contract(name) { return known }
    let near = Spelling.nearest(to: name, in: library.contracts.map(\.name))
    throw DocketError(.unknownContract, "There is no contract `\(name)`.", hint: near.map { "Did you mean `\($0)`?" })
  }

  /// The shipped card; without one nothing is taken apart.
  static func boundaries(_ library: Library) throws(DocketError) -> BoundaryModel {
    guard let card = library.cards["page-boundaries"] else { return .none }
    return try BoundaryModel(card: String(decoding: card, as: UTF8.self))
  }

  /// Where no pipeline says another.
  static let defaultPolicy = "careful"

  /// The shipped card, or the cautious one where none ships.
  static func calibration(_ library: Library) throws(DocketError) -> Calibration {
    guard let card = library.cards["calibration"] else { return .none }
    return try Calibration(card: String(decoding: card, as: UTF8.self))
  }
}
