/// The words by which pages are told apart, as keys.
struct SplittingWords: Sendable {
  let page: Set<String>
  let pageOf: Set<String>
  let ending: Set<String>
  let headings: Set<String>
  /// Common words by language, in the order of the languages.
  let stops: [Set<String>]

  init(_ languages: [LanguageWords]) {
    func keys(_ kind: LanguageWords.Kind) -> Set<String> {
      Set(languages.flatMap { $0.words[kind, default: []] }.map { LabelKey.of($0) }).subtracting([""])
    }
    page = keys(.page)
    pageOf = keys(.pageOf)
    ending = keys(.ending)
    headings = keys(.heading)
    stops = languages.map { Set($0.words[.stop, default: []].map { LabelKey.of($0) }) }
  }
}
