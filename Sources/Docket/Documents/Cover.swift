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
    self.init(
      sender: Cover.sender(text), subject: text.headers.first { $0.name == "subject" }?.value ?? "",
      text: String(text.text.prefix(Cover.longestText)))
  }

  /// The address that a mail is from; nil of what is no mail.
  static func sender(of reading: Reading) -> String? {
    guard case .text(let text) = reading.content, reading.isMessage else { return nil }
    return sender(text)
  }

  private static func sender(_ text: TextReading) -> String {
    MailAddresses.address(in: text.headers.first { $0.name == "from" }?.value ?? "")
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
