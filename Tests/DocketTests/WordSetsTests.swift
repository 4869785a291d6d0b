import Testing

@testable import Docket

@Suite struct WordSetsTests {
  private static let words = WordSets([
    LanguageWords(
      language: "en", words: [.legalForm: ["Ltd", "Limited", "Sdn Bhd", "Bhd", "Pte Ltd", "S/B"]], months: [:],
      digest: ContentDigest(of: ""))
  ])

  @Test(
    "mends a legal form that was read with a wrong letter, and nothing else",
    arguments: [
      ("ANNA MILLS SON BHD", "ANNA MILLS SDN BHD"), ("Anna Mills Sdn Bed", "Anna Mills Sdn Bhd"),
      ("ANNA MILLS LIMITEO", "ANNA MILLS LIMITED"), ("ANNA MILLS SDN BHD", nil), ("ANNA SON", nil), ("SON BHD", nil),
      ("ANNA MILLS KL BHD", nil), ("ANNA MILLS 5/8", "ANNA MILLS S/B"), ("ANNA D1STRIBUTION", "ANNA DISTRIBUTION"),
      ("MR. D.1.Y. SON BHD", "MR. D.I.Y. SDN BHD"), ("MR. D.I.¥. SDN BHD", "MR. D.I.Y. SDN BHD"),
      ("ANNA MILLS 99", nil), ("ANNA B2B", nil), ("ANNA M1LLS SON BHD", "ANNA MILLS SDN BHD"),
    ])
  func mends(read: String, mended: String?) {
    #expect(WordSetsTests.words.mended(read) == mended)
  }

  @Test(
    "mends a postcode with one letter for a digit, and no other word",
    arguments: [
      ("S3000", "53000"), ("8O150,", "80150,"), ("53000", nil), ("SO000", nil), ("A3000", nil), ("S300", nil),
    ])
  func postcode(read: String, mended: String?) {
    #expect(MisreadName.postcode(read) == mended)
  }
}
