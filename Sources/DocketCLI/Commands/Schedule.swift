import ArgumentParser
import Docket

/// `docket schedule run|install|status|remove`: pipelines by their `schedule:`.
struct ScheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Runs pipelines by their `schedule:`; installs that with systemd or cron.",
    subcommands: [Run.self, Install.self, Status.self, Remove.self], defaultSubcommand: Status.self)

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Runs the pipelines that are due.",
      discussion: """
        A pipeline is due when a time of its `schedule:` has come since it last ran by it; several that were missed \
        are one run. The first call only notes the time. With `--loop` it goes on until it is stopped.
        """)
    @Argument(help: "Pipelines; all that have a schedule unless given.") var pipelines: [String] = []
    @Flag(help: "Whether they are due or not.") var now = false
    @Flag(help: "Waits for the next time, for ever.") var loop = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      let schedule = ScheduleService(office: office, output: common.output, names: pipelines)
      if loop { return try await schedule.loop() }
      let worst = try await schedule.runDue(evenIfNot: now, shouldStop: { false })
      if worst != 0 { throw ExitCode(rawValue: worst) ?? .unexpected }
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "When each pipeline last ran by its schedule, is due next, and what it missed.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      let now = Int(SystemClock().now())
      let scheduled = try office.scheduled([])
      for pipeline in scheduled {
        let (last, next, missed) = (pipeline.last, pipeline.next(after: now), pipeline.missed(at: now))
        guard output.isJSON else {
          let lastText = last.map(SystemTimeZone.text) ?? "never"
          let missedText = missed == 0 ? "" : ", missed \(missed)"
          let nextText = next.map(SystemTimeZone.text) ?? "never"
          output.data("\(pipeline.name.padding(16))\(pipeline.cron)   last \(lastText), next \(nextText)\(missedText)")
          continue
        }
        var json = JSONWriter()
        json.object { json in
          json.member("schema", "docket/schedule/1")
          json.member("pipeline", pipeline.name)
          json.member("cron", pipeline.cron.description)
          json.member("last", last.map(SystemTimeZone.stamp))
          json.member("next", next.map(SystemTimeZone.stamp))
          json.member("missed", missed)
        }
        output.data(json.text)
      }
      if scheduled.isEmpty { output.note("docket: No pipeline has a `schedule:`.") }
    }
  }

  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Writes systemd units for the pipelines that have a schedule, or cron lines.",
      discussion: """
        For the user who calls it, unless `--system` says for the whole machine. With `--watch` also a service that \
        watches the pipelines without a schedule. Installed again, what is there is replaced.
        """)
    @Flag(help: "For the whole machine: units in `/etc/systemd/system`.") var system = false
    @Option(help: ArgumentHelp("Who runs it, with --system.", valueName: "name")) var user: String?
    @Flag(help: "Lines in this user's crontab, in place of units.") var cron = false
    @Flag(help: "Also a service that watches.") var watch = false
    @Flag(help: "Write the units, and do not switch them on.") var noEnable = false
    @Flag(name: [.customShort("n"), .long], help: "Print what would be written, and do nothing.") var dryRun = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      let installation = ScheduleInstallation(
        office: office, output: common.output, isSystem: system, user: user ?? Person.current, isDry: dryRun)
      if cron { return try installation.installLines() }
      try installation.installUnits(watches: watch, enables: !noEnable)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Takes this workspace's units and cron lines away.")
    @Flag(help: "Those of the whole machine.") var system = false
    @Flag(name: [.customShort("n"), .long], help: "Print what would be removed, and do nothing.") var dryRun = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      try ScheduleInstallation(
        office: office, output: common.output, isSystem: system, user: Person.current, isDry: dryRun
      ).remove()
    }
  }
}

extension Office {
  /// Pipelines that have a schedule; those named, or all.
  func scheduled(_ names: [String]) throws -> [ScheduledPipeline] {
    let files = try names.isEmpty ? pipelines() : names.map { try pipeline($0) }
    return try files.compactMap { file in
      if let scheduled = ScheduledPipeline(file, workspace: folder) { return scheduled }
      guard !names.isEmpty else { return nil }
      throw DocketError(
        .badConfiguration, "The pipeline `\(file.name)` has no `schedule:`.",
        hint: "Write one, such as `schedule: { cron: \"0 2 * * 1-5\" }`.")
    }
  }
}
