import Docket
import DocketConnectors
import Glibc

/// Puts a workspace's schedule into systemd or cron, and takes it away again.
struct ScheduleInstallation {
  let office: Office
  let output: Output
  let isSystem: Bool
  let user: String
  let isDry: Bool

  private var units: UnitFiles {
    get throws {
      UnitFiles(
        isSystem: isSystem, user: user, program: "\(Program.folder)/docket", workspace: office.folder,
        folders: try outsideFolders())
    }
  }

  /// Where units lie: of the machine, or of this user.
  private var folder: String {
    if isSystem { return "/etc/systemd/system" }
    let home = Environment["XDG_CONFIG_HOME"] ?? "\(Environment["HOME"] ?? "")/.config"
    return "\(home)/systemd/user"
  }

  func installUnits(watches: Bool, enables: Bool) throws {
    let scheduled = try office.scheduled([])
    let units = try units
    var files = scheduled.flatMap { units.timer($0.name, $0.cron) }
    let rest = try office.pipelines().map(\.name).filter { name in !scheduled.contains { $0.name == name } }
    if watches, !rest.isEmpty { files.append(units.watch(rest)) }
    guard !files.isEmpty else {
      throw DocketError(
        .badConfiguration, "No pipeline has a `schedule:`.",
        hint: "Write one, such as `schedule: { cron: \"0 2 * * 1-5\" }`, or install a service with `--watch`.")
    }
    if !isDry { try FileCalls.makeFolder(folder) }
    for file in files {
      output.data(isDry ? "# \(folder)/\(file.name)\n\(file.text)" : "\(folder)/\(file.name)")
      if !isDry { try FileBytes.replace("\(folder)/\(file.name)", with: Array(file.text.utf8)) }
    }
    guard !isDry else { return }
    for pipeline in scheduled { try pipeline.begin(at: Int(SystemClock().now())) }
    let started = files.map(\.name).filter { $0.hasSuffix(".timer") || $0.hasSuffix("-watch.service") }
    try tell([["daemon-reload"], ["enable", "--now"] + started], isWanted: enables)
  }

  /// One line a pipeline, known again by the comment at its end.
  func installLines() throws {
    let program = "\(Program.folder)/docket"
    let lines = try office.scheduled([]).map { pipeline in
      let command = [program, "schedule", "run", "--now", pipeline.name, "--workspace", office.folder]
        .map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
      // A percent sign ends the command there.
      return "\(pipeline.cron.fields) \(command.replacing("%", with: "\\%")) \(marker)"
    }
    for line in lines { output.data(line) }
    guard !isDry else { return }
    for pipeline in try office.scheduled([]) { try pipeline.begin(at: Int(SystemClock().now())) }
    try rewriteCrontab(adding: lines)
  }

  func remove() throws {
    let stem = try units.stem
    let names = FileBytes.names(in: folder).filter { name in
      name.hasPrefix("\(stem)-") && [".service", ".timer"].contains { name.hasSuffix($0) }
    }
    for name in names { output.data(isDry ? "would remove \(folder)/\(name)" : "removed \(folder)/\(name)") }
    if !isDry, !names.isEmpty {
      try tell([["disable", "--now"] + names], isWanted: true)
      for name in names { try FileBytes.remove("\(folder)/\(name)") }
      try tell([["daemon-reload"]], isWanted: true)
    }
    if !isSystem, let lines = crontab(), lines.contains(where: { $0.hasSuffix(marker) }) {
      for line in lines where line.hasSuffix(marker) { output.data("\(isDry ? "would remove" : "removed") \(line)") }
      if !isDry { try rewriteCrontab(adding: []) }
    }
  }

  private var marker: String { "# docket \(ContentDigest(of: office.folder).hex.prefix(12))" }

  /// Has systemd take notice, or says what to type.
  private func tell(_ commands: [[String]], isWanted: Bool) throws {
    for command in commands {
      let words = (isSystem ? [] : ["--user"]) + command
      if isWanted, let program = ScheduleInstallation.find("systemctl") {
        let answer = ChildProgram.run(program, words)
        if answer.status == 0 { continue }
      }
      output.note("docket: To have systemd take notice: systemctl \(words.joined(separator: " "))")
    }
  }

  /// This user's lines; nil where there is no such program.
  private func crontab() -> [String]? {
    guard let program = ScheduleInstallation.find("crontab") else { return nil }
    let answer = ChildProgram.run(program, ["-l"])
    guard answer.status == 0 else { return [] }
    return answer.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func rewriteCrontab(adding new: [String]) throws {
    guard let program = ScheduleInstallation.find("crontab"), let old = crontab() else {
      throw DocketError(
        .missingDependency, "There is no `crontab` here.", hint: "Put the lines above where your cron reads them.")
    }
    var lines = old.filter { !$0.hasSuffix(marker) }
    while lines.last == "" { lines.removeLast() }
    let file = "\(office.folder)/.docket/crontab"
    try FileBytes.replace(file, with: Array(((lines + new).joined(separator: "\n") + "\n").utf8))
    defer { unlink(file) }
    let answer = ChildProgram.run(program, [file])
    guard answer.status == 0 else {
      throw DocketError(.fileSystem, "The crontab was not taken: \(PlainText.oneLine(answer.errors))")
    }
  }

  private static func find(_ name: String) -> String? {
    (Environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  /// Folders that sources and destinations name outside the workspace.
  private func outsideFolders() throws -> [String] {
    let pipelines = try office.pipelines()
    let sources = pipelines.flatMap(\.sources).compactMap { $0.settings["path"] }
    let files = pipelines.flatMap(\.destinations).compactMap { entry in
      entry.settings["path"].map { entry.kind == "folder" ? $0 : Program.parent(of: $0) }
    }
    return Set(sources + files).filter { $0.hasPrefix("/") && !$0.hasPrefix(office.folder + "/") }.sorted()
  }
}
