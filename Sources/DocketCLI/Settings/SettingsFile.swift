import Docket
import Glibc

/// The settings that a workspace's `docket.yaml` or the user's `config.yaml` holds.
enum SettingsFile {
  /// Empty where there is no such file.
  /// - Throws: every mistake in it, together.
  static func read(_ path: String) throws -> [Setting: String] {
    guard access(path, F_OK) == 0 else { return [:] }
    let text = String(decoding: try FileBytes.start(of: path, limit: 1 << 20), as: UTF8.self)
    let loaded = WorkspaceFile.load(WrittenFile(path: path, text: text))
    guard let file = loaded.value else { throw ErrorReport(loaded.mistakes.map(\.error)) }
    return Dictionary(
      uniqueKeysWithValues: Setting.allCases.compactMap { setting in
        file.settings[setting.key].map { (setting, $0) }
      })
  }
}
