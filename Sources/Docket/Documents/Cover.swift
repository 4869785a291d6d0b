/// The mail that a document came in, as far as it helps to understand the document.
package struct Cover: Hashable, Sendable {
  /// The address alone: `anna@mill.example`; empty where the mail has none.
  package var sender: String
  package var subject: String
  /// The mail's text, its beginning.
  package var text: String

  /// In characters.
  package static let longestText = 20_000

  package init(sender: String, subject: String, text: String) {
    self.sender = sender
    self.subject = subject
    self.text = text
  }

  /// Nil of what is no mail.
  package init?(_ reading: Reading) {
    guard case .text(let text) = reading.content, reading.isMessage else { return nil }
    func header(_ name: String) -> String { text.headers.first { $0.name == name }?.value ?? "" }
    self.init(
      sender: MailAddresses.address(in: header("from")), subject: header("subject"),
      text: String(text.text.prefix(Cover.longestText)))
  }

  /// The nearest mail that a document lies in, however deep; nil where it came in none.
  ///
  /// - Throws: what the store throws; a reading that is gone counts as no mail.
  package static func of(
    _ document: Document, _ store: any Store, _ blobs: any BlobStore
  ) async throws(DocketError) -> Cover? {
    var parent = document.parent
    while let id = parent {
      if let key = try await store.work(of: id)?.reading, let reading = try? await blobs.reading(key),
        let cover = Cover(reading)
      {
        return cover
      }
      parent = try await store.document(id)?.parent
    }
    return nil
  }
}
