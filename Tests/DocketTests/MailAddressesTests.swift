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
      ("<undisclosed-recipients:@host.example.org;>", ["undisclosed-recipients"]),
      ("Lee, Ann <ann@example.org>, staff, Bo <bo@example.org>", ["ann@example.org", "bo@example.org"]),
      ("staff, bo@example.org", ["staff", "bo@example.org"]),
      ("<a@example.org> <b@example.org>", ["a@example.org", "b@example.org"]),
      ("\"A\" <a@example.org>, \"B", ["a@example.org", "B"]),
      ("\"undisclosed-recipients:;\"", ["undisclosed-recipients:;"]),
    ])
  func split(header: String, addresses: [String]) {
    #expect(MailAddresses.split(header).map { MailAddresses.address(in: $0) } == addresses)
  }

  @Test(
    "an address is what mail is sent to, however it is wrapped",
    arguments: [
      ("Ann <@relay.example.org,@b.example.org:ann@example.org>", "ann@example.org"),
      ("Ann <ann @ example.org>", "ann@example.org"), ("Ann <ann@example.org", "ann@example.org"),
      ("<mailto:ann@example.org>", "ann@example.org"), ("[ann@example.org]", "ann@example.org"),
      ("\"ann@example.org\"", "ann@example.org"),
      ("Ann [mailto:ann@example.org]", "ann@example.org"), ("Ann <<ann@example.org>>", "ann@example.org"),
      ("Ann <ann@[10.0.0.1]>", "ann@[10.0.0.1]"), ("<\"ann lee\"@example.org>", "\"ann lee\"@example.org"),
      ("MAILER-DAEMON (Mail System)", "MAILER-DAEMON"), ("ann@example.org (Ann)", "ann@example.org"), ("<>", ""),
      ("ann@example.org <Ann>", "ann@example.org"), ("Ann <>ann@example.org", "ann@example.org"),
      ("<ann lee@example.org>", "\"ann lee\"@example.org"), ("Ann <ann>", "ann"),
    ])
  func wrapped(text: String, address: String) { #expect(MailAddresses.address(in: text) == address) }

  @Test("of several authors the first counts")
  func authors() {
    let reading = Reading(
      mediaType: "message/rfc822",
      content: .text(
        TextReading(headers: [.init(name: "from", value: "Ann <ann@example.org>, Bo <bo@example.org>")], text: "")))
    let contract = Contract(
      name: "post", version: 1, summary: "Post.",
      fields: [Field(name: "from", type: .email, standard: "RFC 5322 From")],
      digest: ContentDigest(of: "post"))
    let found = HeaderExtractor().extract(
      from: reading, for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.eml"))
    #expect(found.candidates["from"]?.map(\.value.canonical) == ["ann@example.org"])
  }

  @Test("what follows an address is none of it")
  func alone() { #expect(MailAddresses.address(in: "a@example.org, ") == "a@example.org") }
}

@Suite struct MailDateTests {
  @Test(
    "dates as programs old and new write them",
    arguments: [
      ("Mon, 2 Sep 2002 14:05:11 -0400 (EDT)", "2002-09-02T14:05:11-04:00"),
      ("Mon Sep  2 14:05:11 EDT 2002", "2002-09-02T14:05:11-04:00"),
      ("Mon Sep 2 14:05:11 2002 -0400", "2002-09-02T14:05:11-04:00"),
      ("Mon Sep 2 14:05:11 2002", "2002-09-02T14:05:11Z"), ("2-Sep-02 14:05:11 GMT", "2002-09-02T14:05:11Z"),
      ("Mon, Sep 2 2002 2:05:11 PM +200", "2002-09-02T14:05:11+02:00"),
      ("Mon, 2 Sep 2002 14.05.11 GMT+0200", "2002-09-02T14:05:11+02:00"),
      ("2002-09-02 14:05:11", "2002-09-02T14:05:11Z"), ("2002-09-02T14:05:11Z", "2002-09-02T14:05:11Z"),
      ("2002-09-02T14:05:11-05:00", "2002-09-02T14:05:11-05:00"), ("2 Sep 2002 2:05PM", "2002-09-02T14:05:00Z"),
      ("Mon, 2 Sep 102 14:05 +0000", "2002-09-02T14:05:00+00:00"),
      ("Mon, 2 Sep 2002 14:05:11 -0000", "2002-09-02T14:05:11"),
      ("Mon, 2 Sep 2002 14:05:11 MEST", "2002-09-02T14:05:11"),
      ("Mon, 2 Sep 2002 14:05:11 -2400", "2002-09-02T14:05:11"),
      ("Mon, 2 Sep 2002 14:05:11 -1600", "2002-09-02T14:05:11-16:00"),
    ])
  func written(text: String, iso: String) { #expect(MailDate.iso(text) == iso) }

  @Test("what is no date is none", arguments: ["", "Sun, 32 Sep 2002 14:05:11 +0000", "2 Sep 2002", "soon"])
  func none(text: String) { #expect(MailDate.iso(text) == nil) }
}
