/// Chooses the values of related amounts together: what a contract's sums say weighs as much as a label.
///
/// A beam search over the fields that stand in `sum` checks: the total of scores plus a bonus for every sum that
/// holds. Source: the method's measurement (net + tax = gross alone lifts the tax total from .38 to .67).
struct JointChoice {
  let checks: [Check]
  /// Proposed values of each field, best first.
  let options: [String: [Pooled]]
  /// Of tables, already chosen.
  let column: (String, String) -> [DecimalNumber?]?

  static let optionLimit = 12
  static let beamWidth = 300
  /// A sum may lift a value that little speaks for, not one that nothing does: else numbers that happen to add up fill
  /// fields that are not there.
  static let leastScore = -0.5
  /// What is as likely there as not is not: an amount that comes again, of an item say, fills no field by that alone.
  static let leastGain = 0.01
  /// In units of the score, for a sum that holds.
  static let bonus = 4.0
  /// For one that holds only because a term is zero.
  static let weakBonus = 1.5
  /// For one with a single term, which says that two fields are equal.
  static let equalBonus = 2.5

  private struct Assignment {
    var chosen: [String: Int?] = [:]
    var score = 0.0
  }

  /// The chosen option of each related field; nil for absent.
  func chosen() -> [String: Int?] {
    let sums = checks.filter { if case .sum = $0.rule { true } else { false } }
    var fields: [String] = []
    for path in sums.flatMap(\.paths) where options[path] != nil && !fields.contains(path) { fields.append(path) }
    guard !fields.isEmpty else { return [:] }
    var beam = [Assignment()]
    for (index, field) in fields.enumerated() {
      let known = Set(fields[...index])
      let ready = sums.filter { check in
        check.paths.contains(field) && check.paths.allSatisfy { known.contains($0) || options[$0] == nil }
      }
      var next: [Assignment] = []
      for assignment in beam {
        for choice in choices(of: field) {
          var grown = assignment
          grown.chosen[field] = .some(choice)
          grown.score += choice.map { options[field]![$0].score - JointChoice.leastGain } ?? 0
          for check in ready { grown.score += bonus(of: check, in: grown) }
          next.append(grown)
        }
      }
      // Stable: equal scores keep the order of options.
      beam = Array(
        next.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
          .prefix(JointChoice.beamWidth).map(\.element))
    }
    return beam.first?.chosen ?? [:]
  }

  private func choices(of field: String) -> [Int?] {
    let pool = (options[field] ?? []).prefix(JointChoice.optionLimit)
    return pool.indices.filter { pool[$0].score >= JointChoice.leastScore } + [nil]
  }

  private func bonus(of check: Check, in assignment: Assignment) -> Double {
    func number(_ path: String) -> DecimalNumber? {
      guard let choice = assignment.chosen[path], let index = choice,
        case .decimal(let number) = options[path]![index].value
      else { return nil }
      return number
    }
    let values = CheckedValues(numbers: number, values: { number($0).map { .decimal($0) } }, column: column)
    guard check.evaluate(on: values) == .holds, case .sum(let terms, _, _) = check.rule else { return 0 }
    let present = terms.compactMap { values.amount($0.path) }
    let isTrivial = present.count < 2 || present.contains { $0.isZero }
    let usesTable = terms.contains { $0.path.contains(".") }
    // One term alone that must equal the sum: total and what is left to pay when nothing was paid before.
    if present.count == 1, !usesTable { return JointChoice.equalBonus }
    return isTrivial && !usesTable ? JointChoice.weakBonus : JointChoice.bonus
  }
}

/// Candidates of one value, seen as one.
struct Pooled {
  var value: Value
  /// The best candidate's score, raised by the others'.
  var score: Double
  /// Best first.
  var candidates: [Candidate]

  /// By value, best first; the shares of probability of equal values are added.
  static func pool(_ candidates: [Candidate]) -> [Pooled] {
    var pooled: [Pooled] = []
    var places: [Value: Int] = [:]
    for candidate in candidates {
      if let place = places[candidate.value] {
        pooled[place].candidates.append(candidate)
      } else {
        places[candidate.value] = pooled.count
        pooled.append(Pooled(value: candidate.value, score: candidate.score, candidates: [candidate]))
      }
    }
    for index in pooled.indices {
      let best = pooled[index].candidates.map(\.score).max() ?? 0
      let others = min(2, pooled[index].candidates.count - 1)
      let raised = best + 0.15 * Double(others)
      // That an amount comes again does not say that it is this one, where no place of it does.
      pooled[index].score = best > 0 ? raised : min(raised, 0)
    }
    return pooled.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }.map(\.element)
  }
}
