import CCurl
import Docket

/// One request by HTTP or HTTPS. Redirects are not followed: what was meant for one place goes to no other.
struct HTTPCall: Sendable {
  var url: String
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// Files: certificates to trust instead of the system's; a certificate of our own and its key.
  var trusted: String?
  var certificate: String?
  var key: String?
  var seconds: Double = 30

  /// What came back. The body is read and forgotten.
  struct Answer: Hashable, Sendable {
    var status: Int
    /// Seconds to wait, where the answer says so.
    var retryAfter: Double?
  }

  /// What went wrong before there was an answer.
  struct Failure: Error, Hashable, Sendable {
    var code: Int
    /// libcurl's words for the code; they never quote what was sent.
    var meaning: String
    /// The request itself cannot be: no trying again will help.
    var isOurs: Bool { [1, 3, 4].contains(code) }
  }

  /// On a thread of its own.
  /// - Throws: `missing-dependency` where libcurl is not there.
  func post() async throws(DocketError) -> Result<Answer, Failure> {
    guard CurlLibrary.functions != nil else {
      throw DocketError(.missingDependency, "The library `libcurl.so.4` is not installed.")
    }
    return await withCheckedContinuation { done in
      BlockingWork.start {
        let handle = CurlLibrary.functions.flatMap(CurlHandle.init)
        done.resume(returning: handle?.post(self) ?? .failure(.init(code: 27, meaning: "Out of memory")))
      }
    }
  }
}

/// libcurl, opened when it is first needed and kept.
package enum CurlLibrary {
  /// Pointers to functions, which never change once they are found.
  nonisolated(unsafe) fileprivate static let functions: docket_curl? = {
    var functions = docket_curl()
    return docket_curl_open(&functions) == 1 ? functions : nil
  }()

  /// `libcurl/7.88.1 OpenSSL/3.0.17 …`; nil where it is not installed.
  package static var version: String? {
    guard var functions else { return nil }
    return String(cString: docket_curl_version(&functions))
  }
}

/// One libcurl handle, from its making to its end; used by one thread.
private final class CurlHandle {
  private var curl: docket_curl
  private let handle: UnsafeMutableRawPointer
  private var list: UnsafeMutableRawPointer?

  init?(_ functions: docket_curl) {
    curl = functions
    guard let handle = docket_curl_new(&curl) else { return nil }
    self.handle = handle
  }

  deinit {
    if let list { docket_curl_list_end(&curl, list) }
    docket_curl_end(&curl, handle)
  }

  /// libcurl's numbers for what is set and asked.
  private enum Option {
    static let url: Int32 = 10_002
    static let body: Int32 = 10_015
    static let userAgent: Int32 = 10_018
    static let headers: Int32 = 10_023
    static let certificate: Int32 = 10_025
    static let trusted: Int32 = 10_065
    static let key: Int32 = 10_087
    static let bodySize: Int32 = 30_120
    static let leastTLS: Int32 = 32
    static let noSignals: Int32 = 99
    static let milliseconds: Int32 = 155
    static let connectMilliseconds: Int32 = 156
    static let protocols: Int32 = 181
    static let status: Int32 = 0x20_0002
    static let retryAfter: Int32 = 0x60_0039
  }

  func post(_ call: HTTPCall) -> Result<HTTPCall.Answer, HTTPCall.Failure> {
    set(Option.url, call.url)
    // HTTP and HTTPS alone, TLS 1.2 at least; a header `Expect` would cost a second with servers that do not know it.
    set(Option.protocols, 3)
    set(Option.leastTLS, 6)
    set(Option.noSignals, 1)
    set(Option.milliseconds, Int(call.seconds * 1000))
    set(Option.connectMilliseconds, Int(min(call.seconds, 10) * 1000))
    set(Option.userAgent, "docket")
    for (option, file) in [
      (Option.trusted, call.trusted), (Option.certificate, call.certificate), (Option.key, call.key),
    ] {
      if let file { set(option, file) }
    }
    for line in call.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
      list = docket_curl_list(&curl, list, line)
    }
    docket_curl_set_pointer(&curl, handle, Option.headers, list)
    docket_curl_forget_answer(&curl, handle)
    docket_curl_set_offset(&curl, handle, Option.bodySize, Int64(call.body.count))
    let code = call.body.withUnsafeBufferPointer { bytes in
      // Not copied: it must stay where it is until the request is over.
      docket_curl_set_pointer(&curl, handle, Option.body, bytes.baseAddress)
      return docket_curl_perform(&curl, handle)
    }
    guard code == 0 else {
      return .failure(.init(code: Int(code), meaning: String(cString: docket_curl_meaning(&curl, code))))
    }
    var status = 0
    var wait: Int64 = 0
    docket_curl_get_long(&curl, handle, Option.status, &status)
    docket_curl_get_offset(&curl, handle, Option.retryAfter, &wait)
    return .success(.init(status: status, retryAfter: wait > 0 ? Double(wait) : nil))
  }

  private func set(_ option: Int32, _ number: Int) { docket_curl_set_long(&curl, handle, option, number) }
  private func set(_ option: Int32, _ text: String) { docket_curl_set_text(&curl, handle, option, text) }
}
