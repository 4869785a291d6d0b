package import Docket

/// What a backup holds: a line a thing, and at the end the digest of all lines before, so that a manifest that was cut
/// off or changed is known.
package struct BackupManifest: Hashable, Sendable {
  package static let format = "docket/backup/1"

  /// What the backup is called in its folder: the time it was begun, `20261128T161500Z`.
  package var name: String
  /// Seconds since 1970.
  package var madeAt: Double
  package var program: String
  package var schema: Int
  package var documents: Int
  /// The seal over all events at that time.
  package var checkpoint: Checkpoint
  package var store: Part
  /// By path below the workspace.
  package var files: [String: Part] = [:]
  package var originals: [Part] = []
  package var readings: [Part] = []

  /// Some bytes: known by their digest, a reading by its key.
  package struct Part: Hashable, Sendable {
    package var digest: ContentDigest
    package var byteCount: Int
  }

  package var byteCount: Int {
    store.byteCount + (originals + readings + files.values).reduce(0) { $0 + $1.byteCount }
  }

  var text: String {
    var head = JSONWriter()
    head.object { json in
      json.member("format", BackupManifest.format)
      json.member("name", name)
      json.member("made_at", madeAt, digits: 3)
      json.member("program", program)
      json.member("schema", schema)
      json.member("documents", documents)
      json.member("checkpoint", checkpoint.description)
    }
    var lines = [head.text, BackupManifest.line("store", store)]
    lines += files.sorted { $0.key < $1.key }.map { BackupManifest.line("file", $1, path: $0) }
    lines += originals.map { BackupManifest.line("original", $0) }
    lines += readings.map { BackupManifest.line("reading", $0) }
    let body = lines.joined(separator: "\n") + "\n"
    var end = JSONWriter()
    end.object { json in
      json.member("kind", "end")
      json.member("sha256", ContentDigest(of: body).hex)
    }
    return body + end.text + "\n"
  }

  private static func line(_ kind: String, _ part: Part, path: String? = nil) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("kind", kind)
      json.member("path", path)
      json.member("sha256", part.digest.hex)
      json.member("bytes", part.byteCount)
    }
    return json.text
  }
}

extension BackupManifest {
  /// - Throws: `backup-damaged`.
  init(text: String) throws(DocketError) {
    do throws(JSONMistake) { self = try BackupManifest.read(text) } catch {
      throw DocketError(
        .backupDamaged, "The list of what the backup holds is not what was written.", cause: error.what)
    }
  }

  private static func read(_ text: String) throws(JSONMistake) -> BackupManifest {
    var lines = text.split(separator: "\n").map(String.init)
    guard lines.count > 2 else { throw JSONMistake("lines are missing") }
    let end = try JSONValue(parsing: lines.removeLast())
    let seal = ContentDigest(of: lines.joined(separator: "\n") + "\n")
    guard try end["kind"].string == "end", try end["sha256"].string == seal.hex else {
      throw JSONMistake("its digest is another")
    }
    let head = try JSONValue(parsing: lines.removeFirst())
    let store = try JSONValue(parsing: lines.removeFirst())
    guard try head["format"].string == format, try store["kind"].string == "store" else {
      throw JSONMistake("its beginning is another")
    }
    var made = BackupManifest(
      name: try head["name"].string, madeAt: try head["made_at"].double, program: try head["program"].string,
      schema: try head["schema"].integer, documents: try head["documents"].integer,
      checkpoint: Checkpoint(try head["checkpoint"].string) ?? Checkpoint(sequence: 0, seal: ""),
      store: try Part(store))
    for line in lines {
      let entry = try JSONValue(parsing: line)
      switch try entry["kind"].string {
      case "file": made.files[try entry["path"].string] = try Part(entry)
      case "original": made.originals.append(try Part(entry))
      case "reading": made.readings.append(try Part(entry))
      default: throw JSONMistake("it holds something unknown")
      }
    }
    return made
  }
}

extension BackupManifest.Part {
  fileprivate init(_ entry: JSONValue) throws(JSONMistake) {
    guard let digest = ContentDigest(hex: try entry["sha256"].string) else { throw JSONMistake("a digest is none") }
    self.init(digest: digest, byteCount: try entry["bytes"].integer)
  }
}
