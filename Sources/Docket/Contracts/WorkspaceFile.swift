/// Reads a workspace's `docket.yaml`, or a user's `config.yaml` of the same form: settings that flags and the
/// environment may override.
package struct WorkspaceFile: Hashable, Sendable {
  /// As written, by key; a list of words is joined by `+`.
  package var settings: [String: String]
  /// Who may answer for what: people by role.
  package var roles: [String: [String]]

  private enum Key: String, YAMLKey {
    case format, workers, languages, ocr, psm, color, share, logLevel = "log_level", queue, roles
    case diskReserve = "disk_reserve"
  }

  package static func load(_ file: WrittenFile) -> Loaded<WorkspaceFile> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a workspace's settings") else { return nil }
      map.required(.format)?.format(.workspace)
      var settings: [String: String] = [:]
      for key in map.present where key != .format && key != .roles {
        settings[key.rawValue] = map[key]?.texts("a value").joined(separator: "+")
      }
      var roles: [String: [String]] = [:]
      for (_, role, people) in map[.roles]?.entries("people by role") ?? [] { roles[role] = people.texts("a person") }
      return WorkspaceFile(settings: settings, roles: roles)
    }
  }
}
