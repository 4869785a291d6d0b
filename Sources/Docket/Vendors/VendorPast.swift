/// What is asked about a vendor: whether a field of his had these values before.
package struct VendorQuestion: Hashable, Sendable {
  /// As in his habits; the first by which anything of the field is known counts.
  package var keys: [String]
  package var path: String
  package var values: [String]
  /// What came of this document does not count.
  package var document: DocumentID
  /// Nor what was settled after this run had begun, so that the answer does not depend on which of a batch's documents
  /// is finished first; nil: all counts.
  package var run: String?

  package init(keys: [String], path: String, values: [String], document: DocumentID, run: String? = nil) {
    self.keys = keys
    self.path = path
    self.values = values
    self.document = document
    self.run = run
  }
}

/// A value that a vendor had in a record that was delivered, or that a person accepted.
package struct KnownValue: Hashable, Sendable {
  package var value: String
  /// When the first record with it was settled, in seconds since 1970.
  package var since: Double
  package init(value: String, since: Double) {
    self.value = value
    self.since = since
  }
}

/// What a vendor had before.
package struct VendorPast: Hashable, Sendable {
  /// Of the record that was settled last; nil: nothing is known.
  package var newest: KnownValue?
  /// Which of the values that were asked about are known, in their order.
  package var known: [KnownValue]

  package static let none = VendorPast(newest: nil, known: [])
  package init(newest: KnownValue?, known: [KnownValue]) {
    self.newest = newest
    self.known = known
  }

  /// What is put on a record before it is decided on; never what the value is.
  func finding(on entry: VendorHabits.Entry) -> Finding {
    guard let newest else {
      return Finding(
        Finding.firstOfVendor, .note, "It is the first `\(entry.path)` that is known of this vendor.",
        field: entry.path)
    }
    guard entry.values.allSatisfy({ value in known.contains { $0.value == value } }) else {
      let day = CalendarDate.text(epoch: newest.since)
      return Finding(
        Finding.otherOfVendor, .note, "The vendor had another one before, since \(day).", field: entry.path)
    }
    let since = known.map(\.since).max() ?? newest.since
    return Finding(
      Finding.sameOfVendor, .note, "The vendor had the same before, since \(CalendarDate.text(epoch: since)).",
      field: entry.path)
  }
}

extension Finding {
  static let firstOfVendor = "first-of-vendor"
  static let otherOfVendor = "changed"
  static let sameOfVendor = "as-before"
  /// The vendor had other values of the field.
  package var isOtherOfVendor: Bool { code == Finding.otherOfVendor }
  /// What was known of its vendor when a record was decided on.
  package var isOfVendor: Bool { [Finding.firstOfVendor, Finding.otherOfVendor, Finding.sameOfVendor].contains(code) }
}

extension CalendarDate {
  /// The day in Greenwich, by the rule of Howard Hinnant's `civil_from_days`: years begin in March. Empty beyond the
  /// calendar.
  package static func text(epoch seconds: Double) -> String {
    guard abs(seconds) < 250_000_000_000 else { return "" }
    let days = Int((seconds / 86_400).rounded(.down)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let day = ofYear - (153 * shifted + 2) / 5 + 1
    return CalendarDate(year: year, month: month, day: day)?.description ?? ""
  }
}
