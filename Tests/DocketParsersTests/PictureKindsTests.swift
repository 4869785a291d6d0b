import Docket
import Foundation
import Testing

@testable import DocketParsers

/// Pictures of kinds that nothing here can write.
private enum Scans {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/data/scans/files")
  static let areThere = FileManager.default.fileExists(atPath: folder.path)

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }
}

@Suite struct PictureKindsTests {
  @Test("HEIC is decoded and read", .enabled(if: Scans.areThere, "the scans are missing"))
  func heic() throws {
    let (heic, summary) = try read(try Scans.bytes("paperless-ngx-simple.heic"))
    #expect(summary.mediaType == "image/heic" && summary.pageCount == 1)
    #expect(heic.texts.starts(with: ["PIZZA", "DOUGH", "WITH"]))
  }

  @Test("a HEIC that is too large or cut off has its code", .enabled(if: Scans.areThere, "the scans are missing"))
  func refused() throws {
    let bytes = try Scans.bytes("paperless-ngx-simple.heic")
    #expect(code(reading: Array(bytes.prefix(bytes.count / 2))) == .imageDamaged)
    #expect(code(reading: Array(bytes.prefix(40))) == .imageDamaged)
    let settings = ReadSettings(limits: ReadLimits(pixelsPerPage: 1000))
    #expect(code(reading: bytes, settings: settings) == .tooManyPixels)
  }

  @Test("kinds are told by their first bytes")
  func kinds() {
    func type(_ bytes: [UInt8]) -> String {
      (bytes + [UInt8](repeating: 0, count: 64)).withUnsafeBytes { MediaType.of($0) }
    }
    #expect(type([0, 0, 0, 24] + Array("ftypheic".utf8)) == MediaType.heic)
    #expect(type([0, 0, 0, 24] + Array("ftypmif1\0\0\0\0avif".utf8)) == MediaType.avif)
    #expect(type([0, 0, 0, 24] + Array("ftypisom".utf8)) != MediaType.heic)
    #expect(type([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]) == MediaType.jp2)
  }
}
