package import Docket

/// What `docket help source KIND` shows of a connector; it stands in the connector's own file.
package struct ConnectorManual: Sendable {
  /// As pipelines write it: `folder`.
  package let kind: String
  package let summary: String
  package let settings: [Setting]
  /// One line of YAML that a test parses.
  package let example: String

  package struct Setting: Sendable {
    package let name: String
    package let meaning: String
    package let isRequired: Bool
    package init(_ name: String, _ meaning: String, isRequired: Bool = false) {
      self.name = name
      self.meaning = meaning
      self.isRequired = isRequired
    }
  }

  /// As `docket help source KIND` prints it.
  package var text: String {
    let width = (settings.map(\.name.count).max() ?? 0) + 2
    let lines = settings.map { setting in
      "  \(setting.name)" + String(repeating: " ", count: width - setting.name.count)
        + setting.meaning + (setting.isRequired ? " Required." : "")
    }
    return (["\(kind): \(summary)"] + lines + ["", "  \(example)"]).joined(separator: "\n")
  }

  /// Refuses settings that nobody knows, and misses those that must be there.
  func check(_ given: [String: String], of name: String) throws(DocketError) {
    let known = settings.map(\.name).joined(separator: "`, `")
    for setting in given.keys.sorted() where !settings.contains(where: { $0.name == setting }) {
      throw DocketError(
        .badConfiguration, "The \(kind) `\(name)` has a setting `\(setting)` that does not exist.",
        hint: "It takes `\(known)`.")
    }
    for setting in settings where setting.isRequired && given[setting.name, default: ""].isEmpty {
      throw DocketError(
        .badConfiguration, "The \(kind) `\(name)` lacks the setting `\(setting.name)`.", hint: "Write \(example)")
    }
  }
}

/// A source that a pipeline can name.
package protocol ConfiguredSource: Source {
  static var manual: ConnectorManual { get }
  /// - Parameter workspace: the folder that relative paths start from.
  init(_ entry: PipelineFile.SourceEntry, workspace: String) throws(DocketError)
}

/// A source that can say that it should be looked at again.
package protocol WatchedSource: Source {
  /// From now on somebody waits for changes.
  func beginWatching() async
  /// True as soon as it is worth looking again; false after so many seconds. Throws when the task is cancelled.
  func change(within seconds: Double) async throws -> Bool
}

/// A destination that a pipeline can name.
package protocol ConfiguredDestination: Destination {
  static var manual: ConnectorManual { get }
  /// - Parameter workspace: the folder that relative paths start from.
  init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError)
}

/// A path from a pipeline: absolute, or from the workspace's folder.
func place(_ path: String, in workspace: String) -> String {
  let full = path.hasPrefix("/") ? path : "\(workspace)/\(path)"
  return full.count > 1 && full.hasSuffix("/") ? String(full.dropLast()) : full
}
