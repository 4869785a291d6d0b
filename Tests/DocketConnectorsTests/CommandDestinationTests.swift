import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

@Suite struct CommandDestinationTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private func program(_ text: String) throws -> [String] {
    let path = try scratch.write("#!/bin/sh\n\(text)\n", to: "program")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return [path]
  }

  private func failure(_ text: String, seconds: Double = 30) async throws -> DocketError? {
    let destination = CommandDestination(
      name: "shop", words: try program(text), workspace: scratch.root, seconds: seconds)
    do {
      _ = try await destination.deliver(DestinationSuite.delivery("one"))
      return nil
    } catch { return error }
  }

  @Test("keeps the promises of a destination with a program that keeps a list of keys")
  func suite() async throws {
    let words = try program(
      """
      cat >/dev/null
      exec 9>>keys; flock 9
      grep -qxF "$DOCKET_DELIVERY" keys || echo "$DOCKET_DELIVERY" >>keys
      """)
    let (folder, list) = (scratch.root, scratch.path("keys"))
    try await DestinationSuite(
      open: { CommandDestination(name: "test", words: words, workspace: folder) },
      keys: { try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init) }
    ).run()
  }

  @Test("the record comes on standard input, what it is about in the environment, and nothing else of ours")
  func handover() async throws {
    setenv("DOCKET_TEST_SECRET", "not handed on", 1)
    setenv("DOCKET_TEST_PASSED", "handed on", 1)
    let words = try program("cat >got; env | grep ^DOCKET >>got; pwd >>got; echo \"$1\" >>got")
    let destination = CommandDestination(
      name: "shop", words: words + ["a b;c"], workspace: scratch.root, passed: ["DOCKET_TEST_PASSED"])
    let delivery = DestinationSuite.delivery("one")
    _ = try await destination.deliver(delivery)
    let got = scratch.text("got")
    #expect(got.hasPrefix(delivery.payload + "\n") && got.hasSuffix("\na b;c\n"))
    #expect(got.contains("DOCKET_DELIVERY=\(delivery.key)\n") && got.contains("DOCKET_OPERATION=deliver\n"))
    #expect(got.contains("DOCKET_TEST_PASSED=handed on") && !got.contains("DOCKET_TEST_SECRET"))
    #expect(got.contains("docket-"), "it runs in the workspace")
  }

  @Test(
    "exit codes of sysexits.h say whether to try again",
    arguments: [(75, true), (69, true), (65, false), (1, false)])
  func exitCodes(status: Int, isTemporary: Bool) async throws {
    let error = try #require(try await failure("exit \(status)"))
    #expect(error.isTransient == isTemporary && error.sentence.contains("exit code \(status)"))
  }

  @Test("one that runs too long is ended with all that it started; one that is not there waits to be mended")
  func limits() async throws {
    let slow = try #require(try await failure("sleep 60 & sleep 60", seconds: 0.3))
    #expect(slow.isTransient && slow.sentence.contains("0 seconds"))
    let missing = CommandDestination(name: "shop", words: ["./no-such-program"], workspace: scratch.root)
    let error = await #expect(throws: DocketError.self) { try await missing.deliver(DestinationSuite.delivery("one")) }
    #expect(error?.isTransient == true && error?.sentence.contains("No such file") == true)
  }

  @Test("what it complains is for the log alone, and shortened; one that reads nothing harms nobody")
  func complaints() async throws {
    let error = try #require(try await failure("yes complaint | head -c 300000 >&2; echo >&2; exit 65"))
    #expect(!error.description.contains("complaint"))
    #expect(error.cause.map { $0.count <= 200 && $0.contains("complaint") } == true)
    let destination = CommandDestination(name: "shop", words: try program("exit 0"), workspace: scratch.root)
    let value = String(repeating: "x", count: 3_000_000)
    _ = try await destination.deliver(DestinationSuite.delivery("large", value: value))
  }
}
