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
  /// Names of countries, by ISO 3166-1 alpha-2 code.
  package var countries: [String: [String]]
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
    /// Regions as they are written before a postcode where the month is written before the day: states of the US.
    case monthFirst = "month_first"
    /// Words that end an address or a name: `tel`, `fax`, `gst`, `reg`.
    case contact
    /// Before a telephone number, but not before a fax's.
    case telephone
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
    /// Numbers in words, in order from `zero`.
    case number
    /// Of lengths of time: `days`, `years`.
    case day, week, month, year
    /// What is printed for true and for false.
    case yes, no
    case customer
    case from, to
    /// In the line above a quoted mail: `wrote`, `schrieb`.
    case wrote
    /// Between dashes above a mail that is answered, and above one that is passed on.
    case originalMessage = "original_message"
    case forwardedMessage = "forwarded_message"
    /// Before the subject of an answer, and of a mail that is passed on: `Re`, `AW`; `Fwd`, `WG`.
    case replyPrefix = "reply_prefix"
    case forwardPrefix = "forward_prefix"
    /// Headers as programs print them above a mail within a mail.
    case mailFrom = "mail_from"
    case mailDate = "mail_date"
    case mailTo = "mail_to"
    case mailSubject = "mail_subject"
    /// What stands above a signature: `Kind regards`.
    case closing
    /// How people address somebody and thank him, and how they ask for something: `hello`; `please`, `could you`.
    case greeting, asking
    /// Before a page's number, and between it and the number of pages: `Seite 2 von 3`.
    case page
    case pageOf = "page_of"
    /// What documents call themselves at their head, and words that stand at their end.
    case heading, ending
    /// Words with a capital in agreements that are nobody's name: `Company`, `Employee`, `Effective Date`.
    case definedTerm = "defined_term"
    /// With which a text speaks of itself: `this` agreement, not that one.
    case own
    /// Before a VAT or tax number: `VAT no`, `Steuernummer`.
    case taxID = "tax_id"
  }

  package init(
    language: String, words: [Kind: [String]], months: [Int: [String]], countries: [String: [String]] = [:],
    digest: ContentDigest
  ) {
    self.language = language
    self.words = words
    self.months = months
    self.countries = countries
    self.digest = digest
  }
}
