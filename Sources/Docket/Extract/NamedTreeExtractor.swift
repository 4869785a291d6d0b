/// Values of XML and JSON with a schema of their own: the names of elements serve as labels, be they written
/// `orderNumber`, `order_number` or `<OrderNo>`; a field's own name counts as one.
package struct NamedTreeExtractor: Extractor {
  package static let name = "names 2"
  package let producer = NamedTreeExtractor.name
  private let lexicon: Lexicon
  private let vocabularies: [String: Vocabulary]

  /// - Parameter vocabularies: by name, the newest of each.
  package init(words: [LanguageWords], vocabularies: [String: Vocabulary]) {
    self.init(Lexicon(words), vocabularies: vocabularies)
  }

  init(_ lexicon: Lexicon, vocabularies: [String: Vocabulary]) {
    self.lexicon = lexicon
    self.vocabularies = vocabularies
  }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard let tree = NamedTree(reading) else { return Extraction() }
    let values = NamedValues(tree, months: lexicon.months, stated: context.dates, vocabularies: vocabularies)
    let names = FieldNames(contract, lexicon.book.phrases(of: contract))
    var extraction = Extraction()
    var taken: Set<Locator> = []
    for field in contract.fields where field.type == .rows {
      let (rows, paths) = self.rows(field, tree, values)
      if !rows.isEmpty { extraction.rows[field.name] = rows }
      taken.formUnion(paths)
    }
    let leaves = tree.leaves.filter { !$0.text.isEmpty && !taken.contains($0.locator) }
    for field in contract.fields where field.type == .party {
      for (path, found) in party(field, names, tree, leaves, values) {
        extraction.candidates[path] = found
        taken.formUnion(found.flatMap(\.locators))
      }
    }
    for field in contract.fields where field.type != .rows && field.type != .party {
      let found = leaves.filter { !taken.contains($0.locator) }.flatMap { leaf -> [Candidate] in
        let weight = names.weight(of: leaf, for: field.name)
        return weight <= 0 ? [] : values.candidates(field, path: field.name, leaf, score: 1 + 3 * weight, producer)
      }
      let best = found.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
      if !best.isEmpty { extraction.candidates[field.name] = best.map(\.element) }
    }
    if let field = contract.fields.first(where: { $0.type == .address }), extraction.candidates[field.name] == nil {
      extraction.candidates[field.name] = address(field, names, leaves.filter { !taken.contains($0.locator) })
    }
    return extraction
  }

  /// Street, postcode and town beside one another are the address of what the document describes.
  private func address(_ field: Field, _ names: FieldNames, _ leaves: [NamedTree.Leaf]) -> [Candidate]? {
    let pieces = PartyNames.ordered(
      leaves.filter { leaf in
        let isWithin = leaf.names.dropLast().last.map { names.weight(of: $0, for: field.name) > 0 } ?? false
        return (leaf.names.count == 2 || isWithin) && PartyNames.part(leaf.name) == "address"
          && names.fields(of: leaf.name).isEmpty
      })
    guard pieces.count >= 2 else { return nil }
    let text = pieces.map(\.text).joined(separator: ", ")
    return [
      Candidate(
        path: field.name, value: .text(text), raw: text, score: 3, locators: pieces.map(\.locator), producer: producer)
    ]
  }

  // Tables

  /// The group most of whose names are the columns'; a single row needs a name of the table's own.
  private func rows(
    _ field: Field, _ tree: NamedTree, _ values: NamedValues
  ) -> (rows: [[String: Candidate]], paths: Set<Locator>) {
    let names = FieldNames(columns: field.columns)
    var best: (rows: [[String: Candidate]], paths: Set<Locator>, value: Int)?
    for group in tree.groups {
      let isNamed = group.names.contains(LabelKey.of(field.name))
      let rows = group.rows.map { row(field, names, $0, values) }.filter { $0.count > 1 }
      let columns = Set(rows.flatMap(\.keys)).count
      guard columns >= 2, rows.count > 1 || isNamed || columns >= 3 else { continue }
      let value = columns * 100 + min(50, rows.count) + (isNamed ? 200 : 0)
      if value > best?.value ?? 0 { best = (rows, Set(group.rows.joined().map(\.locator)), value) }
    }
    return best.map { ($0.rows, $0.paths) } ?? ([], [])
  }

  private func row(
    _ field: Field, _ names: FieldNames, _ leaves: [NamedTree.Leaf], _ values: NamedValues
  ) -> [String: Candidate] {
    var cells: [String: Candidate] = [:]
    for column in field.columns {
      var best: Candidate?
      for leaf in leaves {
        let weight = names.weight(of: leaf, for: column.name)
        guard weight > 0 else { continue }
        let path = "\(field.name).\(column.name)"
        let found = values.candidates(column, path: path, leaf, score: 1 + 3 * weight, producer).first
        if let found, found.score > best?.score ?? 0 { best = found }
      }
      cells[column.name] = best
    }
    return cells
  }

  // Parties

  /// An element that is called as the party, with what it holds; or leaves that are called as the party and a part.
  private func party(
    _ field: Field, _ names: FieldNames, _ tree: NamedTree, _ leaves: [NamedTree.Leaf], _ values: NamedValues
  ) -> [String: [Candidate]] {
    var parts: [String: [NamedTree.Leaf]] = [:]
    let branch = tree.branches.filter { names.weight(of: $0.names.last ?? "", for: field.name) > 0 }
      .max {
        names.weight(of: $0.names.last ?? "", for: field.name) < names.weight(of: $1.names.last ?? "", for: field.name)
      }
    for leaf in branch?.leaves ?? [] {
      if let part = PartyNames.part(leaf.name) { parts[part, default: []].append(leaf) }
    }
    for leaf in leaves where branch == nil {
      if names.weight(of: leaf.name, for: field.name) > 0 { parts["name", default: []].append(leaf) }
      // `Customer no` is a field of its own where a contract has one.
      let others = names.fields(of: leaf.name).subtracting([field.name])
      for key in names.keys(of: field.name) where others.isEmpty && leaf.name.hasPrefix(key) && leaf.name != key {
        if let part = PartyNames.part(String(leaf.name.dropFirst(key.count))) { parts[part, default: []].append(leaf) }
      }
    }
    var found: [String: [Candidate]] = [:]
    for part in FieldType.party.parts {
      let path = "\(field.name).\(part)"
      guard let first = parts[part]?.first else { continue }
      let pieces = part == "address" ? PartyNames.ordered(parts[part, default: []]) : [first]
      found[path] = [
        Candidate(
          path: path, value: .text(pieces.map(\.text).joined(separator: ", ")),
          raw: pieces.map(\.text).joined(separator: ", "), score: 4, locators: pieces.map(\.locator),
          producer: producer)
      ]
    }
    return found
  }
}

/// Which fields an element's name speaks for, and how strongly.
struct FieldNames {
  private var weights: [String: [String: Double]] = [:]

  init(_ contract: Contract, _ phrases: ContractPhrases) {
    add(contract.fields.filter { $0.type != .rows })
    let identity = contract.identity.filter { $0.count == 1 }.joined()
    guard
      let number = contract.fields.first(where: { $0.type == .id && $0.required })
        ?? contract.fields.first(where: { $0.type == .id && identity.contains($0.name) })
    else { return }
    // `<order id="…">`, `orderId`: what the document is called, and that it is its number.
    for heading in contract.headings.inOrder {
      for word in ContractPhrases.numberWords + ["ID"] { put(LabelKey.of(heading.text) + word, number.name, 0.9) }
    }
    for word in ContractPhrases.numberWords + ["ID"] { put(word, number.name, 0.5) }
  }

  init(columns: [Field]) { add(columns) }

  private mutating func add(_ fields: [Field]) {
    for field in fields {
      put(LabelKey.of(field.name), field.name, 1.2)
      for label in field.labels.inOrder { put(LabelKey.of(label.text), field.name, label.weight) }
    }
    for field in fields {
      // What is said against a field outweighs a word that only resembles it.
      for label in field.notLabels.inOrder where weights[LabelKey.of(label.text)]?[field.name] != 1.2 {
        weights[LabelKey.of(label.text)]?[field.name] = nil
      }
    }
  }

  private mutating func put(_ key: String, _ field: String, _ weight: Double) {
    guard !key.isEmpty else { return }
    weights[key, default: [:]][field] = max(weights[key]?[field] ?? 0, weight)
  }

  func weight(of key: String, for field: String) -> Double { weights[key]?[field] ?? 0 }

  /// Its name with what it belongs to says more than its name alone.
  func weight(of leaf: NamedTree.Leaf, for field: String) -> Double {
    let qualified = weight(of: leaf.qualified, for: field)
    return qualified > 0 ? qualified + 0.1 : weight(of: leaf.name, for: field)
  }

  /// Fields that are called so.
  func fields(of key: String) -> Set<String> { Set(weights[key, default: [:]].filter { $0.value > 0 }.keys) }

  /// What a field is called, the longest first.
  func keys(of field: String) -> [String] {
    weights.filter { $0.value[field] != nil }.keys.sorted { ($0.count, $0) > ($1.count, $1) }
  }
}

/// What the parts of a party are called in data files.
enum PartyNames {
  private static let parts: [String: [String]] = [
    "name": [
      "NAME", "COMPANY", "COMPANYNAME", "LEGALNAME", "FULLNAME", "ORGANISATION", "ORGANIZATION", "FIRMA", "NOM",
    ],
    "tax_id": ["TAXID", "TAXNUMBER", "VATID", "VATNO", "VATNUMBER", "VAT", "USTID", "USTIDNR", "TVA"],
    "id": ["ID", "NUMBER", "NO", "CODE", "ACCOUNTNUMBER", "KUNDENNUMMER", "NUMMER"],
    "country": ["COUNTRY", "COUNTRYCODE", "LAND", "PAYS"],
    "email": ["EMAIL", "EMAILADDRESS", "MAIL"],
    "phone": ["PHONE", "PHONENUMBER", "TELEPHONE", "TEL", "TELEFON"],
  ]
  /// In the order they are written on a letter.
  private static let address = [
    "ADDRESS", "ADDRESSLINE0", "LINE0", "STREET", "STREETNAME", "STRASSE", "RUE", "HOUSENUMBER", "ZIP", "ZIPCODE",
    "POSTCODE", "POSTALCODE", "POSTALZONE", "PLZ", "CITY", "CITYNAME", "TOWN", "ORT", "VILLE", "STATE", "REGION",
  ]

  static func part(_ key: String) -> String? {
    if address.contains(key) { return "address" }
    return parts.first { $0.value.contains(key) }?.key
  }

  static func ordered(_ leaves: [NamedTree.Leaf]) -> [NamedTree.Leaf] {
    leaves.enumerated().sorted {
      (address.firstIndex(of: $0.element.name) ?? 0, $0.offset) < (
        address.firstIndex(of: $1.element.name) ?? 0, $1.offset
      )
    }.map(\.element)
  }
}
