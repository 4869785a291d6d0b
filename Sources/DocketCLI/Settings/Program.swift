import Docket
import DocketWorkers
import Glibc

/// This program: where it lies, and what lies beside it.
enum Program {
  /// The folder of the executable, without a slash at the end.
  static var folder: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    return parent(of: String(cString: path))
  }

  /// Processors that this process may use.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The program that reads documents, and where its models are.
  static func reader(_ settings: Settings) throws(DocketError) -> ReaderProgram {
    guard var program = ReaderProgram.find() else {
      throw DocketError(.readerMissing, "The program `docket-reader` is neither beside `docket` nor in `../libexec`.")
    }
    // Without a share folder the reader is told so, and tells what it then lacks.
    program.arguments += ["--models", ((try? share(settings)) ?? "") + "/Models"]
    return program
  }

  /// The folder that holds `Pipelines/` and `Models/`: as stated, `../share/docket`, or the checkout.
  static func share(_ settings: Settings) throws(DocketError) -> String {
    let stated = settings[.share]
    if stated.text != "auto" {
      guard isShare(stated.text) else {
        throw DocketError(
          .badConfiguration, "The share folder `\(stated.text)` (\(stated.origin)) holds no `Pipelines/contracts`.",
          hint: "Name the folder that holds `Pipelines` with `--share DIR` or `DOCKET_SHARE`.")
      }
      return stated.text
    }
    let installed = "\(parent(of: folder))/share/docket"
    if isShare(installed) { return installed }
    var place = folder
    while place != "/", place != "." {
      if isShare(place) { return place }
      place = parent(of: place)
    }
    throw DocketError(
      .badConfiguration, "The folder with contracts and policies is not beside the program.",
      hint: "Name the folder that holds `Pipelines` with `--share DIR` or `DOCKET_SHARE`.")
  }

  private static func isShare(_ folder: String) -> Bool { access("\(folder)/Pipelines/contracts", R_OK) == 0 }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
