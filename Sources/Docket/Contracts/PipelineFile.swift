/// From where, as what, to where: `pipelines/<name>.yaml`.
package struct PipelineFile: Hashable, Sendable {
  package var name: String
  package var summary: String
  /// In the order written.
  package var sources: [SourceEntry]
  /// Contracts it accepts, by name; the newest version unless `name@1`.
  package var accepts: [String]
  package var policy: String
  package var routes: [Route]
  package var destinations: [DestinationEntry]
  /// In the order written.
  package var lookUps: [LookUpEntry]
  package var notifications: [NotifyEntry]
  package var limits: ReadLimits
  package var schedule: String?
  package var retention: [String: String]
  package var digest: ContentDigest

  package struct SourceEntry: Hashable, Sendable {
    package var name: String
    /// `folder`.
    package var kind: String
    /// As written, by setting: `path`, `settle`, `then`.
    package var settings: [String: String]
    package var sensitivity: Sensitivity
    /// Tesseract's names; empty: the workspace's.
    package var languages: [String]
    package var dates: DateOrder?
    /// Which readers read its pictures; nil: the workspace's setting.
    package var ocr: ReadingMode?
    /// Folders in it that are sources of their own: `scanner/acme`.
    package var subfolders: [Subfolder] = []
    /// What every document from here is; nil: found out.
    package var contract: String?
    /// Whose documents these are, as if they had come in a mail from this address.
    package var sender: String?

    /// What is known of the files of a folder below the source's own.
    package struct Subfolder: Hashable, Sendable {
      package var name: String
      package var contract: String?
      package var sender: String?
      package init(name: String, contract: String? = nil, sender: String? = nil) {
        self.name = name
        self.contract = contract
        self.sender = sender
      }
    }

    package init(
      name: String, kind: String, settings: [String: String], sensitivity: Sensitivity = .internal,
      languages: [String] = [], dates: DateOrder? = nil
    ) {
      self.name = name
      self.kind = kind
      self.settings = settings
      self.sensitivity = sensitivity
      self.languages = languages
      self.dates = dates
    }
  }

  package struct DestinationEntry: Hashable, Sendable {
    package var name: String
    /// `jsonl`, `folder`, `csv`.
    package var kind: String
    package var settings: [String: String]
    /// Settings that are lists, in the order written: `run`, `secret`.
    package var lists: [String: [String]]
    /// Field paths that make a name, for `folder`.
    package var nameFields: [String]
    package var mapping: String?
    package init(
      name: String, kind: String, settings: [String: String], lists: [String: [String]] = [:],
      nameFields: [String] = [], mapping: String? = nil
    ) {
      self.name = name
      self.kind = kind
      self.settings = settings
      self.lists = lists
      self.nameFields = nameFields
      self.mapping = mapping
    }
  }

  /// The first whose condition holds says where a record goes; none: review.
  package struct Route: Hashable, Sendable {
    package var when: Condition
    package var deliver: [String]
    package var approve: String?
    package var review: Bool
    package var reject: Bool
    package var notify: [String]
    package init(
      when: Condition, deliver: [String] = [], approve: String? = nil, review: Bool = false, reject: Bool = false,
      notify: [String] = []
    ) {
      self.when = when
      self.deliver = deliver
      self.approve = approve
      self.review = review
      self.reject = reject
      self.notify = notify
    }
  }

  package init(
    name: String, summary: String, sources: [SourceEntry], accepts: [String], policy: String, routes: [Route],
    destinations: [DestinationEntry], lookUps: [LookUpEntry] = [], notifications: [NotifyEntry] = [],
    limits: ReadLimits = .init(), schedule: String? = nil,
    retention: [String: String] = [:], digest: ContentDigest
  ) {
    self.name = name
    self.summary = summary
    self.sources = sources
    self.accepts = accepts
    self.policy = policy
    self.routes = routes
    self.destinations = destinations
    self.lookUps = lookUps
    self.notifications = notifications
    self.limits = limits
    self.schedule = schedule
    self.retention = retention
    self.digest = digest
  }
}

/// The order in which a document writes day, month and year.
package enum DateOrder: String, CaseIterable, Sendable { case dmy, mdy, ymd }

/// A closed list of what may be asked of a record: no expressions.
package indirect enum Condition: Hashable, Sendable {
  case contract([String])
  case source([String])
  case sender([String])
  case field(String, Comparison)
  /// A failed check, by its code.
  case check(String)
  case quality(String)
  case sensitivity([String])
  case language([String])
  case pages(above: Int?, below: Int?)
  case all([Condition])
  case any([Condition])
  case not(Condition)

  package enum Comparison: Hashable, Sendable {
    case equals(String)
    case oneOf([String])
    case above(DecimalNumber, currency: String?)
    case below(DecimalNumber, currency: String?)
    case before(CalendarDate)
    case after(CalendarDate)
    case missing
    case changed
  }
}
