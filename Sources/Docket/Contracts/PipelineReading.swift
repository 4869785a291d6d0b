/// Reads a pipeline: `pipelines/<name>.yaml`.
extension PipelineFile {
  private enum Key: String, YAMLKey {
    case format, pipeline, summary, sources, accepts, policy, routes, destinations, schedule, limits, retention, notify
    case lookUp = "look_up"
  }

  package static func load(_ file: WrittenFile) -> Loaded<PipelineFile> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a pipeline") else { return nil }
      map.required(.format)?.format(.pipeline)
      let accepts = map.required(.accepts)?.oneOrMore().compactMap { $0.reference(.contract, "a contract") } ?? []
      let destinations = map.required(.destinations)?.entries("destinations by name") ?? []
      let told = map[.notify]?.entries("whom to tell, by name") ?? []
      let pipeline = PipelineFile(
        name: map.required(.pipeline)?.name("a pipeline's name") ?? "", summary: map[.summary]?.text() ?? "",
        sources: (map.required(.sources)?.entries("sources by name") ?? []).compactMap {
          source($0.name, $0.value, accepts: accepts)
        },
        accepts: accepts, policy: map.required(.policy)?.reference(.policy, "a policy") ?? "",
        routes: (map.required(.routes)?.list("a list of routes") ?? []).compactMap {
          route($0, accepts: accepts, destinations: destinations.map(\.name), told: told.map(\.name))
        }, destinations: destinations.compactMap { destination($0.name, $0.value) },
        lookUps: map[.lookUp].map { LookUpEntry.list($0, accepts: accepts) } ?? [],
        notifications: told.compactMap { notification($0.name, $0.value) },
        limits: map[.limits].map(limits) ?? ReadLimits(), schedule: map[.schedule].flatMap(schedule),
        retention: map[.retention].map(retention) ?? [:], digest: file.digest)
      return pipeline
    }
  }

  // Doors

  private enum SourceKey: String, YAMLKey {
    case folder, maildir, mbox, imap, sftp, s3, webdav, http, command, sqlite, postgres
    case sensitivity, languages, dates, ocr

    static let settings: Set<SourceKey> = [.sensitivity, .languages, .dates, .ocr]
  }

  private static func source(_ name: String, _ value: YAMLValue, accepts: [String]) -> SourceEntry? {
    guard let map = value.keys(SourceKey.self, "a source") else { return nil }
    guard let kind = kind(map, value, except: SourceKey.settings) else { return nil }
    guard kind == .folder, let folder = map[kind].flatMap({ FolderReading($0, accepts: accepts) }) else {
      if kind != .folder { map[kind]?.mistake("The source `\(kind.rawValue)` is not available yet; `folder` is.") }
      return nil
    }
    var entry = SourceEntry(
      name: name, kind: kind.rawValue, settings: folder.settings,
      sensitivity: map[.sensitivity]?.word(Sensitivity.self, "a sensitivity") ?? .internal,
      languages: map[.languages]?.texts("a language") ?? [], dates: map[.dates]?.word(DateOrder.self, "an order"))
    entry.ocr = map[.ocr]?.word(ReadingMode.self, "a way of reading")
    entry.subfolders = folder.subfolders
    return entry
  }

  /// The one key that says what kind of door it is.
  static func kind<Word: YAMLKey>(_ map: YAMLMap<Word>, _ value: YAMLValue, except settings: Set<Word>) -> Word? {
    let kinds = Word.allCases.filter { map.present.contains($0) && !settings.contains($0) }
    guard kinds.count == 1 else {
      let known = Word.allCases.filter { !settings.contains($0) }.map(\.rawValue).joined(separator: ", ")
      value.mistake("Exactly one kind must stand here: \(known).")
      return nil
    }
    return kinds[0]
  }

  // Routes

  private enum RouteKey: String, YAMLKey { case when, deliver, approve, review, reject, notify }

  private static func route(
    _ value: YAMLValue, accepts: [String], destinations: [String], told: [String]
  ) -> Route? {
    guard let map = value.keys(RouteKey.self, "a route"),
      let condition = map.required(.when).flatMap({ ConditionReading(contracts: accepts).condition($0) })
    else { return nil }
    for target in map[.deliver]?.oneOrMore() ?? [] {
      guard let name = target.text("a destination"), !destinations.contains(name) else { continue }
      target.mistake("`\(name)` is no destination of this pipeline\(Spelling.suggestion(for: name, in: destinations))")
    }
    for target in map[.notify]?.oneOrMore() ?? [] {
      guard let name = target.text("whom to tell"), !told.contains(name) else { continue }
      target.mistake("`\(name)` is not among `notify`\(Spelling.suggestion(for: name, in: told))")
    }
    if map.present.subtracting([.when]).isEmpty {
      value.mistake("A route needs one of `deliver`, `approve`, `review`, `reject`, `notify`.")
    }
    return Route(
      when: condition, deliver: map[.deliver]?.texts("a destination") ?? [], approve: map[.approve].flatMap(role),
      review: map[.review].map(isSaid) ?? false,
      reject: map[.reject].map(isSaid) ?? false, notify: map[.notify]?.texts("whom to tell") ?? [])
  }

  private static func role(_ value: YAMLValue) -> String? {
    guard let role = value.text("a role") else { return nil }
    value.refer(to: role, .role)
    return role
  }

  /// `review: true`; who does not mean it leaves it out.
  private static func isSaid(_ value: YAMLValue) -> Bool {
    guard let truth = value.truth() else { return false }
    if !truth { value.mistake("Leave it out instead of saying `false`.") }
    return truth
  }

  // The rest

  private enum LimitKey: String, YAMLKey {
    case seconds, pages, bytes, parts, depth
    case pixelsPerPage = "pixels_per_page"
  }

  private static func limits(_ value: YAMLValue) -> ReadLimits {
    var limits = ReadLimits()
    guard let map = value.keys(LimitKey.self, "limits") else { return limits }
    limits.seconds = map[.seconds]?.whole("seconds", in: 1...86_400) ?? limits.seconds
    limits.pages = map[.pages]?.whole("pages", in: 1...1_000_000) ?? limits.pages
    limits.bytes = map[.bytes]?.whole("bytes", in: 1...100_000_000_000) ?? limits.bytes
    limits.pixelsPerPage = map[.pixelsPerPage]?.whole("pixels", in: 1...2_000_000_000) ?? limits.pixelsPerPage
    limits.parts = map[.parts]?.whole("parts", in: 1...1_000_000) ?? limits.parts
    limits.depth = map[.depth]?.whole("a depth", in: 1...32) ?? limits.depth
    return limits
  }

  private enum ScheduleKey: String, YAMLKey { case cron }

  private static func schedule(_ value: YAMLValue) -> String? {
    guard let line = value.keys(ScheduleKey.self, "a schedule")?.required(.cron),
      let text = line.text("a cron line")
    else { return nil }
    do throws(CronLine.Mistake) { _ = try CronLine(text) } catch { line.mistake(error.message) }
    return text
  }

  private enum RetentionKey: String, YAMLKey { case originals, failed }

  private static func retention(_ value: YAMLValue) -> [String: String] {
    guard let map = value.keys(RetentionKey.self, "periods of retention") else { return [:] }
    var periods: [String: String] = [:]
    for key in map.present where map[key]?.seconds() != nil { periods[key.rawValue] = map[key]?.text() }
    return periods
  }
}

extension DateOrder: YAMLKey {}
extension ReadingMode: YAMLKey {}
