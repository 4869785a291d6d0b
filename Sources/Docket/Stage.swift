/// One step of the pipeline: a verb that takes one artifact and makes the next.
///
/// A stage sees only what it is handed, never the store. The same input and fingerprint give the same output,
/// byte for byte.
package protocol Stage<Input, Output>: Sendable {
  associatedtype Input: Sendable
  associatedtype Output: Sendable

  static var name: StageName { get }
  /// Changes whenever the same input may give another output: code, settings or model.
  var fingerprint: ContentDigest { get }
  func run(_ input: Input, in context: Context) async throws(DocketError) -> Output
}

/// The stages, in order.
package enum StageName: String, CaseIterable, Sendable {
  case read, split, classify, extract, normalize, decide, deliver
}

/// What is known of a document besides its bytes.
package struct Context: Hashable, Sendable {
  /// Nil where nothing was taken in (`docket extract`).
  package var document: DocumentID?
  package var digest: ContentDigest
  /// The name it came with.
  package var name: String
  package var source: String?
  /// The mail that it came in.
  package var cover: Cover?
  package var sensitivity: Sensitivity
  /// The order in which the source writes dates, where the pipeline says so.
  package var dates: DateOrder?
  /// The reading is some pages of a file that was taken apart.
  package var isPart = false
  /// A person said so: what the pages look like is not asked again.
  package var isSettledPart = false
  /// The contract of everything that comes from its source, by `name` or `name@version`; nil: found out.
  package var stated: String?

  package init(
    document: DocumentID? = nil, digest: ContentDigest, name: String, source: String? = nil, cover: Cover? = nil,
    sensitivity: Sensitivity = .internal, dates: DateOrder? = nil
  ) {
    self.document = document
    self.digest = digest
    self.name = name
    self.source = source
    self.cover = cover
    self.sensitivity = sensitivity
    self.dates = dates
  }
}

/// Runs stages. The store's way recalls what an unchanged stage made before of the same input.
package protocol Steps: Sendable {
  func step<S: Stage>(_ stage: S, _ input: S.Input, in context: Context) async throws(DocketError) -> S.Output
}

/// Runs every stage, keeps nothing.
package struct DirectSteps: Steps {
  package init() {}

  package func step<S: Stage>(
    _ stage: S, _ input: S.Input, in context: Context
  ) async throws(DocketError) -> S.Output {
    try await stage.run(input, in: context)
  }
}
