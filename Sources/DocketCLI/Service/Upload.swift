import Docket
import DocketConnectors
import DocketStore
import Glibc
import Synchronization

/// One uploaded file on its way into the workspace, and the answer to it.
struct Upload: Sendable {
  let service: ServeService
  let head: HTTPHead
  /// The request's body, in a file.
  let body: String

  private static let longestWait = 60.0

  func answer() async -> HTTPResponse {
    let began = Progress.now
    let document: Document
    do {
      document = try await taken()
    } catch {
      service.queue.release()
      let error = (error as? DocketError) ?? DocketError(.unexpected, "Something unexpected.")
      return .problem(error.code == .badInput ? 400 : error.code == .diskFull ? 507 : 503, error.sentence)
    }
    if document.state == .queued { service.queue.began(document.id) } else { service.queue.release() }
    let wait = head.query["wait"].map { min(max(0, Double($0) ?? 0), 600) } ?? Upload.longestWait
    do {
      guard try await isDone(document, by: began + wait) else { return .accepted(document) }
      let now = try await service.office.store.document(document.id) ?? document
      let response = try await UploadAnswer(office: service.office).response(of: now)
      service.metrics.worked(seconds: Progress.now - began)
      return response
    } catch {
      // The document is safe all the same.
      return .accepted(document)
    }
  }

  /// The bytes are durable, then the document is: as with any source.
  private func taken() async throws -> Document {
    let (path, name, isPart) = try file()
    defer { if isPart { unlink(path) } }
    let kept = try await service.office.blobs.keep(fileAt: path, limit: .max)
    return try await service.office.store.admit(
      NewDocument(
        digest: kept.digest, byteCount: kept.byteCount, name: name, source: "serve", pipeline: service.file.name,
        token: nil, sensitivity: .internal), by: service.office.attribution("serve"))
  }

  /// Where the document's bytes are: the body itself, or a form's file, put aside.
  private func file() throws -> (path: String, name: String, isPart: Bool) {
    let type = head.headers["content-type"] ?? ""
    guard let boundary = MultipartForm.boundary(of: type) else {
      let stated = head.headers["content-disposition"].flatMap { MultipartForm.parameter("filename", of: $0) }
      return (body, Upload.safe(head.query["name"] ?? stated ?? ""), false)
    }
    let bytes = try FileBytes.start(of: body, limit: .max)
    guard let found = MultipartForm.file(in: bytes, boundary: boundary), !found.bytes.isEmpty else {
      throw DocketError(.badInput, "There is no file in the form.")
    }
    let path = "\(body).part"
    try FileBytes.replace(path, with: Array(bytes[found.bytes]))
    return (path, Upload.safe(found.name), true)
  }

  /// A name without folders and control characters.
  static func safe(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    let plain = String(PlainText.oneLine(last).prefix(200))
    return plain.isEmpty ? "upload" : plain
  }

  /// Waits until it and all that came in it have been worked on.
  private func isDone(_ document: Document, by deadline: Double) async throws -> Bool {
    while service.queue.isWaiting(document.id) {
      guard Progress.now < deadline, !service.ends.isRequested else { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
    while true {
      let family = try await UploadAnswer(office: service.office).family(of: document.id)
      if family.allSatisfy({ $0.state != .queued && $0.state != .working }) { return true }
      guard Progress.now < deadline, !service.ends.isRequested else { return false }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

/// What an upload became, as `docket extract --json` prints it: a line for it, and one for each document in it.
struct UploadAnswer: Sendable {
  let office: Office

  /// More are counted, and not told.
  private static let mostDocuments = 1000

  /// A document and those that came in it, in the order of arrival.
  func family(of id: DocumentID) async throws -> [Document] {
    guard let root = try await office.store.document(id) else { return [] }
    var (all, open) = ([root], [root])
    while let parent = open.popLast(), all.count < UploadAnswer.mostDocuments {
      guard parent.state == .expanded || parent.depth == 0 else { continue }
      let children = try await office.store.documents(DocumentQuery(parent: parent.id, limit: 1000))
      all += children
      open += children
    }
    return all.sorted { $0.arrival < $1.arrival }
  }

  func response(of document: Document) async throws -> HTTPResponse {
    // The same bytes came before: what became of them is what is asked for.
    let family = try await family(of: document.duplicateOf ?? document.id)
    var lines: [String] = []
    for member in family { lines.append(try await line(member, in: family[0])) }
    let isFailed = family.count == 1 && family[0].state == .failed
    return HTTPResponse(
      isFailed ? 422 : 200, lines.count == 1 ? "application/json" : "application/x-ndjson",
      lines.joined(separator: "\n") + "\n",
      headers: ["Docket-Document": document.id.hex, "Docket-State": document.state.rawValue])
  }

  private func line(_ document: Document, in root: Document) async throws -> String {
    let work = try await office.store.work(of: document.id)
    var line = ExtractionLine(
      file: root.name, digest: document.digest, part: document.part, outcome: document.errorCode ?? "ok",
      reading: await office.reading(of: document))
    if let stored = try await office.store.record(document.id, version: nil) {
      let classification =
        work?.classification ?? Classification(contract: stored.record.contract, confidence: 1)
      line.understood = .record(
        Understood.Result(classification: classification, record: stored.record, decision: stored.decision))
    } else if let classification = work?.classification {
      line.understood = .unknown(classification)
    }
    return line.json
  }
}

/// What stopped the work last, until it goes on.
final class LastTrouble: Sendable {
  private let kept = Mutex<DocketError?>(nil)
  var value: DocketError? { kept.withLock { $0 } }
  func set(_ error: DocketError?) { kept.withLock { $0 = error } }
}
