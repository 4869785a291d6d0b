/// Remembered documents as bytes, each taken apart only when it is asked for: of a hundred thousand a look-up needs
/// five. Their signatures are in the index.
struct DocumentColumn: Hashable, Sendable {
  /// Where each document's bytes begin, and the end of the last.
  private(set) var starts: [UInt32] = [0]
  private(set) var bytes: [UInt8] = []

  var count: Int { starts.count - 1 }

  /// - Throws: `memory-damaged` where they do not belong together.
  init(starts: [UInt32], bytes: [UInt8]) throws(DocketError) {
    guard starts.first == 0, Int(starts.last ?? 0) == bytes.count,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw MemoryFile.damaged("its documents do not fit together") }
    self.starts = starts
    self.bytes = bytes
  }

  init(_ documents: [RememberedDocument]) {
    var writer = ByteWriter()
    for document in documents {
      writer.put(document)
      starts.append(UInt32(writer.bytes.count))
    }
    bytes = writer.bytes
  }

  /// Nil where its bytes are damaged.
  subscript(place: Int) -> RememberedDocument? {
    var reader = ByteReader(Array(bytes[Int(starts[place])..<Int(starts[place + 1])]))
    return try? reader.takeDocument()
  }
}

extension ByteWriter {
  fileprivate mutating func put(_ document: RememberedDocument) {
    put(document.id)
    put(document.vendor)
    put(document.answeredAt.bitPattern)
    put(document.fields.sorted { $0.key < $1.key }) { writer, entry in
      writer.put(entry.key)
      let (value, place) = (entry.value.value, entry.value.place)
      writer.put(UInt8((value == nil ? 0 : 1) | (entry.value.isAbsent ? 2 : 0) | (place == nil ? 0 : 4)))
      if let value { writer.put(value) }
      guard let place else { return }
      writer.put(place.left)
      writer.put(place.above)
      writer.put(UInt32(clamping: place.fromTop))
      writer.put(UInt32(clamping: place.fromBottom))
      writer.put(place.x.bitPattern)
    }
  }
}

extension ByteReader {
  fileprivate mutating func takeDocument() throws(DocketError) -> RememberedDocument {
    var document = RememberedDocument(
      id: try takeText(), vendor: try takeText(), answeredAt: Double(bitPattern: try take(UInt64.self)),
      signature: .init(terms: [], weights: []), fields: [:])
    let fields = try takeList(smallest: 5) { reader throws(DocketError) in
      let path = try reader.takeText()
      let flags = try reader.take(UInt8.self)
      var field = RememberedDocument.Field(isAbsent: flags & 2 != 0)
      if flags & 1 != 0 { field.value = try reader.takeText() }
      if flags & 4 != 0 { field.place = try reader.takePlace() }
      return (path, field)
    }
    for (path, field) in fields { document.fields[path] = field }
    try finish()
    return document
  }

  private mutating func takePlace() throws(DocketError) -> CandidatePlace {
    CandidatePlace(
      left: try takeText(), above: try takeText(), fromTop: Int(try take(UInt32.self)),
      fromBottom: Int(try take(UInt32.self)), x: Float(bitPattern: try take(UInt32.self)))
  }
}
