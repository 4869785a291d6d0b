package import Docket

/// Every connector there is. A connector is one file in this folder and one line here.
package enum Connectors {
  /// Add yours here.
  package static let sources: [any ConfiguredSource.Type] = [
    FolderSource.self
  ]

  /// Add yours here.
  package static let destinations: [any ConfiguredDestination.Type] = [
    CSVDestination.self,
    CommandDestination.self,
    FolderDestination.self,
    JSONLDestination.self,
    SQLiteDestination.self,
    WebhookDestination.self,
  ]

  /// - Parameter workspace: the folder that relative paths start from.
  package static func source(
    _ entry: PipelineFile.SourceEntry, workspace: String
  ) throws(DocketError) -> any ConfiguredSource {
    guard let kind = sources.first(where: { $0.manual.kind == entry.kind }) else {
      throw unknown("source", entry.name, entry.kind, sources.map { $0.manual.kind })
    }
    try kind.manual.check(entry.settings, of: entry.name)
    return try kind.init(entry, workspace: workspace)
  }

  /// - Parameter workspace: the folder that relative paths start from.
  package static func destination(
    _ entry: PipelineFile.DestinationEntry, workspace: String
  ) throws(DocketError) -> any ConfiguredDestination {
    guard let kind = destinations.first(where: { $0.manual.kind == entry.kind }) else {
      throw unknown("destination", entry.name, entry.kind, destinations.map { $0.manual.kind })
    }
    let lists = entry.lists.mapValues { $0.joined(separator: " ") }
    try kind.manual.check(entry.settings.merging(lists) { own, _ in own }, of: entry.name)
    return try kind.init(entry, workspace: workspace)
  }

  private static func unknown(_ door: String, _ name: String, _ kind: String, _ known: [String]) -> DocketError {
    DocketError(
      .badConfiguration, "The \(door) `\(name)` is of the kind `\(kind)`, which this version cannot open.",
      hint: "Kinds it can: `\(known.joined(separator: "`, `"))`.")
  }
}
