import Testing

@testable import Docket

private let library: Library = {
  var mistakes: [Mistake] = []
  return Library(files: ShippedDataTests.files, mistakes: &mistakes)
}()

private func type(_ text: String) -> String? {
  let reading = Reading(mediaType: "text/plain", content: .text(TextReading(text: text)))
  return Classifier(words: library.words).classify(reading, among: library.contracts).contract?.name
}

@Suite struct WrittenNoteTests {
  @Test(
    "what somebody asks of a help desk is a ticket, in six languages",
    arguments: [
      "Hi, I cannot log in to my laptop since yesterday. Could you please reset my password? Thanks, Ann",
      "new starter on monday, please set up an account and order a monitor. regards",
      "Hallo zusammen, mein Postfach ist voll, bitte den Speicherplatz erhöhen. Viele Grüße",
      "Bonjour, mon badge ne fonctionne plus, pourriez-vous le débloquer ? Merci",
      "Hola, no puedo acceder a la carpeta compartida. ¿Podrían ayudarme, por favor? Gracias",
      "Buongiorno, la stampante del terzo piano è guasta, potreste mandare qualcuno? Grazie",
      "Goedemorgen, mijn wachtwoord is verlopen, kunt u het resetten? Alvast bedankt",
    ])
  func asked(_ text: String) { #expect(type(text) == "ticket") }

  @Test("a complaint in somebody's own words is no ticket")
  func complaint() {
    #expect(type("Dear Sirs, the chairs arrived damaged. I ask for a refund or compensation. Regards, Ann") == "case")
  }

  @Test(
    "letters, news, answers in a discussion and read-me files stay unknown",
    arguments: [
      "Dear Ann, it was lovely to see you at the lake. The children still speak of it. Love, Tom",
      "Thanks for the flowers!",
      "Our autumn issue is out. Read how we built the new office: https://example.org/autumn https://example.org/office",
      "> can you install it on the server?\n> the error is gone\nNo, I would not. Try the other version.\n> please",
      "This program draws trees. Build it with make and run the tests. It needs a compiler and a C library.",
      "Meeting on Tuesday at ten in the large hall, with coffee.",
    ])
  func nothingAsked(_ text: String) { #expect(type(text) == nil) }
}
