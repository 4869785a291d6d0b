/// A compound file with streams in nested storages, made by hand: every stream in sectors of its own, 512 bytes each.
struct SampleCompoundFile {
  indirect enum Node {
    case stream(String, [UInt8])
    case storage(String, [Node])
  }

  private struct Entry {
    var name: String
    var kind: UInt8
    var child: Int = -1
    var right: Int = -1
    var start: Int = -2
    var size = 0
  }

  private(set) var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var sectors: [UInt8] = []
  private var chains: [Int] = []

  init(_ nodes: [Node]) {
    entries = [Entry(name: "Root Entry", kind: 5)]
    entries[0].child = add(nodes)
    let directory = sectors.count / 512
    let table = entries.flatMap(SampleCompoundFile.encode)
    append(table)
    let fat = sectors.count / 512
    var numbers = chains + [-3]
    // One sector of the table tells of 128.
    precondition(numbers.count <= 128)
    numbers += Array(repeating: -1, count: 128 - numbers.count)
    sectors += numbers.flatMap { Self.number($0, 4) }
    bytes =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
      + [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0] + [UInt8](repeating: 0, count: 10)
    // Sectors of the table, the directory's first; streams of all sizes lie in sectors: the cutoff is 0.
    bytes += Self.number(1, 4) + Self.number(directory, 4) + Self.number(0, 4) + Self.number(0, 4)
    bytes += Self.number(-2, 4) + Self.number(0, 4) + Self.number(-2, 4) + Self.number(0, 4)
    bytes += Self.number(fat, 4) + [UInt8](repeating: 0xFF, count: 108 * 4)
    bytes += sectors
  }

  static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// - Returns: the first of the siblings, each the right one of the last.
  private mutating func add(_ nodes: [Node]) -> Int {
    var first = -1
    var last = -1
    for node in nodes {
      let place = entries.count
      switch node {
      case .stream(let name, let content):
        entries.append(Entry(name: name, kind: 2, start: sectors.count / 512, size: content.count))
        append(content)
      case .storage(let name, let inner):
        entries.append(Entry(name: name, kind: 1))
        let child = add(inner)
        entries[place].child = child
      }
      if last >= 0 { entries[last].right = place } else { first = place }
      last = place
    }
    return first
  }

  private mutating func append(_ content: [UInt8]) {
    let count = max(1, (content.count + 511) / 512)
    let start = sectors.count / 512
    sectors += content + [UInt8](repeating: 0, count: count * 512 - content.count)
    chains += (0..<count).map { $0 + 1 < count ? start + $0 + 1 : -2 }
  }

  private static func encode(_ entry: Entry) -> [UInt8] {
    let name = Array(entry.name.utf16).flatMap { number(Int($0), 2) }
    return name + [UInt8](repeating: 0, count: 64 - name.count) + number(name.count + 2, 2) + [entry.kind, 1]
      + number(-1, 4) + number(entry.right, 4) + number(entry.child, 4) + [UInt8](repeating: 0, count: 36)
      + number(entry.start, 4) + number(entry.size, 4) + [0, 0, 0, 0]
  }
}

/// A message of Outlook's, by its properties.
enum SampleMessage {
  typealias Node = SampleCompoundFile.Node

  static func text(_ id: Int, _ value: String) -> Node {
    .stream(name(id, 0x1F), Array(value.utf16).flatMap { SampleCompoundFile.number(Int($0), 2) })
  }

  static func binary(_ id: Int, _ value: [UInt8]) -> Node { .stream(name(id, 0x102), value) }

  private static func name(_ id: Int, _ type: Int) -> String {
    func hex(_ number: Int) -> String {
      let digits = String(number, radix: 16, uppercase: true)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "__substg1.0_\(hex(id))\(hex(type))"
  }

  /// - Parameter head: the bytes before the properties: 32, 24 in an embedded message, 8 in what belongs to one.
  static func table(head: Int, _ values: [(id: Int, type: Int, value: Int)] = []) -> Node {
    .stream(
      "__properties_version1.0",
      [UInt8](repeating: 0, count: head)
        + values.flatMap { property in
          SampleCompoundFile.number(property.type, 2) + SampleCompoundFile.number(property.id, 2) + [6, 0, 0, 0]
            + SampleCompoundFile.number(property.value, 8)
        })
  }
}
