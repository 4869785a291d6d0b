package import Docket

/// The headers of https://www.standardwebhooks.com: who has the secret can tell that a message is ours, whole and new.
package struct WebhookSignature: Sendable {
  private let keys: [[UInt8]]

  /// - Parameter secrets: Base64, with or without `whsec_` in front, of 24 bytes or more. While one takes another's
  ///   place both sign.
  /// - Throws: `secret-missing` where one is none such.
  package init(secrets: [String]) throws(DocketError) {
    keys = try secrets.map { (secret) throws(DocketError) in
      let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
      guard let key = Base64.decode(text), key.count >= 24 else {
        throw DocketError(
          .secretMissing, "A webhook's secret is not Base64 of 24 bytes or more.",
          hint: "Make one with `echo whsec_$(openssl rand -base64 32)` and give it to the receiver, too.")
      }
      return key
    }
  }

  /// - Parameter at: seconds since 1970.
  package func headers(id: String, at seconds: Int, body: [UInt8]) -> [(name: String, value: String)] {
    var headers = [("webhook-id", id), ("webhook-timestamp", String(seconds))]
    if !keys.isEmpty {
      let message = Array("\(id).\(seconds).".utf8) + body
      let seals = keys.map { "v1,\(Base64.encode(KeyedDigest.sha256(key: $0, message: message)))" }
      headers.append(("webhook-signature", seals.joined(separator: " ")))
    }
    return headers.map { (name: $0.0, value: $0.1) }
  }
}
