/// An artifact that the store keeps as JSON and gets back exactly. The store's form, no promise to others.
package protocol StoredAsJSON {
  func write(to json: inout JSONWriter)
  init(_ json: JSONValue) throws(JSONMistake)
}

extension StoredAsJSON {
  /// One line; the same artifact always gives the same bytes.
  package var storedJSON: String {
    var json = JSONWriter()
    write(to: &json)
    return json.text
  }

  /// - Throws: `store-damaged`.
  package init(storedJSON text: String) throws(DocketError) {
    do throws(JSONMistake) {
      self = try Self(JSONValue(parsing: text))
    } catch {
      throw DocketError(.storeDamaged, "An artifact in the store cannot be read.", cause: "\(Self.self): \(error.what)")
    }
  }
}

extension JSONWriter {
  package mutating func element(_ value: some StoredAsJSON) { value.write(to: &self) }

  package mutating func member(_ name: String, _ value: (some StoredAsJSON)?) {
    key(name)
    if let value { value.write(to: &self) } else { null() }
  }

  package mutating func member(_ name: String, _ values: [some StoredAsJSON]) {
    memberArray(name) { json in for value in values { value.write(to: &json) } }
  }

  package mutating func member(_ name: String, texts: [String]) {
    memberArray(name) { json in for text in texts { json.string(text) } }
  }

  /// In the order of the keys.
  package mutating func member(_ name: String, byName values: [String: some StoredAsJSON]) {
    memberObject(name) { json in
      for (key, value) in values.sorted(by: { $0.key < $1.key }) { json.member(key, value) }
    }
  }

  /// The shortest text that is read back as the same number; what is no number is null.
  package mutating func member(_ name: String, exact value: Double?) {
    key(name)
    number(exact: value)
  }

  package mutating func number(exact value: Double?) {
    guard let value, value.isFinite else { return null() }
    let text = value.description
    raw(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
}

extension Finding: StoredAsJSON {
  package func write(to json: inout JSONWriter) { json.write(self) }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(
      try json["code"].string, try json["level"].word(Level.self), try json["message"].string,
      field: try json["field"].optional { json throws(JSONMistake) in try json.string })
  }
}

extension ContractReference: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("version", version)
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    self.init(name: try json["name"].string, version: try json["version"].integer)
  }
}

extension Value: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .text(let text): json.member("text", text)
      case .date(let date): json.member("date", date.description)
      case .boolean(let truth): json.member("boolean", truth)
      case .decimal(let number):
        json.memberArray("decimal") { json in
          json.number(Int(number.units))
          json.number(number.scale)
        }
      }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    guard let (kind, value) = try json.members.first else { throw JSONMistake("a value is missing") }
    switch kind {
    case "text": self = .text(try value.string)
    case "boolean": self = .boolean(try value.boolean)
    case "date":
      guard let date = CalendarDate(iso: try value.string) else { throw JSONMistake("a date is malformed") }
      self = .date(date)
    case "decimal":
      let parts = try value.array
      guard parts.count == 2, (0...9).contains(try parts[1].integer) else {
        throw JSONMistake("a decimal is malformed")
      }
      self = .decimal(DecimalNumber(units: Int64(try parts[0].integer), scale: try parts[1].integer))
    default: throw JSONMistake("a value's kind is not known")
    }
  }
}

extension Locator: StoredAsJSON {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .region(let region):
        json.member("page", region.page)
        json.memberArray("box") { json in
          for side in [region.x, region.y, region.width, region.height] { json.number(exact: side) }
        }
      case .path(let path): json.member("path", path)
      case .cell(let sheet, let row, let column):
        json.memberArray("cell") { json in for number in [sheet, row, column] { json.number(number) } }
      case .span(let range):
        json.memberArray("span") { json in for end in [range.lowerBound, range.upperBound] { json.number(end) } }
      case .header(let name, let ordinal):
        json.member("header", name)
        json.member("ordinal", ordinal)
      case .person(let person): json.member("person", person)
      case .check(let code): json.member("check", code)
      }
    }
  }

  package init(_ json: JSONValue) throws(JSONMistake) {
    if !json["page"].isNull {
      let box = try json["box"].list { side throws(JSONMistake) in try side.double }
      guard box.count == 4 else { throw JSONMistake("a box has four sides") }
      let page = try json["page"].integer
      self = .region(Region(page: page, x: box[0], y: box[1], width: box[2], height: box[3]))
    } else if !json["path"].isNull {
      self = .path(try json["path"].string)
    } else if !json["cell"].isNull {
      let cell = try json["cell"].list { number throws(JSONMistake) in try number.integer }
      guard cell.count == 3 else { throw JSONMistake("a cell has sheet, row and column") }
      self = .cell(sheet: cell[0], row: cell[1], column: cell[2])
    } else if !json["span"].isNull {
      let ends = try json["span"].list { number throws(JSONMistake) in try number.integer }
      guard ends.count == 2, ends[0] <= ends[1] else { throw JSONMistake("a span has two ends") }
      self = .span(ends[0]..<ends[1])
    } else if !json["header"].isNull {
      self = .header(try json["header"].string, ordinal: try json["ordinal"].integer)
    } else if !json["person"].isNull {
      self = .person(try json["person"].string)
    } else {
      self = .check(try json["check"].string)
    }
  }
}
