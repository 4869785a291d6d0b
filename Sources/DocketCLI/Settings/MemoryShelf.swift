import Docket

/// A workspace's memory: snapshots as files, `memory/<number>.facts`, and which of them holds, the last line of
/// `memory/in-use`.
struct MemoryShelf {
  let folder: String

  init(workspace: String) { folder = "\(workspace)/memory" }

  /// Older snapshots are removed, one that is in use excepted.
  static let mostSnapshots = 10

  private var inUseFile: String { "\(folder)/in-use" }
  func file(_ number: Int) -> String { "\(folder)/\(number).facts" }

  /// Of the snapshots that are there, ascending.
  var numbers: [Int] {
    FileBytes.names(in: folder).compactMap { name in
      name.hasSuffix(".facts") ? Int(name.dropLast(6)) : nil
    }.filter { $0 > 0 }.sorted()
  }

  /// Since the beginning, the last one in force; 0: nothing is remembered.
  func history() throws(DocketError) -> [Int] {
    guard FileBytes.exists(inUseFile) else { return [0] }
    let lines = String(decoding: try FileBytes.start(of: inUseFile, limit: 1 << 20), as: UTF8.self)
    return [0] + lines.split(separator: "\n").compactMap { Int($0) }.filter { $0 >= 0 }
  }

  func inUse() throws(DocketError) -> Int { try history().last ?? 0 }

  /// The next number: none is given twice.
  func next() throws(DocketError) -> Int { max(numbers.last ?? 0, try history().max() ?? 0) + 1 }

  /// - Throws: `memory-damaged`.
  func memory(_ number: Int) throws(DocketError) -> Memory {
    guard number > 0 else { return .empty }
    let memory = try MemoryShelf.memory(at: file(number))
    guard memory.number == number else {
      throw DocketError(.memoryDamaged, "The snapshot \(number) says that it is the snapshot \(memory.number).")
    }
    return memory
  }

  /// - Throws: `memory-damaged`.
  static func memory(at path: String) throws(DocketError) -> Memory {
    guard FileBytes.exists(path) else {
      throw DocketError(.memoryDamaged, "The memory `\(PlainText.oneLine(path))` is not there.")
    }
    return try MemoryFile.memory(of: try FileBytes.start(of: path, limit: MemoryFile.longest + 1))
  }

  /// What holds now; what cannot be read is told, and nothing is remembered.
  func used() throws(DocketError) -> (memory: Memory?, trouble: Finding?) {
    let number = try inUse()
    guard number > 0 else { return (nil, nil) }
    do throws(DocketError) {
      let memory = try memory(number)
      return (memory.isEmpty ? nil : memory, nil)
    } catch {
      return (nil, Finding(error.code.id, .warning, "\(error.sentence) Nothing is remembered."))
    }
  }

  // Changes

  static func save(_ memory: Memory, at path: String) throws(DocketError) {
    guard !FileBytes.exists(path) else {
      throw DocketError(.badInput, "`\(PlainText.oneLine(path))` is there already; a memory is never changed.")
    }
    let parent = Program.parent(of: path)
    if parent != "." { try FileBytes.makeFolders(parent) }
    try FileBytes.replace(path, with: MemoryFile.bytes(of: memory))
  }

  /// Writes a new snapshot and takes it into use.
  func take(_ memory: Memory) throws(DocketError) {
    try MemoryShelf.save(memory, at: file(memory.number))
    try use(memory.number)
    for number in numbers.dropLast(MemoryShelf.mostSnapshots) where number != memory.number {
      try FileBytes.remove(file(number))
    }
  }

  func use(_ number: Int) throws(DocketError) {
    let lines = try history().dropFirst().map(String.init) + [String(number)]
    try FileBytes.makeFolders(folder)
    try FileBytes.replace(inUseFile, with: Array((lines.joined(separator: "\n") + "\n").utf8))
  }
}
