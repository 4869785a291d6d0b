/// What texts are sorted by: the contracts of documents, or the values of a contract's field.
package enum TextKind: Hashable, Sendable {
  /// Which contract a document fits.
  case types
  /// A field whose values are a closed set, by its path.
  case category(contract: ContractReference, path: String)

  /// The name of the model of document types.
  package static let typesName = "types"
  /// As cards name what is none of the classes.
  package static let none = "unknown"

  /// As models are called.
  package var name: String {
    switch self {
    case .types: TextKind.typesName
    case .category(let contract, let path): "\(contract.name).\(path)"
    }
  }

  package var form: TextMarks.Form {
    switch self {
    case .types: .document
    case .category: .note
    }
  }

  var settings: TextTraining.Settings {
    switch self {
    // What headings and labels say counts the same for types that were learned and for a new one.
    case .types:
      TextTraining.Settings(
        restraint: 0.03, biasRestraint: nil, leastLessons: 25, strangeness: 0.5, countsStrangeMarks: true,
        zeroShotRestraint: 10_000)
    case .category:
      TextTraining.Settings(
        restraint: 0.1, biasRestraint: 0.1, leastLessons: 1, strangeness: 0, countsStrangeMarks: false)
    }
  }

  /// How much likelier than none a class must be, of so many.
  func leastOdds(of classes: Int) -> Double {
    switch self {
    case .types: Classifier.leastOdds(of: classes)
    case .category: 1
    }
  }

  /// What lessons teach.
  func learned(from lessons: [TextLesson], number: Int = 0) -> TextModel {
    TextTraining(lessons, form: form, settings: settings).model(name: name, producer: "\(name) model \(number)")
  }
}
