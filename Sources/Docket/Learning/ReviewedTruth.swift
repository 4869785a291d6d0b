extension Record {
  /// What a person said is true of it, by leaf path: the values that were confirmed or typed, nil for what is not on
  /// the document. Fields that nobody was asked about are not known; lists and tables are not learned.
  package func answeredTruths(by contract: Contract) -> [String: String?] {
    guard producer.hasPrefix("person ") else { return [:] }
    var truths: [String: String?] = [:]
    for field in fields where field.isAnswered && Lesson.path(field.path, in: contract) == field.path {
      if field.values.first?.isExact == true { continue }
      truths[field.path] = .some(field.values.first?.value.canonical)
    }
    return truths
  }

  /// Documents of one group are alike: those of one issuer, or of one other party; nil where neither is known.
  package func group(by contract: Contract) -> String? {
    let parties = contract.fields.filter { $0.type == .party && !$0.isList }
    let sorted = parties.filter { $0.role == .issuer } + parties.filter { $0.role != .issuer }
    let names = sorted.compactMap { value("\($0.name).name")?.canonical }
    return names.first.map { String(String.UnicodeScalarView(TrueValue.key($0))) }
  }
}
