import Docket

/// `2:120,300,200,40`, `1:10,20,30,40@90`: a part of a page, as a command is told it.
enum RegionArgument {
  /// - Throws: `usage`.
  static func regions(_ arguments: [String], isNumber: Bool) throws(DocketError) -> [ReadRegion] {
    guard arguments.count <= ReadRegion.most else {
      throw DocketError(.usage, "\(arguments.count) regions were given; \(ReadRegion.most) are read at once.")
    }
    var regions: [ReadRegion] = []
    for argument in arguments {
      guard let region = region(argument, isNumber: isNumber) else {
        throw DocketError(
          .usage, "`\(argument)` is no region.", hint: "Give it as page:x,y,width,height, such as 1:120,300,200,40.")
      }
      regions.append(region)
    }
    return regions
  }

  private static func region(_ text: String, isNumber: Bool) -> ReadRegion? {
    let turned = text.split(separator: "@", omittingEmptySubsequences: false)
    let parts = turned[0].split(separator: ":", omittingEmptySubsequences: false)
    guard turned.count <= 2, parts.count == 2, let page = Int(parts[0]), page > 0, page < 1 << 31 else { return nil }
    let sides = parts[1].split(separator: ",", omittingEmptySubsequences: false).compactMap { Float($0) }
    let rotation = turned.count == 2 ? Int(turned[1]) : 0
    guard sides.count == 4, parts[1].filter({ $0 == "," }).count == 3, sides.allSatisfy({ $0 >= 0 && $0 < 1e6 }),
      sides[2] > 0, sides[3] > 0, let rotation, [0, 90, 180, 270].contains(rotation)
    else { return nil }
    return ReadRegion(
      page: page, x: sides[0], y: sides[1], width: sides[2], height: sides[3], rotation: rotation, isNumber: isNumber)
  }
}
