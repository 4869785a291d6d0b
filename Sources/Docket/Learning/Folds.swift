/// Parts lessons so that all of a group are in one part: what is measured on a part was learned from the others.
package struct Folds: Sendable {
  /// By lesson: the part it is in, counted from 0.
  package let parts: [Int]
  package let count: Int

  /// The largest groups first, each into the part that has the fewest lessons; equal ones by their names' digests, so
  /// that neither order nor chance decides.
  package init(groups: [String], atMost most: Int = 5) {
    let sizes = groups.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let order = sizes.map { (name: $0.key, size: $0.value, digest: ContentDigest(of: $0.key)) }.sorted {
      ($1.size, $0.digest) < ($0.size, $1.digest)
    }
    count = min(most, order.count)
    var filled = [Int](repeating: 0, count: max(1, count))
    var places: [String: Int] = [:]
    for group in order {
      let part = filled.indices.min { (filled[$0], $0) < (filled[$1], $1) } ?? 0
      places[group.name] = part
      filled[part] += group.size
    }
    parts = groups.map { places[$0] ?? 0 }
  }
}
