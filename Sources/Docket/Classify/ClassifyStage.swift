/// Says which contract a reading fits, or that none does.
package protocol Classifying: Sendable {
  var fingerprint: ContentDigest { get }
  /// - Parameter cover: the mail that it came in.
  func classify(_ reading: Reading, among contracts: [Contract], cover: Cover?) -> Classification
}

/// Reading to classification.
package struct ClassifyStage: Stage {
  package static let name = StageName.classify
  package let contracts: [Contract]
  private let classifier: any Classifying
  /// Takes the place of the classifier where a person or a flag has said what it is.
  private let stated: ContractReference?

  package init(_ classifier: any Classifying, contracts: [Contract], stated: ContractReference? = nil) {
    self.classifier = classifier
    self.contracts = contracts
    self.stated = stated
  }

  package var fingerprint: ContentDigest {
    .joining([classifier.fingerprint, ContentDigest(of: stated?.description ?? "")] + contracts.map(\.digest))
  }

  package func run(_ input: Reading, in context: Context) async throws(DocketError) -> Classification {
    if let stated {
      return Classification(contract: stated, confidence: 1, evidence: ["stated"])
    }
    return classifier.classify(input, among: contracts, cover: context.cover)
  }

  package func contract(of classification: Classification) -> Contract? {
    contracts.first { $0.reference == classification.contract }
  }

  /// The same stage for a document whose source says what it is. A mail, and what holds other files, is found out as
  /// ever: the source speaks of what lies in it.
  func heeding(_ name: String?, of reading: Reading) -> ClassifyStage {
    guard stated == nil, let name, reading.members.isEmpty, !reading.isMessage,
      let contract = contracts.first(where: { $0.name == name || $0.reference.description == name })
    else { return self }
    return stating(contract.reference)
  }

  /// The same stage for a document whose contract is known.
  package func stating(_ contract: ContractReference) -> ClassifyStage {
    ClassifyStage(classifier, contracts: contracts, stated: contract)
  }
}
