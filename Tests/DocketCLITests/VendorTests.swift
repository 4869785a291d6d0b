import DocketTesting
import Foundation
import Testing

/// A vendor's account number from one invoice to the next, as a user of the command sees it.
@Suite struct VendorTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ending {
    try docket.run(arguments, in: scratch.path("office"))
  }

  /// Puts an invoice into the inbox and runs.
  private func invoice(_ number: String, iban: String, total: String) throws {
    let name = "office/inbox/\(number).json"
    try scratch.write(
      """
      {"invoice": {"invoice_number": "\(number)", "issue_date": "2026-03-04", "seller": {"name": "Grauwald Handel GmbH",
        "tax_id": "DE123456788"}, "iban": "\(iban)", "currency": "EUR", "total": "\(total)"}}
      """, to: name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-60)], ofItemAtPath: scratch.path(name))
    #expect(try run("run").output.contains(" wait for review"))
  }

  private static let first = "DE02120300000000202051"
  private static let other = "DE89370400440532013000"

  @Test("the first is asked, the same again is not, another one is, with what it was and since when")
  func life() throws {
    try invoice("R-1", iban: Self.first, total: "119.00")
    #expect(try run("review", "show", "R-1.json").output.contains("It is the first `iban` that is known"))
    #expect(try run("review", "accept", "R-1.json").status == 0)

    try invoice("R-2", iban: Self.first, total: "219.00")
    let same = try run("review", "show", "R-2.json").output
    #expect(same.contains("  number: R-2") && !same.contains("  iban: "), "\(same)")
    #expect(try run("explain", "R-2.json").output.contains("vendor     iban: The vendor had the same before, since 20"))

    try invoice("R-3", iban: Self.other, total: "319.00")
    let asked = try run("review", "show", "R-3.json").output
    #expect(asked.contains("asked because it differs from what this vendor had before"))
    #expect(asked.contains("before: \(Self.first), since 20"), "\(asked)")
    let explained = try run("explain", "R-3.json").output
    #expect(explained.contains("The vendor had another one before, since 20"))
    #expect(explained.contains("It was \(Self.first)."), "\(explained)")
    #expect(try run("explain", "R-3.json", "--json").output.contains(#""vendor_before":[{"field":"iban","value":"#))
    #expect(try run("review", "show", "R-3.json", "--json").output.contains(#""before":{"value":"\#(Self.first)""#))
  }

  @Test("what a forgotten invoice said of its vendor is forgotten with it, and comes back with a backup")
  func forgetting() throws {
    try invoice("R-1", iban: Self.first, total: "119.00")
    #expect(try run("review", "accept", "R-1.json").status == 0)
    #expect(try run("backup", scratch.path("copy")).status == 0)
    let forgotten = try run("forget", "R-1.json", "--yes")
    #expect(forgotten.status == 0, "\(forgotten)")
    try invoice("R-2", iban: Self.other, total: "219.00")
    #expect(try run("review", "show", "R-2.json").output.contains("It is the first `iban` that is known"))
    #expect(try run("verify").status == 0)
    #expect(try run("verify", "--forgotten").status == 0)
    let restored = try run("restore", scratch.path("copy"), "--force")
    #expect(restored.status == 0, "\(restored)")
    try invoice("R-3", iban: Self.other, total: "319.00")
    #expect(try run("explain", "R-3.json").output.contains("It was \(Self.first)."))
  }
}
