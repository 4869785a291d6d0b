import DocketTesting
import Testing

@Suite struct SettingsTests {
  let docket = BuiltProgram("docket")

  @Test("an environment variable comes before what is built in, and the origin says so")
  func environment() throws {
    let ending = try docket.run(["config", "--origin"], environment: ["DOCKET_WORKERS": "3"])
    #expect(ending.output.contains("workers = 3   # environment DOCKET_WORKERS"))
    #expect(ending.output.contains("languages = auto   # built in"))
  }

  @Test("a flag comes before the environment")
  func flag() throws {
    let ending = try docket.run(
      ["config", "--origin", "--log-level", "debug"], environment: ["DOCKET_LOG_LEVEL": "error"])
    #expect(ending.output.contains("log-level = debug   # flag"))
  }

  @Test("who reads scans is one of three, and the origin of a mistake is named")
  func modes() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.write("text", to: "a.txt")
    for mode in ["best", "fast", "tesseract"] {
      #expect(try docket.run(["text", "--ocr", mode, path]).status == 0)
    }
    let flag = try docket.run(["text", "--ocr", "slow", path])
    #expect(flag.status == 64 && flag.errors.contains("neither best, fast nor tesseract"))
    let variable = try docket.run(["text", path], environment: ["DOCKET_OCR": "slow"])
    #expect(variable.status == 78 && variable.errors.contains("environment DOCKET_OCR"))
    #expect(try docket.run(["config"]).output.contains("ocr = best"))
  }

  @Test("a folder that is no workspace ends with 10 and names the command that makes one")
  func noWorkspace() throws {
    let scratch = try ScratchFolder()
    let ending = try docket.run(["config", "--workspace", scratch.root])
    #expect(ending.status == 10)
    #expect(ending.errors.contains("docket init"))
  }
}
