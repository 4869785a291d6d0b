/// A document that people answered about, as memory keeps it: its signature, and of each field what was confirmed and
/// where it stood. Amounts and days are not kept, only their places: they do not come again.
package struct RememberedDocument: Hashable, Sendable {
  /// `Lesson.id`: the digest, and which part of the file it is.
  package var id: String
  /// As people call it; empty where no vendor is known.
  package var vendor: String
  /// When it was answered, in seconds since 1970.
  package var answeredAt: Double
  package var signature: DocumentSignature
  /// By leaf path.
  package var fields: [String: Field]

  /// One field's confirmed value.
  package struct Field: Hashable, Sendable {
    /// Nil where it is not kept, or the field is known to be absent.
    package var value: String?
    package var isAbsent: Bool
    /// Nil where it stood nowhere.
    package var place: CandidatePlace?

    package init(value: String? = nil, isAbsent: Bool = false, place: CandidatePlace? = nil) {
      self.value = value
      self.isAbsent = isAbsent
      self.place = place
    }
  }

  package init(
    id: String, vendor: String, answeredAt: Double, signature: DocumentSignature, fields: [String: Field]
  ) {
    self.id = id
    self.vendor = vendor
    self.answeredAt = answeredAt
    self.signature = signature
    self.fields = fields
  }

  /// By which documents of one vendor are found: letters and digits alone.
  package var vendorKey: String { LabelKeyless.compact(vendor) }

  /// Another reading of the same page, or another page of the same file.
  func isOf(_ digest: String) -> Bool { id.hasPrefix(digest) }
}

extension RememberedDocument {
  /// Types whose values come again: names, addresses, codes.
  static func keepsValue(of type: FieldType) -> Bool {
    isText(type)
      || [.id, .reference, .taxID, .iban, .bic, .currency, .email, .phone, .url, .country, .category].contains(type)
  }

  /// Types whose values are read a little wrong now and then, and are known by most of their letters. Codes are not:
  /// one that differs by a digit is another one.
  static func isText(_ type: FieldType) -> Bool { [.text, .person, .address, .party].contains(type) }

  /// Nil where nothing is known of the lesson, or its words tell nothing.
  /// - Parameter answeredAt: in seconds since 1970.
  package init?(_ lesson: Lesson, vendor: String, answeredAt: Double) {
    guard let signature = lesson.extraction.signature, !signature.terms.isEmpty else { return nil }
    var fields: [String: Field] = [:]
    for (path, truth) in lesson.truths {
      let candidates = lesson.extraction.candidates[path] ?? []
      guard !candidates.contains(where: \.isExact) else { continue }
      guard let truth else {
        fields[path] = Field(isAbsent: true)
        continue
      }
      let right = TrueValue.right(among: candidates, truth)
      let place = zip(candidates, right).first { $1 && $0.features != nil }?.0.features?.place
      let isKept = RememberedDocument.keepsValue(of: lesson.contract.leafType(path))
      fields[path] = Field(value: isKept ? String(truth.prefix(Memory.longestValue)) : nil, place: place)
    }
    guard !fields.isEmpty else { return nil }
    self.init(id: lesson.id, vendor: vendor, answeredAt: answeredAt, signature: signature, fields: fields)
  }
}
