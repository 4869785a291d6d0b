import Docket
import DocketTesting
import Testing

@Suite struct HelpTests {
  let docket = BuiltProgram("docket")

  @Test("says its version on standard output")
  func version() throws {
    let ending = try docket.run(["--version"])
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("docket "))
  }

  @Test("explains every error code, with what to do", arguments: ErrorCatalog.all.map(\.id))
  func explanation(code: String) throws {
    let ending = try docket.run(["help", code])
    #expect(ending.status == 0)
    #expect(ending.output.contains(ErrorCatalog.code(code)?.remedy ?? "?"))
  }

  @Test("guesses what a misspelled code meant, and ends with 64")
  func guess() throws {
    let ending = try docket.run(["help", "pdf-encryptd"])
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("Did you mean `pdf-encrypted`?"))
  }

  @Test("an unknown option ends with 64 and prints nothing on standard output")
  func usage() throws {
    let ending = try docket.run(["config", "--no-such-option"])
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
  }
}
