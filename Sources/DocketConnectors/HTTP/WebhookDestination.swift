package import Docket

/// A web server that gets each record as a signed message, after https://www.standardwebhooks.com.
///
///     shop: { webhook: { url: "https://shop.example.org/orders", secret: env:SHOP_SECRET, ca: shop-ca.pem } }
///
/// The body is `{"type": "record.deliver", "data": {…}}` (or `record.retract`), `data` the record, or what a mapping
/// makes of it. `webhook-id` is the delivery's key: the receiver has its effect once for each, since after a crash, or
/// an answer that got lost, a message comes again. An answer of 2xx is a receipt; 408, 425, 429 and 5xx, and no answer,
/// are tried again, not before the time that `Retry-After` names; 3xx and other 4xx are not.
package actor WebhookDestination: Destination {
  package nonisolated let name: String
  private let settings: Settings
  private let now: @Sendable () -> Double

  package struct Settings: Sendable {
    /// A URL, or where it stands (`env:NAME`).
    package var url: String
    /// Where the secrets stand; several while one takes another's place.
    package var secrets: [String] = []
    /// Where a token for the header `Authorization` stands.
    package var token: String?
    package var trusted: String?
    package var certificate: String?
    package var key: String?
    package var seconds: Double = 30
    /// Relative paths start here.
    package var workspace = "."
    package init(url: String) { self.url = url }
  }

  package init(
    name: String, settings: Settings, now: @escaping @Sendable () -> Double = FolderClocks.systemDay
  ) {
    self.name = name
    self.settings = settings
    self.now = now
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt { try await send(delivery) }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt { try await send(delivery) }

  private func send(_ delivery: Delivery) async throws(DocketError) -> Receipt {
    let body = Array("{\"type\":\"\(delivery.type)\",\"data\":\(delivery.payload)}".utf8)
    var call = HTTPCall(url: try secret(settings.url), body: body)
    let place = try WebhookDestination.server(of: call.url, name: name)
    let signature = try WebhookSignature(secrets: try settings.secrets.map(secret))
    call.headers = [("content-type", "application/json")]
    call.headers += signature.headers(id: delivery.key, at: Int(now()), body: body)
    if let token = settings.token { call.headers.append(("authorization", "Bearer \(try secret(token))")) }
    call.trusted = settings.trusted.map { path($0) }
    call.certificate = settings.certificate.map { path($0) }
    call.key = settings.key.map { path($0) }
    call.seconds = settings.seconds
    switch try await call.post() {
    case .success(let answer) where (200..<300).contains(answer.status):
      return Receipt(key: delivery.key, place: place)
    case .success(let answer): throw WebhookDestination.refusal(answer, at: place)
    case .failure(let failure):
      var error = DocketError(
        failure.isOurs ? .destinationRefused : .destinationUnavailable,
        "The web server \(place) did not take the record: \(failure.meaning).", cause: "libcurl \(failure.code)")
      error.isAway = !failure.isOurs
      throw error
    }
  }

  private static func refusal(_ answer: HTTPCall.Answer, at place: String) -> DocketError {
    if answer.status >= 500 || [408, 425, 429].contains(answer.status) {
      var error = DocketError(
        .destinationUnavailable, "The web server \(place) answers \(answer.status) and takes nothing just now.")
      error.retryAfter = answer.retryAfter.map { min($0, 86_400) }
      error.isAway = [429, 503].contains(answer.status)
      return error
    }
    let hint: String? =
      switch answer.status {
      case 300..<400: "It sends elsewhere, which is not followed: write the address it names into the pipeline."
      case 401, 403: "It does not know us: look at `secret`, `token` and `certificate`, then `docket failed replay`."
      case 404, 410: "Nothing stands there (any more): look at `url`, then `docket failed replay`."
      default: nil
      }
    return DocketError(
      .destinationRefused, "The web server \(place) does not take the record: it answers \(answer.status).", hint: hint)
  }

  /// Scheme, host and port: what stands in a URL besides may be a secret.
  private static func server(of url: String, name: String) throws(DocketError) -> String {
    let lower = url.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else {
      throw DocketError(.badConfiguration, "The `url` of the destination `\(name)` is none of http or https.")
    }
    let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    return "`\(scheme)\(authority.split(separator: "@").last.map(String.init) ?? "")`"
  }

  private func secret(_ text: String) throws(DocketError) -> String {
    guard text.hasPrefix("env:") || text.hasPrefix("file:") else { return text }
    return try Secret(reference: text, workspace: settings.workspace).value()
  }

  private func path(_ text: String) -> String { place(text, in: settings.workspace) }
}

extension WebhookDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "webhook", summary: "A web server that gets each record as a signed message (Standard Webhooks).",
    settings: [
      .init("url", "Where to; http or https. May be `env:NAME` or `file:PATH`.", isRequired: true),
      .init("secret", "Where the signing secret stands, `env:NAME` or `file:PATH`; two while one replaces another."),
      .init("token", "Where a token for the header `Authorization` stands."),
      .init("ca", "A PEM file of certificates to trust instead of the system's."),
      .init("certificate", "A PEM file with a certificate of our own, for servers that ask for one."),
      .init("key", "A PEM file with that certificate's key."),
      .init("timeout", "How long to wait for an answer: 30s unless given."),
    ],
    example: "shop: { webhook: { url: \"https://shop.example.org/orders\", secret: env:SHOP_SECRET } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    var settings = Settings(url: entry.settings["url", default: ""])
    settings.secrets = entry.lists["secret", default: []]
    settings.token = entry.settings["token"]
    settings.trusted = entry.settings["ca"]
    settings.certificate = entry.settings["certificate"]
    settings.key = entry.settings["key"]
    settings.seconds = Double(entry.settings["timeout"].flatMap(DurationWord.seconds) ?? 30)
    settings.workspace = workspace
    self.init(name: entry.name, settings: settings)
  }
}
