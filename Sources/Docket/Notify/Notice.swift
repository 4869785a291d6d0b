/// Who is told of what happens in a pipeline, and how often at most.
package struct NotifyEntry: Hashable, Sendable {
  /// How: a `command` or a `webhook`, as for records.
  package var channel: PipelineFile.DestinationEntry
  package var events: [NoticeEvent]
  /// What happens within so many seconds is one notice.
  package var everySeconds: Int
  /// How long a source may say nothing before that is an event.
  package var quietSeconds: Int?

  package var name: String { channel.name }

  package init(
    channel: PipelineFile.DestinationEntry, events: [NoticeEvent], everySeconds: Int = 600, quietSeconds: Int? = nil
  ) {
    self.channel = channel
    self.events = events
    self.everySeconds = everySeconds
    self.quietSeconds = quietSeconds
  }
}

package enum NoticeEvent: String, CaseIterable, Sendable {
  case arrived, delivered, review, failed, undelivered, promise
  /// A source fell silent.
  case quiet

  /// Nil for what nobody is told of.
  init?(_ event: Event) {
    switch event.kind {
    case .arrived where event.detail.isEmpty: self = .arrived
    case .delivered: self = .delivered
    case .undelivered: self = .undelivered
    case .failed: self = .failed
    case .finished where event.detail == DocumentState.review.rawValue: self = .review
    case .proven: self = .promise
    default: return nil
    }
  }
}

/// What is still to be told to one address, and how far the events were looked at.
package struct NoticeState: Hashable, Sendable {
  package var sequence: Int
  /// Seconds since 1970.
  package var sentAt: Double
  package var counts: [NoticeEvent: Int] = [:]
  /// Ids of documents that it is about, the first of them.
  package var documents: [String] = []
  /// When something came last, by source.
  package var arrivals: [String: Double] = [:]
  /// Sources that were said to be silent.
  package var silent: Set<String> = []
  /// When the first look was taken: a source that never brought anything is silent since then.
  package var beganAt: Double

  package init(sequence: Int, beganAt: Double) {
    self.sequence = sequence
    self.beganAt = beganAt
    sentAt = 0
  }

  static let mostDocuments = 20

  /// `docket/notice/1`: counts, ids, sources; never a name or a value of a document.
  func json(pipeline: String, entry: NotifyEntry, at time: Double) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("at", Int(time))
      json.member("documents", texts: documents)
      json.memberObject("events") { json in
        for event in NoticeEvent.allCases { if let count = counts[event] { json.member(event.rawValue, count) } }
      }
      json.member("notice", entry.name)
      json.member("pipeline", pipeline)
      json.member("schema", "docket/notice/1")
      json.member("silent", texts: silent.sorted())
    }
    return json.text
  }
}

extension NoticeState: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("sequence", sequence)
      json.member("sent_at", exact: sentAt)
      json.member("began_at", exact: beganAt)
      json.memberObject("counts") { json in
        for event in NoticeEvent.allCases { if let count = counts[event] { json.member(event.rawValue, count) } }
      }
      json.member("documents", texts: documents)
      json.memberObject("arrivals") { json in
        for (source, time) in arrivals.sorted(by: { $0.key < $1.key }) { json.member(source, exact: time) }
      }
      json.member("silent", texts: silent.sorted())
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(sequence: try json["sequence"].integer, beganAt: try json["began_at"].double)
    sentAt = try json["sent_at"].double
    for (name, count) in try json["counts"].members {
      if let event = NoticeEvent(rawValue: name) { counts[event] = try count.integer }
    }
    documents = try json["documents"].list { text throws(JSONMistake) in try text.string }
    arrivals = try json["arrivals"].dictionary { time throws(JSONMistake) in try time.double }
    silent = Set(try json["silent"].list { text throws(JSONMistake) in try text.string })
  }
}
