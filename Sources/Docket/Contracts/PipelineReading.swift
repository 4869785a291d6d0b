/// Reads a pipeline: `pipelines/<name>.yaml`.
extension PipelineFile {
  private enum Key: String, YAMLKey {
    case format, pipeline, summary, sources, accepts, policy, routes, destinations, schedule, limits, retention
    case notify
    case lookUp = "look_up"
  }

  package static func load(_ file: WrittenFile) -> Loaded<PipelineFile> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a pipeline") else { return nil }
      map.required(.format)?.format(.pipeline)
      for key in [Key.lookUp, .notify] { map[key]?.mistake("This version does not know `\(key.rawValue)` yet.") }
      let accepts = map.required(.accepts)?.oneOrMore().compactMap { $0.reference(.contract, "a contract") } ?? []
      let destinations = map[.destinations].map(destinations) ?? []
      let routes = map[.routes]?.list("a list of routes")?.compactMap {
        route($0, accepts: accepts, destinations: destinations.map(\.name))
      }
      return PipelineFile(
        name: map.required(.pipeline)?.name("a pipeline's name") ?? "", summary: map[.summary]?.text() ?? "",
        sources: map.required(.sources).map(sources) ?? [], accepts: accepts,
        policy: map.required(.policy)?.reference(.policy, "a policy") ?? "", routes: routes ?? [],
        destinations: destinations, limits: map[.limits].map(limits) ?? ReadLimits(),
        schedule: map[.schedule].flatMap(schedule), retention: map[.retention].map(retention) ?? [:],
        digest: file.digest)
    }
  }

  // Doors

  private enum SourceKey: String, YAMLKey {
    case folder, maildir, mbox, imap, sftp, s3, webdav, http, command, sqlite, postgres
    case sensitivity, languages, dates

    static let kinds: [SourceKey] = [
      .folder, .maildir, .mbox, .imap, .sftp, .s3, .webdav, .http, .command, .sqlite, .postgres,
    ]
  }

  private static func sources(_ value: YAMLValue) -> [SourceEntry] {
    (value.entries("sources by name") ?? []).compactMap { key, _, value in
      guard let name = key.name("a source's name"), let map = value.keys(SourceKey.self, "a source"),
        let (kind, settings) = door(map, SourceKey.kinds, "source")
      else { return nil }
      return SourceEntry(
        name: name, kind: kind, settings: settings.texts,
        sensitivity: map[.sensitivity]?.word(Sensitivity.self, "a sensitivity") ?? .internal,
        languages: map[.languages]?.texts("a language") ?? [],
        dates: map[.dates]?.word(DateOrder.self, "an order of day, month and year"))
    }
  }

  private enum DestinationKey: String, YAMLKey {
    case jsonl, csv, folder, sqlite, webhook, command, postgres, rest, s3, sftp, smtp, redis, ubl
    case mapping

    static let kinds = allCases.filter { $0 != .mapping }
  }

  private static func destinations(_ value: YAMLValue) -> [DestinationEntry] {
    (value.entries("destinations by name") ?? []).compactMap { key, _, value in
      guard let name = key.name("a destination's name"), let map = value.keys(DestinationKey.self, "a destination"),
        let (kind, settings) = door(map, DestinationKey.kinds, "destination")
      else { return nil }
      return DestinationEntry(
        name: name, kind: kind, settings: settings.texts, nameFields: settings.nameFields,
        mapping: map[.mapping]?.reference(.mapping, "a mapping"))
    }
  }

  /// Exactly one key says of which kind it is; its value holds the settings.
  private static func door<K: YAMLKey>(
    _ map: YAMLMap<K>, _ kinds: [K], _ what: String
  ) -> (kind: String, settings: (texts: [String: String], nameFields: [String]))? {
    let stated = kinds.filter { map[$0] != nil }
    guard stated.count == 1, let settings = map[stated[0]] else {
      map.value.mistake("A \(what) is of one kind, such as `folder: { path: … }`.")
      return nil
    }
    var texts: [String: String] = [:]
    var nameFields: [String] = []
    for (_, name, value) in settings.entries("the settings of a \(what)") ?? [] {
      // Field paths that make a file's name; everything else is text.
      if name == "name" { nameFields = value.texts("a field") } else { texts[name] = value.text("a setting") }
    }
    return (stated[0].rawValue, (texts, nameFields))
  }

  // Routes

  private enum RouteKey: String, YAMLKey { case when, deliver, approve, review, reject, notify }

  private static func route(_ value: YAMLValue, accepts: [String], destinations: [String]) -> Route? {
    guard let map = value.keys(RouteKey.self, "a route such as `{ when: {…}, deliver: […] }`") else { return nil }
    let deliver = map[.deliver]?.oneOrMore().compactMap { value -> String? in
      guard let name = value.text("a destination") else { return nil }
      if !destinations.contains(name) {
        value.mistake("No destination is called `\(name)`\(Spelling.suggestion(for: name, in: destinations))")
      }
      return name
    }
    map[.notify]?.mistake("This version does not know `notify` yet.")
    if map.present.subtracting([.when]).isEmpty {
      value.mistake("A route has one or more of `deliver`, `approve`, `review` and `reject`.")
    }
    guard let when = map.required(.when), let condition = ConditionReading(contracts: accepts).condition(when) else {
      return nil
    }
    return Route(
      when: condition, deliver: deliver ?? [], approve: map[.approve]?.text("a role"),
      review: map[.review]?.truth() ?? false, reject: map[.reject]?.truth() ?? false)
  }

  // The rest

  private enum LimitKey: String, YAMLKey {
    case seconds, pages, bytes, parts, depth
    case pixelsPerPage = "pixels_per_page"
  }

  private static func limits(_ value: YAMLValue) -> ReadLimits {
    let map = value.keys(LimitKey.self, "limits")
    let standard = ReadLimits()
    func limit(_ key: LimitKey, _ otherwise: Int, upTo most: Int) -> Int {
      map?[key]?.whole("a limit", in: 1...most) ?? otherwise
    }
    return ReadLimits(
      seconds: limit(.seconds, standard.seconds, upTo: 86_400),
      pages: limit(.pages, standard.pages, upTo: 1_000_000),
      bytes: limit(.bytes, standard.bytes, upTo: 1_000_000_000_000),
      pixelsPerPage: limit(.pixelsPerPage, standard.pixelsPerPage, upTo: 10_000_000_000),
      parts: limit(.parts, standard.parts, upTo: 10_000_000), depth: limit(.depth, standard.depth, upTo: 64))
  }

  private enum ScheduleKey: String, YAMLKey { case cron }

  private static func schedule(_ value: YAMLValue) -> String? {
    value.keys(ScheduleKey.self, "`{ cron: \"0 2 * * 1-5\" }`")?.required(.cron)?.text("a cron line")
  }

  private static func retention(_ value: YAMLValue) -> [String: String] {
    var retention: [String: String] = [:]
    for (_, name, value) in value.entries("durations by what is kept") ?? [] {
      if value.seconds() != nil { retention[name] = value.text() }
    }
    return retention
  }
}

extension DateOrder: YAMLKey {}
