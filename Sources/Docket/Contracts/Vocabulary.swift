/// The words for a closed set of values. Read from `Pipelines/vocabularies/<name>.v<version>.yaml`.
package struct Vocabulary: Hashable, Sendable {
  package var name: String
  package var version: Int
  /// In the order written.
  package var values: [Entry]
  package var digest: ContentDigest

  package struct Entry: Hashable, Sendable {
    package var name: String
    /// By language.
    package var labels: [String: [WeightedPhrase]]
    /// By code list: `UNTDID-1001` → `380`.
    package var codes: [String: String]
    package init(name: String, labels: [String: [WeightedPhrase]] = [:], codes: [String: String] = [:]) {
      self.name = name
      self.labels = labels
      self.codes = codes
    }
  }

  package init(name: String, version: Int, values: [Entry], digest: ContentDigest) {
    self.name = name
    self.version = version
    self.values = values
    self.digest = digest
  }
}

/// The words of a language that extraction needs: `Pipelines/words/<lang>.yaml`. A closed list of kinds.
package struct LanguageWords: Hashable, Sendable {
  /// ISO 639-1: `en`.
  package var language: String
  /// Words by kind, as written; compared without case.
  package var words: [Kind: [String]]
  /// Month names and their abbreviations, by month 1 to 12.
  package var months: [Int: [String]]
  package var digest: ContentDigest

  package enum Kind: String, CaseIterable, Sendable {
    /// Common words that tell the language.
    case stop
    /// `GmbH`, `Ltd`, `Sdn Bhd`: ends of company names.
    case legalForm = "legal_form"
    /// Words of trades in shop names: `restaurant`, `hardware`.
    case trade
    case street
    /// Regions, states and large towns in addresses.
    case region
    case country
    /// Words that end an address or a name: `tel`, `fax`, `gst`, `reg`.
    case contact
    /// Titles on documents that are no name: `invoice`, `receipt`, `page`.
    case title
    /// Words of forms that are labels, not values: `date`, `number`, `code`.
    case form
    /// Words of summary rows under a table: `total`, `subtotal`, `vat`.
    case summary
    /// Between a label and its value: `incl`, `of`, `gst`.
    case qualifier
    /// Salutations before a person's name: `herrn`, `attn`.
    case salutation
    /// Before a name in a list of particulars: `Name`, `Firma`.
    case name
    case description, quantity
    case unitPrice = "unit_price"
    case amount
    /// Units of measure next to a quantity: `pcs`, `Stück`.
    case unit
    case cash, change, rounding, version
    /// Numbers in words: `one`, `two` …, in order.
    case number
    case customer
    case from, to
    /// Units of time in lengths of time: `day`, `days`.
    case day, week, month, year
    /// Words with a capital in agreements that are nobody's name: `Company`, `Employee`, `Effective Date`.
    case definedTerm = "defined_term"
    /// Before a VAT or tax number: `VAT no`, `Steuernummer`.
    case taxID = "tax_id"
  }

  package init(
    language: String, words: [Kind: [String]], months: [Int: [String]], digest: ContentDigest
  ) {
    self.language = language
    self.words = words
    self.months = months
    self.digest = digest
  }
}
