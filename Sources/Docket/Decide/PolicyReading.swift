/// Reads a policy: `policies/<name>.v<version>.yaml`.
extension PolicyFile {
  private enum Key: String, YAMLKey {
    case format, policy, version, summary, promise, exact, unproven, autonomy, sample, missing, doubtful, unreadable
    case fields
    case holdFor = "hold_for"
    case fourEyes = "four_eyes"
  }

  package static func load(_ file: WrittenFile) -> Loaded<PolicyFile> {
    YAMLDocument.load(file) { root in
      guard let map = root.keys(Key.self, "a policy") else { return nil }
      map.required(.format)?.format(.policy)
      let name = map.required(.policy)?.name("a policy's name")
      let version = map.required(.version)?.whole("a version", in: 1...9999)
      var policy = PolicyFile(name: name ?? "", version: version ?? 0, digest: file.digest)
      policy.promise = map[.promise].flatMap(promise)
      policy.exact = map[.exact]?.word(Stance.self, "a stance") ?? policy.exact
      policy.unproven = map[.unproven]?.word(Stance.self, "a stance") ?? policy.unproven
      policy.autonomy = map[.autonomy]?.word(Autonomy.self, "an autonomy") ?? policy.autonomy
      policy.sample = map[.sample]?.share() ?? policy.sample
      policy.holdSeconds = map[.holdFor]?.seconds() ?? policy.holdSeconds
      policy.missing = map[.missing]?.word(Answer.self, "an answer") ?? policy.missing
      policy.doubtful = map[.doubtful]?.word(Answer.self, "an answer") ?? policy.doubtful
      policy.unreadable = map[.unreadable]?.word(Answer.self, "an answer") ?? policy.unreadable
      if policy.unreadable == .empty { map[.unreadable]?.mistake("`unreadable` is `ask` or `reject`.") }
      policy.fields = map[.fields].map(fields) ?? [:]
      policy.fourEyes = map[.fourEyes].flatMap(fourEyes)
      return policy
    }
  }

  private enum PromiseKey: String, YAMLKey {
    case certainty
    case wrongAtMost = "wrong_at_most"
  }
  private enum ShareKey: String, YAMLKey { case records, fields }

  private static func promise(_ value: YAMLValue) -> Promise? {
    guard let map = value.keys(PromiseKey.self, "a promise"),
      let shares = map.required(.wrongAtMost)?.keys(ShareKey.self, "`{ records: 2% }`"),
      let certainty = map.required(.certainty)?.share()
    else { return nil }
    if shares.present.isEmpty { shares.value.mistake("A promise is over `records`, `fields` or both.") }
    return Promise(
      wrongRecordsAtMost: shares[.records]?.share(), wrongFieldsAtMost: shares[.fields]?.share(), certainty: certainty)
  }

  private enum FieldKey: String, YAMLKey { case askWhen = "ask_when" }

  private static func fields(_ value: YAMLValue) -> [String: AskWhen] {
    var fields: [String: AskWhen] = [:]
    for (_, path, value) in value.entries("rules by field") ?? [] {
      let map = value.keys(FieldKey.self, "`{ ask_when: changed }`")
      fields[path] = map?.required(.askWhen)?.word(AskWhen.self, "a time to ask")
    }
    return fields
  }

  private enum FourEyesKey: String, YAMLKey { case when }

  private static func fourEyes(_ value: YAMLValue) -> Condition? {
    value.keys(FourEyesKey.self, "`{ when: {…} }`")?.required(.when).flatMap {
      ConditionReading(contracts: []).condition($0)
    }
  }
}

extension PolicyFile.Stance: YAMLKey {}
extension PolicyFile.Autonomy: YAMLKey {}
extension PolicyFile.Answer: YAMLKey {}
extension PolicyFile.AskWhen: YAMLKey {}
