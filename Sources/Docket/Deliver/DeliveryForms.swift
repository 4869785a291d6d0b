/// How records are put for destinations: as their contracts say, or as a mapping says.
package struct DeliveryForms: Sendable {
  private let contracts: [ContractReference: Contract]
  /// By the destination's name.
  private let mappings: [String: AppliedMapping]

  package init(contracts: [Contract] = [], mappings: [String: AppliedMapping] = [:]) {
    self.contracts = Dictionary(contracts.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    self.mappings = mappings
  }

  /// - Throws: `mapping-unfit` where the destination's mapping is of another contract.
  func delivery(
    of entry: OutboxEntry, _ record: Record, from document: Document, original: ReadableFile
  ) throws(DocketError) -> (Delivery, [Finding]) {
    var delivery = Delivery(
      key: entry.key, destination: entry.destination, operation: entry.operation, record: record.id,
      version: record.version, contract: record.contract,
      payload: RecordPayload(record: record, digest: document.digest, part: document.part, name: document.name).json,
      values: record.cells, original: original)
    let contract = contracts[record.contract]
    if let contract { delivery.sheet = RecordSheet(of: record, by: contract) }
    guard let mapping = mappings[entry.destination] else { return (delivery, []) }
    let mapped = try mapping.map(record, identity: delivery.sheet.identity)
    delivery.payload = mapped.json
    delivery.sheet = mapped.sheet
    delivery.values = zip(mapped.sheet.columns, mapped.sheet.values).map {
      .init(path: $0.name, value: $1?.canonical ?? "")
    }
    return (delivery, mapped.findings)
  }
}
