import Docket

/// The settings that a workspace's `docket.yaml` or the user's `config.yaml` holds.
enum SettingsFile {
  /// Empty where there is no such file.
  static func read(_ path: String) throws(DocketError) -> [Setting: String] {
    [:]
  }
}
