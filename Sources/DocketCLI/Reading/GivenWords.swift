import Docket
import Foundation

/// Files of words from outside: one `docket/text/1` object, or one a line.
enum GivenWords {
  private static let mark = Array("docket/text/1".utf8)

  /// The documents in a file of given words, as ranges of its bytes; nil where it is another kind of file.
  static func slices(of path: String) throws(DocketError) -> [Range<Int>]? {
    let start = try FileBytes.start(of: path, limit: 1024)
    guard start.first(where: { $0 > 32 }) == UInt8(ascii: "{"), contains(start, mark) else { return nil }
    let bytes = try FileBytes.start(of: path, limit: 1 << 31)
    var slices: [Range<Int>] = []
    var from = 0
    while from < bytes.count {
      let end = bytes[from...].firstIndex(of: 10) ?? bytes.count
      let line = bytes[from..<end]
      if let first = line.first(where: { $0 > 32 }), let last = line.last(where: { $0 > 32 }) {
        // A line that is no object of its own: the whole file is one, over several lines.
        guard first == UInt8(ascii: "{"), last == UInt8(ascii: "}") else { return [0..<bytes.count] }
        slices.append(from..<end)
      }
      from = end + 1
    }
    return slices
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
  }

  /// What a document of given words says of the file that the words are from.
  struct Origin: Decodable {
    var file: String?
    var sha256: String?
  }

  static func origin(_ bytes: [UInt8]) -> Origin? { try? JSONDecoder().decode(Origin.self, from: Data(bytes)) }
}
