/// What a candidate looks like and what stands around it, as a ranker weighs it.
package struct CandidateFeatures: Hashable, Sendable {
  /// Hashes of what is so: words beside it, its shape, where it stands. Sorted, each once.
  package var marks: [UInt32]
  /// Numbers, the same ones in the same order for all candidates of a field: `FeatureReader.measureCount`.
  package var measures: [Float]
  /// What stands around it, by which it is found again in similar documents.
  package var place: CandidatePlace?
  /// Of a text read off a picture, the words that it was read from: what is doubtful of them may be mended.
  package var read: [ReadWord] = []
  /// What similar documents say for it, in units of its score.
  package var support = 0.0

  /// Changes whenever the same document may give other features: what was learned from them fits no others.
  package static let version = "features 1"
  /// Marks are cut to so many bits.
  static let bits: UInt32 = 20

  package init(marks: [UInt32], measures: [Float]) {
    self.marks = marks
    self.measures = measures
  }
}

/// CRC-32, a number after the other: the same on every machine.
struct FeatureHash {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
  private let table = FeatureHash.table

  func of(_ text: some StringProtocol) -> UInt32 {
    ~text.utf8.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  /// Of a group's letter with some bytes behind it.
  func of(_ group: UInt8, _ bytes: some Sequence<UInt8>) -> UInt32 {
    let start = table[Int(0xFF ^ group)] ^ 0x00FF_FFFF
    return ~bytes.reduce(start) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  /// Of a text's bytes as far as `limit`.
  func of(_ keys: some Sequence<String>, limit: Int) -> UInt32 {
    var hash: UInt32 = ~0
    var left = limit
    for byte in keys.lazy.flatMap(\.utf8) {
      guard left > 0 else { break }
      left -= 1
      hash = table[Int(UInt8(truncatingIfNeeded: hash) ^ byte)] ^ (hash >> 8)
    }
    return ~hash
  }

  func of(_ group: UInt8, _ first: UInt32, _ second: UInt32) -> UInt32 {
    var hash: UInt32 = ~0
    func add(_ byte: UInt8) { hash = table[Int(UInt8(truncatingIfNeeded: hash) ^ byte)] ^ (hash >> 8) }
    add(group)
    for shift: UInt32 in [0, 8, 16, 24] { add(UInt8(truncatingIfNeeded: first >> shift)) }
    if second != 0 { for shift: UInt32 in [0, 8, 16, 24] { add(UInt8(truncatingIfNeeded: second >> shift)) } }
    return ~hash & ((1 << CandidateFeatures.bits) - 1)
  }
}
