import Docket
import Testing

@Suite struct ContentDigestTests {
  @Test("is the SHA-256 that everybody computes")
  func knownAnswer() {
    #expect(
      ContentDigest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("refuses what is no digest")
  func refusal() {
    #expect(ContentDigest(hex: "abc") == nil)
    #expect(ContentDigest(hex: String(repeating: "A", count: 64)) == nil)
  }
}
