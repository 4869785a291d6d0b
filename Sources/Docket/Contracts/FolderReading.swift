/// Reads the settings of a folder source.
///
///     folder: { path: inbox, subfolders: { incoming: { contract: order }, acme: { sender: "ap@acme.example" } } }
struct FolderReading {
  /// As written: `path`, `settle`, `then`, `events`.
  private(set) var settings: [String: String] = [:]
  private(set) var subfolders: [PipelineFile.SourceEntry.Subfolder] = []

  private enum Key: String, YAMLKey { case path, settle, then, events, subfolders }
  private enum Afterwards: String, YAMLKey { case keep, archive, delete }
  private enum Events: String, YAMLKey { case auto, on, off }
  private enum HintKey: String, YAMLKey { case contract, sender }

  /// - Parameter accepts: contracts of the pipeline; one that it does not accept would be passed over in silence.
  init?(_ value: YAMLValue, accepts: [String]) {
    guard let map = value.keys(Key.self, "a folder's settings") else { return nil }
    settings["path"] = map.required(.path)?.text("a folder")
    if map[.settle]?.seconds() != nil { settings["settle"] = map[.settle]?.text() }
    settings["then"] = map[.then]?.word(Afterwards.self, "what to do with a file afterwards")?.rawValue
    settings["events"] = map[.events]?.word(Events.self, "whether the folder tells of changes")?.rawValue
    for entry in map[.subfolders]?.entries("folders by name") ?? [] {
      guard !entry.name.contains("/"), !entry.name.hasPrefix(".") else {
        entry.key.mistake("`\(entry.name)` is no name of a folder right below the source's own.")
        continue
      }
      guard let hints = entry.value.keys(HintKey.self, "`contract` or `sender`") else { continue }
      if hints.present.isEmpty { entry.value.mistake("A folder needs `contract` or `sender`.") }
      let contract = hints[.contract]?.reference(.contract, "a contract")
      if let contract, !accepts.contains(where: { $0 == contract || $0.hasPrefix("\(contract)@") }) {
        let near = Spelling.suggestion(for: contract, in: accepts)
        hints[.contract]?.mistake("The pipeline does not accept `\(contract)`\(near)")
      }
      subfolders.append(.init(name: entry.name, contract: contract, sender: hints[.sender]?.text("an address")))
    }
  }
}

extension PipelineFile {
  /// The source of a name; of `scanner/acme` the source `scanner`, with what is known of its folder `acme`.
  package func source(_ name: String) -> SourceEntry? {
    if let entry = sources.first(where: { $0.name == name }) { return entry }
    for entry in sources {
      guard let folder = entry.subfolders.first(where: { "\(entry.name)/\($0.name)" == name }) else { continue }
      var own = entry
      own.name = name
      own.contract = folder.contract
      own.sender = folder.sender
      return own
    }
    return nil
  }
}

extension Context {
  /// What a pipeline knows of a document, by where it came from.
  /// - Parameter cover: the mail that it came in.
  package init(of document: Document, in file: PipelineFile, cover: Cover? = nil) {
    self.init(
      document: document.id, digest: document.digest, name: document.name, source: document.source, cover: cover,
      sensitivity: document.sensitivity)
    heed(file.source(document.source))
  }

  /// What is known of all that comes from a source.
  package mutating func heed(_ entry: PipelineFile.SourceEntry?) {
    dates = entry?.dates
    stated = entry?.contract
    if cover == nil, let sender = entry?.sender { cover = Cover(sender: sender, subject: "", text: "") }
  }
}
