import Docket
import DocketParsers
import DocketWorkers
import Glibc

/// `docket-reader`: gives up what it does not need, then reads documents for `docket`, one at a time.
///
/// Started by `docket`, never by people: `--serve` with a socket on descriptor 3. `--probe` prints what it is.
@main
struct DocketReader {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "--serve":
      let memory = option("--memory", in: arguments).flatMap { Int($0) }
      // Opened before the doors close: a descriptor stays good inside.
      let models = ModelFiles(folder: option("--models", in: arguments))
      let sandbox = Sandbox.enter(memoryBytes: memory)
      Service(
        socket: FrameSocket(owning: 3, acceptsDescriptors: true), sandbox: sandbox, models: models,
        arguments: arguments
      ).run()
      _exit(0)
    case "--probe":
      let models = ModelFiles(folder: option("--models", in: arguments))
      print(Probe(sandbox: Sandbox.enter(memoryBytes: nil, fileBytes: 1 << 20), models: models).json)
    default:
      print("docket-reader reads documents for `docket`, which starts it. `--probe` prints what it is made of.")
      exit(arguments == ["--help"] ? 0 : 64)
    }
  }

  private static func option(_ name: String, in arguments: [String]) -> String? {
    guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
    return arguments[at + 1]
  }
}
