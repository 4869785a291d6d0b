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

  @Test("a misspelled command is told what it may have meant")
  func command() throws {
    let ending = try docket.run(["statsu"])
    #expect(ending.status == 64 && ending.errors.contains("Did you mean `docket status`?"))
  }

  @Test("shows the settings of each source and destination")
  func connectors() throws {
    #expect(try docket.run(["help", "source", "folder"]).output.contains("settle"))
    #expect(try docket.run(["help", "destination"]).output.contains("jsonl"))
    #expect(try docket.run(["help", "destination", "nothing"]).status == 64)
  }

  @Test("an unknown option ends with 64 and prints nothing on standard output")
  func usage() throws {
    let ending = try docket.run(["config", "--no-such-option"])
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
  }
}
