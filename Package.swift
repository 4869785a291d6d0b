// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A target of ours: its folder is `Sources/<name>`, its settings are the strict ones.
func house(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}
func tests(_ name: String, _ dependencies: [Target.Dependency], leavingOut: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: leavingOut, swiftSettings: strict)
}
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "docket-project",
  products: [
    .executable(name: "docket", targets: ["DocketCLI"]),
    .executable(name: "docket-reader", targets: ["DocketReader"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // Floor 0: headers of C libraries; each is imported by one module.
    library("CNettle", pkgConfig: "nettle", apt: "nettle-dev"),
    library("CPlatform", apt: "libc6-dev"),
    library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    // Opened when it is first needed, so that nothing is linked and no header is needed.
    library("CCurl", apt: "libcurl4"),
    library("CLineKernel", apt: "libc6-dev"),
    library("CPoppler", pkgConfig: "poppler-glib", apt: "libpoppler-glib-dev"),
    library("CTesseract", apt: "libtesseract-dev"),
    library("CLeptonica", apt: "libleptonica-dev"),
    library("CGMime", pkgConfig: "gmime-3.0", apt: "libgmime-3.0-dev"),
    library("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
    library("CMagic", pkgConfig: "libmagic", apt: "libmagic-dev"),
    library("CXML", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
    library("CHeif", pkgConfig: "libheif", apt: "libheif-dev"),
    library("CSandbox", pkgConfig: "libseccomp", apt: "libseccomp-dev"),
    library("CPango", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),

    // Floor 1: the domain. Touches nothing.
    house("Docket", ["CNettle", yams]),

    // Floor 2: the outside world, one module a kind of neighbour.
    house("DocketWorkers", ["Docket", "CPlatform"]),
    house(
      "DocketParsers",
      [
        "Docket", "CPoppler", "CTesseract", "CLeptonica", "CGMime", "CArchive", "CMagic", "CXML", "CHeif",
        "CLineKernel",
      ]),
    house("DocketConnectors", ["Docket", "CPlatform", "CSQLite", "CCurl"]),
    house("DocketStore", ["Docket", grdb]),

    // Floor 3: programs.
    program(
      "DocketCLI",
      ["Docket", "DocketWorkers", "DocketConnectors", "DocketStore", argumentParser, logging]),
    program("DocketReader", ["Docket", "DocketWorkers", "DocketParsers", "CSandbox"]),
    program("CorpusMaker", ["CPango", "CLeptonica", argumentParser]),

    // For tests only.
    house("DocketTesting", ["Docket"]),
    tests("DocketTests", ["Docket", "DocketTesting"]),
    tests(
      "DocketStoreTests", ["Docket", "DocketStore", "DocketConnectors", "DocketTesting"], leavingOut: ["Fixtures"]),
    tests("DocketWorkersTests", ["Docket", "DocketWorkers", "DocketReader", "DocketTesting"]),
    tests("DocketParsersTests", ["Docket", "DocketParsers", "CorpusMaker", "DocketTesting"], leavingOut: ["Fixtures"]),
    tests("DocketConnectorsTests", ["Docket", "DocketConnectors", "CSQLite", "DocketTesting"]),
    tests("DocketCLITests", ["Docket", "DocketCLI", "DocketReader", "DocketTesting"]),
    tests("CorpusTests", ["Docket", "DocketWorkers", "DocketCLI", "DocketReader", "CorpusMaker", "DocketTesting"]),
    tests("TidyTests", ["Docket"]),
  ],
  swiftLanguageModes: [.v6]
)
