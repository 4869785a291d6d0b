import Docket
import DocketConnectors
import DocketWorkers
import Foundation
import Glibc

/// Looks at the machine: programs, libraries, OCR languages, fonts, sandbox, disk, contracts.
struct Examination {
  let settings: Settings
  let workspace: String?

  func run() -> [Doctor.Finding] {
    reader() + [fonts(), encodings(), web(), share(), disk()]
  }

  /// What `docket-reader --probe` prints.
  private struct Probe: Decodable {
    var versions: [String]
    var languages: [String]
    var sandbox: [String]
    var sandbox_missing: [String]
  }

  private func reader() -> [Doctor.Finding] {
    let program: ReaderProgram
    do throws(DocketError) { program = try Program.reader(settings) } catch {
      return [.init(name: "reader", state: .missing, detail: error.sentence)]
    }
    let path = program.path
    let answer = ChildProgram.run(path, ["--probe"] + program.arguments)
    guard let probe = try? JSONDecoder().decode(Probe.self, from: Data(answer.output.utf8)) else {
      let libraries = Examination.libraries.filter { answer.errors.contains($0.library) }
      return [
        .init(
          name: "reader", state: .missing,
          detail: answer.errors.isEmpty ? "\(path) does not answer." : answer.errors,
          packages: libraries.map(\.package))
      ]
    }
    return [.init(name: "reader", state: .fine, detail: probe.versions.joined(separator: ", "))]
      + languages(probe.languages) + [sandbox(probe)]
  }

  /// Shared libraries of the reader, and who brings them.
  private static let libraries: [(library: String, package: String)] = [
    ("libpoppler-glib.so", "libpoppler-glib8"), ("libtesseract.so", "libtesseract5"), ("liblept.so", "liblept5"),
    ("libgmime-3.0.so", "libgmime-3.0-0"), ("libmagic.so", "libmagic1"), ("libxml2.so", "libxml2"),
    ("libseccomp.so", "libseccomp2"), ("libnettle.so", "libnettle8"), ("libcairo.so", "libcairo2"),
  ]

  private func languages(_ installed: [String]) -> [Doctor.Finding] {
    let stated = settings.languages()
    return (stated == [LanguageReader.automatic] ? ["eng"] : stated).map { language in
      if installed.contains(language) {
        return .init(name: "OCR language \(language)", state: .fine, detail: "installed")
      }
      let package = "tesseract-ocr-\(language.split(separator: "_").joined(separator: "-"))"
      return .init(
        name: "OCR language \(language)", state: .missing,
        detail: "Tesseract has no data for it; installed: \(installed.joined(separator: ", ")).", packages: [package])
    }
  }

  private func sandbox(_ probe: Probe) -> Doctor.Finding {
    guard !probe.sandbox_missing.isEmpty else {
      return .init(name: "sandbox", state: .fine, detail: probe.sandbox.joined(separator: ", "))
    }
    return .init(
      name: "sandbox", state: .doubtful,
      detail: "This kernel lacks \(probe.sandbox_missing.joined(separator: ", ")); "
        + "readers run with \(probe.sandbox.joined(separator: ", ")).")
  }

  /// Text in fonts that a PDF does not bring along is drawn, and then read, with these.
  private func fonts() -> Doctor.Finding {
    let places = [
      ("/usr/share/fonts/truetype/dejavu", "fonts-dejavu-core"),
      ("/usr/share/fonts/opentype/urw-base35", "fonts-urw-base35"),
    ]
    let missing = places.filter { FileBytes.names(in: $0.0).isEmpty }
    guard !missing.isEmpty else { return .init(name: "fonts", state: .fine, detail: "URW base 35 and DejaVu") }
    return .init(
      name: "fonts", state: .doubtful, detail: "PDFs without fonts of their own may read badly.",
      packages: missing.map(\.1))
  }

  private func encodings() -> Doctor.Finding {
    guard FileBytes.names(in: "/usr/share/poppler/cMap").isEmpty else {
      return .init(name: "encodings", state: .fine, detail: "poppler-data")
    }
    return .init(
      name: "encodings", state: .doubtful, detail: "PDFs in Chinese, Japanese and Korean encodings read badly.",
      packages: ["poppler-data"])
  }

  /// Opened by webhooks alone, when the first is delivered.
  private func web() -> Doctor.Finding {
    if let version = CurlLibrary.version { return .init(name: "web", state: .fine, detail: version) }
    return .init(
      name: "web", state: .doubtful, detail: "Without libcurl nothing can be delivered by webhook.",
      packages: ["libcurl4"])
  }

  private func share() -> Doctor.Finding {
    do {
      let library = try LibraryFolder.load(settings, workspace: workspace)
      let names = library.newestContracts.map(\.reference.description).joined(separator: ", ")
      return .init(name: "contracts", state: .fine, detail: "\(names) in \(try Program.share(settings))")
    } catch {
      let errors = (error as? ErrorReport)?.errors ?? (error as? DocketError).map { [$0] } ?? []
      return .init(
        name: "contracts", state: .missing, detail: errors.map(\.sentence).joined(separator: " "))
    }
  }

  private func disk() -> Doctor.Finding {
    let place = workspace ?? "."
    var status = statvfs()
    guard statvfs(place, &status) == 0 else {
      return .init(name: "disk", state: .doubtful, detail: "The disk of \(place) cannot be asked.")
    }
    let free = Int(status.f_bavail) * Int(status.f_frsize) / 1_000_000
    return .init(name: "disk", state: free > 1000 ? .fine : .doubtful, detail: "\(free) MB free")
  }
}
