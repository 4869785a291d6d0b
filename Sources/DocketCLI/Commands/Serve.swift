import ArgumentParser
import Docket
import DocketConnectors

/// `docket serve [PIPELINE]`: file in, record out, over local HTTP.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "The same understanding as a local service: file in, record out.",
    discussion: """
      POST /documents takes a file, as the body or in a form, into the workspace, and answers with the JSON lines of \
      `docket extract --json` when it is worked on; `?wait=0` answers 202 with its id at once, `?wait=30` after 30 \
      seconds at the latest. GET /documents/ID tells the same later, GET /health and /metrics how it is, and GET / is \
      a page for a browser. A full queue is answered with 429 and `Retry-After`, a file that is too large with 413.

      It listens on 127.0.0.1. Another address needs a token, which clients send as `Authorization: Bearer TOKEN`; \
      it comes from a file, or from the environment as DOCKET_SERVE_TOKEN.
      """)

  @Argument(help: "The pipeline; the only one unless given.") var pipeline: String?
  @Option(help: "The port; 0 for any that is free.") var port: UInt16 = 8321
  @Option(help: ArgumentHelp("The address to listen at; any but 127.x needs a token.", valueName: "ip"))
  var address = "127.0.0.1"
  @Option(help: ArgumentHelp("A file with the token that clients must send.", valueName: "file"))
  var tokenFile: String?
  @Option(help: ArgumentHelp("How many uploads may wait or be worked on; more get 429.", valueName: "count"))
  var most = 50
  @Option(help: ArgumentHelp("The largest file that is taken.", valueName: "bytes")) var maxBytes = 100_000_000

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let token = try token()
    guard token != nil || address.hasPrefix("127.") else {
      throw DocketError(
        .usage, "Whoever reaches \(address) could send documents here.",
        hint: "Give clients a token: `--token-file FILE`, or DOCKET_SERVE_TOKEN in the environment.")
    }
    guard most > 0, maxBytes > 0 else { throw ValidationError("--most and --max-bytes are at least 1.") }
    let office = try await Office.open(workspace, common, flags: reading.flags)
    let file = try office.pipeline(pipeline)
    let service = ServeService(
      office: office, file: file, output: common.output, token: token, most: most,
      room: try office.settings.room(office.folder))
    try await service.run(address: address, port: port, maxBytes: maxBytes)
  }

  /// Nil where none is asked for.
  private func token() throws -> String? {
    let text: String?
    if let tokenFile {
      text = String(decoding: try FileBytes.start(of: tokenFile, limit: 4096), as: UTF8.self)
    } else {
      text = Environment["DOCKET_SERVE_TOKEN"]
    }
    guard let token = text?.split(whereSeparator: \.isWhitespace).first.map(String.init) else {
      guard text == nil else { throw DocketError(.usage, "The token is empty.") }
      return nil
    }
    guard token.utf8.count >= 16 else {
      throw DocketError(
        .usage, "The token is too short to be a secret.", hint: "Make one with `openssl rand -hex 24`.")
    }
    return token
  }
}
