/// The data that Docket works by: contracts, vocabularies, policies, the words of languages, calibration cards.
///
/// Made from texts; the programs read the folders. What comes first wins where two have the same name and version,
/// so a workspace's own files are given before the shipped ones.
package struct Library: Hashable, Sendable {
  /// Every version, by name, then by version.
  package private(set) var contracts: [Contract] = []
  package private(set) var vocabularies: [Vocabulary] = []
  package private(set) var policies: [PolicyFile] = []
  package private(set) var mappings: [Mapping] = []
  /// By language.
  package private(set) var words: [LanguageWords] = []
  /// Calibration cards' bytes, by name.
  package private(set) var cards: [String: [UInt8]] = [:]

  /// Reads every file that is a contract, vocabulary, policy or words; others are left to their own readers.
  ///
  /// A file with mistakes is left out.
  /// - Parameter mistakes: takes the mistakes of all files.
  package init(files: [WrittenFile], cards: [String: [UInt8]] = [:], mistakes: inout [Mistake]) {
    self.cards = cards
    for file in files {
      switch FormatKind(of: file.text) {
      case .contract: add(ContractFile.load(file), to: \.contracts, \.reference.description, &mistakes)
      case .vocabulary: add(VocabularyFile.load(file), to: \.vocabularies, { "\($0.name)@\($0.version)" }, &mistakes)
      case .policy: add(PolicyFile.load(file), to: \.policies, { "\($0.name)@\($0.version)" }, &mistakes)
      case .words: add(WordsFile.load(file), to: \.words, \.language, &mistakes)
      case .mapping: add(MappingFile.load(file), to: \.mappings, \.reference, &mistakes)
      case .pipeline, .workspace: break
      case nil:
        mistakes.append(
          Mistake(
            file: file.path, place: Place(line: 1, column: 1),
            message: "The file does not open with a known `format:`, such as `format: docket/contract/1`."))
      }
    }
    contracts.sort { ($0.name, $0.version) < ($1.name, $1.version) }
    vocabularies.sort { ($0.name, $0.version) < ($1.name, $1.version) }
    policies.sort { ($0.name, $0.version) < ($1.name, $1.version) }
    mappings.sort { ($0.name, $0.version) < ($1.name, $1.version) }
    words.sort { $0.language < $1.language }
  }

  /// - Throws: the first mistake of any file.
  package init(files: [WrittenFile], cards: [String: [UInt8]] = [:]) throws(DocketError) {
    var mistakes: [Mistake] = []
    self.init(files: files, cards: cards, mistakes: &mistakes)
    if let first = mistakes.first { throw first.error }
  }

  private mutating func add<Value>(
    _ loaded: Loaded<Value>, to list: WritableKeyPath<Library, [Value]>, _ name: (Value) -> String,
    _ mistakes: inout [Mistake]
  ) {
    mistakes += loaded.mistakes
    guard let value = loaded.value else { return }
    let isNew = !self[keyPath: list].contains { name($0) == name(value) }
    if isNew { self[keyPath: list].append(value) }
  }

  /// By `name@1`, or the newest of a name.
  package func contract(_ name: String) -> Contract? { Library.find(name, in: contracts, \.name, \.version) }
  package func vocabulary(_ name: String) -> Vocabulary? { Library.find(name, in: vocabularies, \.name, \.version) }
  package func policy(_ name: String) -> PolicyFile? { Library.find(name, in: policies, \.name, \.version) }
  package func mapping(_ name: String) -> Mapping? { Library.find(name, in: mappings, \.name, \.version) }

  package func contract(_ reference: ContractReference) -> Contract? {
    contracts.first { $0.reference == reference }
  }

  /// The newest version of every contract.
  package var newestContracts: [Contract] {
    contracts.enumerated().filter { index, contract in
      index + 1 == contracts.count || contracts[index + 1].name != contract.name
    }.map(\.element)
  }

  private static func find<Value>(
    _ text: String, in values: [Value], _ name: KeyPath<Value, String>, _ version: KeyPath<Value, Int>
  ) -> Value? {
    guard let wanted = VersionedName(text) else { return nil }
    return values.last {
      $0[keyPath: name] == wanted.name && (wanted.version == nil || $0[keyPath: version] == wanted.version)
    }
  }

  /// Changes whenever any of the data does; part of fingerprints.
  package var digest: ContentDigest {
    .joining(
      contracts.map(\.digest) + vocabularies.map(\.digest) + policies.map(\.digest) + words.map(\.digest)
        + cards.sorted { $0.key < $1.key }.map { ContentDigest(of: $0.value) })
  }
}
