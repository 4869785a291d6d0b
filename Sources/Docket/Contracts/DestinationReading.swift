/// Reads the destinations of a pipeline: each its kind with its settings, and what all of them may have.
extension PipelineFile {
  private enum DestinationKey: String, YAMLKey {
    case jsonl, csv, folder, sqlite, webhook, command, postgres, rest, s3, sftp, smtp, redis, ubl
    case mapping, sensitivity, languages, dates, ocr

    static let settings: Set<DestinationKey> = [.mapping, .sensitivity, .languages, .dates, .ocr]
  }
  private enum FileKey: String, YAMLKey { case path }
  private enum FolderKey: String, YAMLKey { case path, name }
  private enum SQLiteKey: String, YAMLKey { case path, table }
  private enum CommandKey: String, YAMLKey { case run, timeout, pass }
  private enum WebhookKey: String, YAMLKey { case url, secret, token, ca, certificate, key, timeout }

  static func destination(_ name: String, _ value: YAMLValue) -> DestinationEntry? {
    guard let map = value.keys(DestinationKey.self, "a destination") else { return nil }
    guard let kind = kind(map, value, except: DestinationKey.settings), let inner = map[kind] else { return nil }
    var entry = DestinationEntry(name: name, kind: kind.rawValue, settings: [:])
    switch kind {
    case .jsonl, .csv:
      entry.settings["path"] = inner.keys(FileKey.self, "a file's settings")?.required(.path)?.text("a file")
    case .folder:
      let folder = inner.keys(FolderKey.self, "a folder's settings")
      entry.settings["path"] = folder?.required(.path)?.text("a folder")
      entry.nameFields = folder?[.name]?.texts("a field") ?? []
    case .sqlite: sqlite(inner, into: &entry)
    case .command: command(inner, into: &entry)
    case .webhook: webhook(inner, into: &entry)
    default:
      inner.mistake(
        "The destination `\(kind.rawValue)` is not available yet; `jsonl`, `csv`, `folder`, `sqlite`, `webhook` and "
          + "`command` are.")
      return nil
    }
    entry.mapping = map[.mapping]?.reference(.mapping, "a mapping")
    for key in [DestinationKey.sensitivity, .languages, .dates, .ocr] {
      map[key]?.mistake("`\(key.rawValue)` says something of a source, not of a destination.")
    }
    return entry
  }

  private enum NotifyKey: String, YAMLKey { case command, webhook, events, every, quiet }

  static func notification(_ name: String, _ value: YAMLValue) -> NotifyEntry? {
    guard let map = value.keys(NotifyKey.self, "whom to tell"),
      let events = map.required(.events)?.oneOrMore().compactMap({ $0.word(NoticeEvent.self, "an event") })
    else { return nil }
    guard (map[.command] == nil) != (map[.webhook] == nil) else {
      value.mistake("Exactly one of `command` and `webhook` must stand here.")
      return nil
    }
    let kind = map[.command] == nil ? NotifyKey.webhook : .command
    var channel = DestinationEntry(name: name, kind: kind.rawValue, settings: [:])
    if let settings = map[.command] { command(settings, into: &channel) }
    if let settings = map[.webhook] { webhook(settings, into: &channel) }
    if events.contains(.quiet), map[.quiet] == nil {
      value.mistake("`events: [quiet]` needs to know after how long: `quiet: 3d`.")
    }
    return NotifyEntry(
      channel: channel, events: events, everySeconds: map[.every]?.seconds() ?? 600,
      quietSeconds: map[.quiet]?.seconds())
  }

  private static func sqlite(_ value: YAMLValue, into entry: inout DestinationEntry) {
    guard let map = value.keys(SQLiteKey.self, "a database's settings") else { return }
    entry.settings["path"] = map.required(.path)?.text("a file")
    guard let table = map[.table]?.text("a table's name") else { return }
    if table.lowercased().hasPrefix("sqlite_") || table.lowercased() == "docket_delivery" {
      map[.table]?.mistake("A table cannot be called `\(table)`.")
    }
    entry.settings["table"] = table
  }

  private static func command(_ value: YAMLValue, into entry: inout DestinationEntry) {
    if value.isList {
      entry.lists["run"] = value.texts("a word")
      return
    }
    guard let map = value.keys(CommandKey.self, "a command's settings, or a list of its words") else { return }
    entry.lists["run"] = map.required(.run)?.texts("a word") ?? []
    entry.lists["pass"] = map[.pass]?.texts("a variable's name")
    timeout(map[.timeout], into: &entry)
  }

  private static func webhook(_ value: YAMLValue, into entry: inout DestinationEntry) {
    guard let map = value.keys(WebhookKey.self, "a webhook's settings") else { return }
    if let url = map.required(.url)?.text("a URL") {
      let isKnown = ["http://", "https://", "env:", "file:"].contains { url.lowercased().hasPrefix($0) }
      if !isKnown { map[.url]?.mistake("A URL begins with `https://` or `http://`, or stands in `env:` or `file:`.") }
      entry.settings["url"] = url
    }
    // A receiver tells id, time and body of the sealed text apart by full stops.
    if entry.name.contains(".") { value.mistake("The name of a webhook has no full stop: it is part of message ids.") }
    entry.lists["secret"] = map[.secret]?.oneOrMore().compactMap { $0.secret() }
    entry.settings["token"] = map[.token]?.secret()
    entry.settings["ca"] = map[.ca]?.text("a file")
    entry.settings["certificate"] = map[.certificate]?.text("a file")
    entry.settings["key"] = map[.key]?.text("a file")
    if map[.key] != nil, map[.certificate] == nil { map[.key]?.mistake("A `key` belongs to a `certificate`.") }
    timeout(map[.timeout], into: &entry)
  }

  private static func timeout(_ value: YAMLValue?, into entry: inout DestinationEntry) {
    guard let value, let seconds = value.seconds() else { return }
    if !(1...3600).contains(seconds) { value.mistake("A time limit is from `1s` to `1h`.") }
    entry.settings["timeout"] = value.text()
  }
}

extension NoticeEvent: YAMLKey {}

extension YAMLValue {
  /// Where a secret stands, never the secret itself.
  func secret() -> String? {
    guard let text = text("a secret") else { return nil }
    let isReference = ["env:", "file:"].contains { text.hasPrefix($0) && text.count > $0.count }
    // What was written may be the secret: it is not said again.
    if !isReference { mistake("A secret never stands in a pipeline: write `env:NAME` or `file:PATH`.") }
    return isReference ? text : nil
  }
}
