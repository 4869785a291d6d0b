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

  /// Documents of one group are alike: those of one vendor, or of one other party; nil where neither is known.
  package func group(by contract: Contract) -> String? {
    if let vendor = vendor(by: contract) { return vendor }
    let parties = contract.fields.filter { $0.type == .party && !$0.isList }
    return parties.lazy.compactMap { value("\($0.name).name").map { LabelKeyless.compact($0.canonical) } }
      .first { !$0.isEmpty }
  }
}

extension Document {
  /// What a lesson of it is called: the same wherever the same content comes from.
  package var lessonID: String {
    [digest.hex, part.map { "\($0)" }].compactMap { $0 }.joined(separator: " ")
  }
}
