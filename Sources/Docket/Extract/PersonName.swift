/// Names of people as registers write them.
enum PersonName {
  /// Behind a comma these belong to the name before it.
  private static let suffixes: Set<String> = ["JR", "SR", "II", "III", "IV", "ESQ", "PHD", "MD"]

  /// `Moore, W. John` as `W. John Moore`; others as they are.
  static func straight(_ name: String) -> String {
    let parts = name.split(separator: ",").map { String($0).trimmed }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !suffixes.contains(LabelKey.of(parts[1])) else {
      return name
    }
    return "\(parts[1]) \(parts[0])"
  }
}
