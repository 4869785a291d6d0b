import Docket
import Glibc

/// The closed list of what can be set by flag, environment, workspace file or user file.
enum Setting: String, CaseIterable, Sendable {
  case workers, languages, ocr, psm, color, share, queue
  case diskReserve = "disk-reserve"
  case logLevel = "log-level"

  /// `DOCKET_LOG_LEVEL`.
  var variable: String {
    "DOCKET_" + rawValue.uppercased().split(separator: "-").joined(separator: "_")
  }

  /// As the workspace's and the user's file write it: `log_level`.
  var key: String { rawValue.split(separator: "-").joined(separator: "_") }

  var builtIn: String {
    switch self {
    case .workers: "auto"
    case .languages: LanguageReader.automatic
    case .ocr: ReadingMode.best.rawValue
    case .psm: "6"
    case .color: "auto"
    case .share: "auto"
    case .logLevel: "warning"
    case .queue: "1000"
    case .diskReserve: "200"
    }
  }

  var meaning: String {
    switch self {
    case .workers: "How many documents are read at once; auto: one a processor."
    case .languages: "Languages of scans, by Tesseract's names, joined by +; auto: found out among those installed."
    case .ocr:
      "Who reads scans: best (two readers), fast (Docket's own, Tesseract where that is unsure) or tesseract (alone)."
    case .psm: "Tesseract's page segmentation mode for scans, 1 to 13."
    case .color: "Colors: auto, always or never."
    case .share: "The folder with contracts, models and policies; auto: beside the program."
    case .logLevel: "What is logged to standard error."
    case .queue: "How many documents may wait; while more do, nothing is taken in."
    case .diskReserve: "Megabytes that stay free on the workspace's disk; with less, nothing is taken in."
    }
  }
}

/// The disk that a folder is on.
enum Disk {
  /// In bytes, for this user; nil where it cannot be asked.
  static func free(_ folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}

/// The value of each setting, and where it came from.
struct Settings: Sendable {
  struct Value: Hashable, Sendable {
    var text: String
    var origin: Origin
  }

  enum Origin: Hashable, Sendable, CustomStringConvertible {
    case flag
    case environment(String)
    case file(String)
    case builtIn

    var description: String {
      switch self {
      case .flag: "flag"
      case .environment(let name): "environment \(name)"
      case .file(let path): path
      case .builtIn: "built in"
      }
    }
  }

  private var values: [Setting: Value] = [:]

  /// Flag, then environment, then the workspace's file, then the user's, then what is built in.
  /// - Parameter workspace: its folder, where there is one.
  init(flags: [Setting: String], workspace: String?) throws {
    let files = [workspace.map { "\($0)/docket.yaml" }, Settings.userFile].compactMap { $0 }
    var layers: [(path: String, values: [Setting: String])] = []
    for path in files { layers.append((path, try SettingsFile.read(path))) }
    for setting in Setting.allCases {
      if let text = flags[setting] {
        values[setting] = Value(text: text, origin: .flag)
      } else if let text = Environment[setting.variable] {
        values[setting] = Value(text: text, origin: .environment(setting.variable))
      } else if let layer = layers.first(where: { $0.values[setting] != nil }), let text = layer.values[setting] {
        values[setting] = Value(text: text, origin: .file(layer.path))
      } else {
        values[setting] = Value(text: setting.builtIn, origin: .builtIn)
      }
    }
  }

  subscript(setting: Setting) -> Value { values[setting] ?? Value(text: setting.builtIn, origin: .builtIn) }

  /// `$XDG_CONFIG_HOME/docket/config.yaml`, or the same under `~/.config`.
  static var userFile: String? {
    if let folder = Environment["XDG_CONFIG_HOME"] { return "\(folder)/docket/config.yaml" }
    return Environment["HOME"].map { "\($0)/.config/docket/config.yaml" }
  }

  /// A number in a range, nil for `auto`.
  private func number(_ setting: Setting, in range: ClosedRange<Int>) throws(DocketError) -> Int? {
    let value = self[setting]
    if value.text == "auto" { return nil }
    guard let number = Int(value.text), range.contains(number) else {
      throw DocketError(
        value.origin == .flag ? .usage : .badConfiguration,
        "The setting `\(setting.rawValue)` (\(value.origin)) is not a number from \(range.lowerBound) to \(range.upperBound).",
        hint: setting.meaning)
    }
    return number
  }

  /// How many documents are read at once.
  func workers() throws(DocketError) -> Int {
    try number(.workers, in: 1...256) ?? Program.processorCount
  }

  /// When nothing more is taken in.
  /// - Parameter workspace: its store's disk must have room.
  func room(_ workspace: String) throws(DocketError) -> IntakeRoom {
    IntakeRoom(
      mostQueued: try number(.queue, in: 1...1_000_000) ?? 1000,
      leastFreeBytes: (try number(.diskReserve, in: 0...10_000_000) ?? 200) << 20,
      freeBytes: { Disk.free("\(workspace)/.docket") })
  }

  /// Tesseract's names.
  func languages() -> [String] {
    self[.languages].text.split(whereSeparator: { "+, []".contains($0) }).map(String.init)
  }

  /// How documents are read; a pipeline's limits come from its file.
  func reading(limits: ReadLimits = .init()) throws(DocketError) -> ReadSettings {
    var reading = ReadSettings(languages: languages(), limits: limits)
    let ocr = self[.ocr]
    guard let mode = ReadingMode(rawValue: ocr.text) else {
      throw DocketError(
        ocr.origin == .flag ? .usage : .badConfiguration,
        "The setting `ocr` (\(ocr.origin)) is neither best, fast nor tesseract.", hint: Setting.ocr.meaning)
    }
    reading.mode = mode
    if let psm = try number(.psm, in: 1...13) { reading.segmentation = psm }
    return reading
  }
}
