import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Testing

/// Inboxes as they are in life, on each kind of ground that this machine has.
@Suite struct InboxSituationTests {
  /// Where an inbox lies.
  enum Ground: String, CaseIterable, Sendable {
    /// A disk that tells of its changes.
    case disk
    /// A file system in memory.
    case memory
    /// A folder that is asked, as a network share is.
    case asked
    /// A file system in user space, without the events of the one beneath.
    case userSpace

    static let here = allCases.filter { ground in
      switch ground {
      case .disk, .asked: true
      case .memory: access("/dev/shm", W_OK) == 0
      case .userSpace: MountedFolder.isPossible
      }
    }
  }

  /// An inbox on a ground; what is written into `inbox` appears in it.
  private struct Place {
    let scratch: ScratchFolder
    let source: FolderSource
    /// Keeps the mount.
    let mount: MountedFolder?

    func put(_ text: String, _ name: String) throws { try scratch.write(text, to: "inbox/\(name)") }
    /// Longer than the settle time, and than what a clock of files tells apart.
    func pass() async throws { try await Task.sleep(for: .milliseconds(40)) }

    /// Names of what is offered, after as many looks as a file that is whole needs.
    func names() async throws -> [String] {
      for _ in 0..<4 {
        let arrivals = try await source.arrivals(limit: 100)
        if !arrivals.isEmpty { return arrivals.map(\.name) }
        try await pass()
      }
      return []
    }
  }

  private func place(_ ground: Ground, then: FolderSource.Afterwards = .keep) async throws -> Place {
    let scratch = try ScratchFolder(in: ground == .memory ? "/dev/shm" : nil)
    try FileManager.default.createDirectory(at: scratch.url("inbox"), withIntermediateDirectories: true)
    let mount = ground == .userSpace ? try MountedFolder(of: scratch.path("inbox"), at: scratch.path("mount")) : nil
    let source = FolderSource(
      name: "scanner", folder: mount?.path ?? scratch.path("inbox"), settle: 0.03, then: then,
      events: ground == .asked ? .off : .auto)
    await source.beginWatching()
    return Place(scratch: scratch, source: source, mount: mount)
  }

  @Test("a file that grows is taken once, whole", arguments: Ground.here, FolderSource.Afterwards.allCases)
  func grows(ground: Ground, then: FolderSource.Afterwards) async throws {
    let place = try await place(ground, then: then)
    try place.put("", "a.pdf")
    let writer = try FileHandle(forWritingTo: place.scratch.url("inbox/a.pdf"))
    for step in 0..<4 {
      try writer.write(contentsOf: Data("step \(step)".utf8))
      #expect(try await place.source.arrivals(limit: 10).isEmpty, "step \(step)")
      try await Task.sleep(for: .milliseconds(20))
    }
    try writer.close()
    #expect(try await place.names() == ["a.pdf"])
    #expect(try await place.source.arrivals(limit: 10).isEmpty)
    #expect(place.scratch.names("inbox") == ["a.pdf"], "what asked for the time is gone")
  }

  @Test("a scanner that writes aside, renames and writes again is taken once, as it was left", arguments: Ground.here)
  func scanner(ground: Ground) async throws {
    let place = try await place(ground)
    try place.put("draft", "a.tmp")
    #expect(try await place.source.arrivals(limit: 10).isEmpty)
    try FileManager.default.moveItem(at: place.scratch.url("inbox/a.tmp"), to: place.scratch.url("inbox/a.pdf"))
    _ = ground == .disk ? [] : try await place.source.arrivals(limit: 0)
    try place.put("the whole", "a.pdf")
    #expect(try await place.names() == ["a.pdf"])
    #expect(try await place.source.arrivals(limit: 10).isEmpty)
  }

  @Test("a file that vanishes or is replaced after the look is not offered as it was", arguments: Ground.here)
  func replaced(ground: Ground) async throws {
    let place = try await place(ground)
    for name in ["a", "b", "c"] { try place.put("one", name) }
    try await place.pass()
    _ = try await place.source.arrivals(limit: 10)
    await place.source.offerAgain()
    try await place.pass()
    let arrivals = try await place.source.arrivals(limit: 10)
    #expect(arrivals.count == 3)
    try FileManager.default.removeItem(at: place.scratch.url("inbox/a"))
    try place.put("two", "b")
    #expect(await place.source.standing(of: try #require(arrivals.first { $0.name == "a" })) == .gone)
    #expect(await place.source.standing(of: try #require(arrivals.first { $0.name == "b" })) == .changed)
    #expect(await place.source.standing(of: try #require(arrivals.first { $0.name == "c" })) == .unchanged)
    await place.source.offerAgain()
    #expect(try await Set(place.names() + place.names()) == ["b", "c"])
  }

  @Test("a file that somebody has locked waits", arguments: [Ground.disk, .asked])
  func locked(ground: Ground) async throws {
    let place = try await place(ground)
    try place.put("x", "a.pdf")
    let descriptor = open(place.scratch.path("inbox/a.pdf"), O_RDONLY)
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(try await place.names().isEmpty)
    close(descriptor)
    #expect(try await place.names() == ["a.pdf"])
  }

  @Test("an inbox that appears later, goes and comes back is said once and taken up again", arguments: Ground.here)
  func away(ground: Ground) async throws {
    let place = try await place(ground)
    guard place.mount == nil else { return try await unmounted(place) }
    try place.put("x", "a.pdf")
    #expect(try await place.names() == ["a.pdf"])
    rename(place.scratch.path("inbox"), place.scratch.path("elsewhere"))
    for _ in 0..<3 { #expect(try await place.source.arrivals(limit: 10).isEmpty) }
    let said = await place.source.refusals()
    #expect(said.count == 1 && said[0].code == .fileSystem)
    #expect(await place.source.refusals().isEmpty)
    rename(place.scratch.path("elsewhere"), place.scratch.path("inbox"))
    try place.put("y", "b.pdf")
    #expect(try await place.names() == ["b.pdf"], "what was offered is remembered")
  }

  /// A share that is away leaves an empty folder, and is itself again when it comes back.
  private func unmounted(_ place: Place) async throws {
    let mount = try #require(place.mount)
    try place.put("x", "a.pdf")
    let first = try await place.source.arrivals(limit: 10) + (try await placeArrivals(place))
    for arrival in first { try await place.source.acknowledge(arrival) }
    #expect(first.count == 1)
    mount.unmount()
    for _ in 0..<3 { #expect(try await place.source.arrivals(limit: 10).isEmpty) }
    try mount.mount()
    try place.put("y", "b.pdf")
    var names: [Arrival] = []
    for _ in 0..<3 { names += try await placeArrivals(place) }
    let again = names.filter { $0.name == "a.pdf" }
    #expect(Set(names.map(\.name)).subtracting(["a.pdf"]) == ["b.pdf"])
    #expect(again.allSatisfy { $0.place == first[0].place }, "known by its place, whatever the device is now")
  }

  private func placeArrivals(_ place: Place) async throws -> [Arrival] {
    try await place.pass()
    return try await place.source.arrivals(limit: 10)
  }

  @Test(
    "an inbox that cannot be changed is said once, and gives each file once", .enabled(if: MountedFolder.isPossible))
  func readOnly() async throws {
    let scratch = try ScratchFolder()
    for name in ["a", "b"] { try scratch.write(name, to: "inbox/\(name)") }
    let mount = try MountedFolder(of: scratch.path("inbox"), at: scratch.path("mount"), options: ["-r"])
    let source = FolderSource(name: "scanner", folder: mount.path, settle: 0.03, then: .archive)
    let arrivals = try await source.arrivals(limit: 10)
    #expect(arrivals.count == 2)
    await #expect(throws: DocketError.self) { try await source.acknowledge(arrivals[0]) }
    try await source.acknowledge(arrivals[1])
    await source.offerAgain()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    #expect(scratch.names("inbox") == ["a", "b"])
  }

  @Test("ten thousand files at once are all offered, with the descriptors that one needs")
  func many() async throws {
    let place = try await place(.disk)
    for number in 0..<10_000 {
      let descriptor = creat(place.scratch.path("inbox/\(number)"), 0o644)
      close(descriptor)
    }
    try await place.pass()
    let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    var seen: Set<String> = []
    while true {
      let arrivals = try await place.source.arrivals(limit: 256)
      if arrivals.isEmpty { break }
      #expect(arrivals.count <= 256)
      seen.formUnion(arrivals.map(\.name))
    }
    #expect(seen.count == 10_000)
    let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    #expect(after < before + 500, "other tests run beside this one")
  }

  @Test("a folder of an inbox may be a source of its own, with all that lies in it")
  func subfolders() async throws {
    let scratch = try ScratchFolder()
    for name in ["inbox/a", "inbox/acme/b", "inbox/acme/deep/c", "inbox/other/acme/d"] {
      try scratch.write(name, to: name)
    }
    let source = FolderSource(
      name: "scanner", folder: scratch.path("inbox"), settle: 0, then: .keep, mapped: ["acme"])
    let arrivals = try await source.arrivals(limit: 10)
    let sources = Dictionary(uniqueKeysWithValues: arrivals.map { ($0.name, $0.source) })
    #expect(sources == ["a": "scanner", "b": "scanner/acme", "c": "scanner/acme", "d": "scanner"])
  }
}

/// A folder seen through a file system in user space.
private final class MountedFolder: Sendable {
  let path: String
  private let original: String
  private let options: [String]

  /// The program is installed and this user may mount.
  static let isPossible: Bool = {
    guard access("/usr/bin/bindfs", X_OK) == 0, access("/dev/fuse", R_OK | W_OK) == 0, unmounter != nil,
      let scratch = try? ScratchFolder()
    else { return false }
    return (try? MountedFolder(of: scratch.path("home"), at: scratch.path("mount"))) != nil
  }()

  private static let unmounter: String? = ["/usr/bin/fusermount", "/usr/bin/fusermount3"].first { (path: String) in
    access(path, X_OK) == 0
  }

  init(of original: String, at path: String, options: [String] = []) throws {
    self.path = path
    self.original = original
    self.options = options
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try mount()
  }

  deinit { unmount() }

  /// In the foreground: a process that leaves one behind is never seen to end.
  func mount() throws {
    let before = device
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/bindfs")
    process.arguments = ["-f"] + options + [original, path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<500 {
      if device != before { return }
      guard process.isRunning else { break }
      usleep(10_000)
    }
    throw CocoaError(.fileWriteUnknown)
  }

  func unmount() {
    let process = Process()
    process.executableURL = URL(filePath: MountedFolder.unmounter ?? "")
    process.arguments = ["-u", "-z", path]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
  }

  private var device: UInt {
    var status = stat()
    return stat(path, &status) == 0 ? UInt(status.st_dev) : 0
  }
}
