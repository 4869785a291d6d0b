/// Candidates to record: values are pooled, related amounts chosen together, checks applied, confidence given.
package struct Normalizer: Normalizing {
  package static let version = "normalizer 7"
  private let calibration: Calibration
  /// What was learned brings probabilities of its own.
  private let rankers: Rankers
  private let texts: TextModels

  package init(calibration: Calibration = .none, rankers: Rankers = .none, texts: TextModels = .none) {
    self.calibration = calibration
    self.rankers = rankers
    self.texts = texts
  }

  package var fingerprint: ContentDigest {
    .joining([ContentDigest(of: Normalizer.version), calibration.digest] + rankers.digests + texts.fieldDigests)
  }

  package func normalize(_ input: NormalizeStage.Input, in context: Context) -> Record {
    let pools = DateReadings(input.extraction.candidates.mapValues(Pooled.pool), checks: input.contract.checks).pools
    let tables = tables(of: input, in: context)
    let column: (String, String) -> [DecimalNumber?]? = { table, column in
      Normalizer.column(column, of: tables.first { $0.path == table })
    }
    let joint = JointChoice(
      checks: input.contract.checks, options: pools.filter { !Normalizer.isExact($0.value) }, column: column
    ).chosen()
    let isFromPixels = input.reading.pages.contains { $0.isFromPixels }
    let hasOriginal = pools.values.contains { Normalizer.isExact($0) }
    var fields: [RecordField] = []
    for field in input.contract.fields where field.type != .rows {
      for path in field.paths {
        let choice = Choice(
          path: path, type: input.contract.leafType(path), pool: pools[path] ?? [], joint: joint[path],
          isList: field.isList, isFromPixels: isFromPixels, hasOriginal: hasOriginal,
          isRequired: field.required && (path == field.name || path == "\(field.name).name"))
        fields.append(choice.field(calibration(of: path, input.contract), in: context))
      }
    }
    var record = Record(
      id: context.document ?? DocumentID(hex: ""), contract: input.contract.reference,
      classification: input.classification.confidence, fields: fields, tables: tables,
      findings: input.reading.findings + input.reading.pages.flatMap(\.findings) + input.extraction.findings,
      sensitivity: sensitivity(of: input.contract, fields: fields, context))
    record.findings += record.fields.flatMap { chosenFindings($0, pools[$0.path] ?? []) }
    return checked(record, by: input.contract)
  }

  private func calibration(of path: String, _ contract: Contract) -> Calibration {
    texts.calibration(of: path, contract.reference) ?? rankers[contract.reference]?.calibrations[path] ?? calibration
  }

  /// The record with its checks' findings, and confidence raised or lowered by what they say.
  private func checked(_ record: Record, by contract: Contract) -> Record {
    var record = record
    let support = record.support(by: contract)
    for index in record.fields.indices {
      guard let change = support[record.fields[index].path], let first = record.fields[index].values.first,
        !first.isExact
      else { continue }
      let type = contract.leafType(record.fields[index].path)
      let before = record.fields[index].confidence
      let after = calibration(of: record.fields[index].path, contract).adjusted(
        before, checks: change, type: type)
      record.fields[index].confidence = after
      record.fields[index].values[0].confidence = after
    }
    record.findings += contract.checkFindings(on: record)
    return record
  }

  private static func isExact(_ pool: [Pooled]) -> Bool { pool.contains { $0.candidates.contains(where: \.isExact) } }

  private static func column(_ name: String, of table: RecordTable?) -> [DecimalNumber?]? {
    guard let table, !table.rows.isEmpty else { return nil }
    return table.rows.map { row in
      guard case .decimal(let number)? = row.first(where: { $0.column == name })?.values.first?.value else {
        return nil
      }
      return number
    }
  }

  private func sensitivity(of contract: Contract, fields: [RecordField], _ context: Context) -> Sensitivity {
    let present = fields.filter { !$0.values.isEmpty }.compactMap { field in
      contract.field(String(field.path.split(separator: ".")[0]))?.sensitivity
    }
    return ([context.sensitivity] + present).max() ?? context.sensitivity
  }

  /// Findings of the candidates that were chosen; those of the others concern nobody.
  private func chosenFindings(_ field: RecordField, _ pool: [Pooled]) -> [Finding] {
    guard let value = field.values.first?.value else { return [] }
    return pool.first { $0.value == value }?.candidates.first?.findings ?? []
  }

  // Tables

  private func tables(of input: NormalizeStage.Input, in context: Context) -> [RecordTable] {
    input.contract.fields.filter { $0.type == .rows }.compactMap { field in
      guard let rows = input.extraction.rows[field.name], !rows.isEmpty else { return nil }
      return RecordTable(
        path: field.name,
        rows: rows.map { cells in
          field.columns.map { column in
            let path = "\(field.name).\(column.name)"
            guard let candidate = cells[column.name] else {
              return RecordField(path: path, values: [], confidence: 0.5)
            }
            let confidence = candidate.isExact ? 1 : cellConfidence(candidate, type: column.type)
            return RecordField(
              path: path, values: [candidate.sourced(confidence: confidence, in: context)], confidence: confidence)
          }
        })
    }
  }

  private func cellConfidence(_ candidate: Candidate, type: FieldType) -> Double {
    calibration.confidence(
      Calibration.Signals(
        probability: Calibration.logistic(candidate.score), checks: 0, reading: candidate.readingConfidence,
        isFromPixels: candidate.readingConfidence < 1, lead: candidate.score), type: type)
  }
}

extension Calibration {
  /// The confidence with so many checks for (or against) a value.
  func adjusted(_ confidence: Double, checks: Double, type: FieldType) -> Double {
    let weight = weights["\(type.rawValue)/layer"] ?? weights["*/layer"] ?? weights["*/*"]
    let logit = Calibration.logit(confidence) + (weight?.check ?? 0) * checks
    return (10_000 * Calibration.logistic(logit)).rounded() / 10_000
  }
}

extension Candidate {
  func sourced(confidence: Double, in context: Context) -> Sourced {
    Sourced(
      value: value, raw: raw, score: isExact ? nil : score, confidence: confidence,
      provenance: locators.map { Provenance(document: context.document, locator: $0, producer: producer) },
      isExact: isExact)
  }
}
