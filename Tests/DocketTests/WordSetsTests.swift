import Testing

@testable import Docket

@Suite struct WordSetsTests {
  private static let words = WordSets([
    LanguageWords(
      language: "en", words: [.legalForm: ["Ltd", "Limited", "Sdn Bhd", "Bhd", "Pte Ltd"]], months: [:],
      digest: ContentDigest(of: ""))
  ])

  @Test(
    "mends a legal form that was read with a wrong letter, and nothing else",
    arguments: [
      ("ANNA MILLS SON BHD", "ANNA MILLS SDN BHD"), ("Anna Mills Sdn Bed", "Anna Mills Sdn Bhd"),
      ("ANNA MILLS LIMITEO", "ANNA MILLS LIMITED"), ("ANNA MILLS SDN BHD", nil), ("ANNA SON", nil), ("SON BHD", nil),
      ("ANNA MILLS KL BHD", nil),
    ])
  func mends(read: String, mended: String?) {
    #expect(WordSetsTests.words.mended(read) == mended)
  }
}
