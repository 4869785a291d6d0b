import Testing

@testable import Docket

@Suite struct MailAddressesTests {
  @Test(
    "addresses of a header are given one by one",
    arguments: [
      ("a@example.org, \"Ek, Bo\" <bo@example.org>", ["a@example.org", "bo@example.org"]),
      (
        "Team: a@example.org, Bo <bo@example.org>;, c@example.org",
        ["a@example.org", "bo@example.org", "c@example.org"]
      ),
      ("undisclosed-recipients:;", ["undisclosed-recipients"]),
      ("undisclosed-recipients:@host.example.org;", ["undisclosed-recipients"]),
      ("a@example.org,", ["a@example.org"]),
    ])
  func split(header: String, addresses: [String]) {
    #expect(MailAddresses.split(header).map { MailAddresses.address(in: $0) } == addresses)
  }

  @Test("what follows an address is none of it")
  func alone() { #expect(MailAddresses.address(in: "a@example.org, ") == "a@example.org") }
}
