import DocketTesting
import Foundation
import Testing

/// `docket watch` and `docket schedule` as services.
@Suite struct ServiceTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
  }

  private var pipeline: String { "office/pipelines/office.yaml" }

  /// Waits until it holds, ten seconds at most.
  private func eventually(_ holds: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<400 {
      if try holds() { return true }
      usleep(25_000)
    }
    return false
  }

  @Test("a watch tells systemd what it does, reads its pipelines anew on SIGHUP, and ends well on SIGTERM")
  func watch() throws {
    let manager = try NotifySocket(at: scratch.path("notify"))
    let running = try docket.start(
      ["watch"], in: scratch.path("office"),
      environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "400000"])
    defer { if running.process.isRunning { running.process.terminate() } }
    #expect(eventually { manager.heard("READY=1") && manager.heard("WATCHDOG=1") })
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    #expect(eventually { running.errors.contains("a.txt: review") })
    let text = scratch.text(pipeline)
    try scratch.write(text + "\nacepts: [x]\n", to: pipeline)
    kill(running.process.processIdentifier, SIGHUP)
    #expect(eventually { running.errors.contains("those from before are kept") })
    #expect(running.errors.contains("did you mean `accepts`?"))
    try scratch.write(text.replacing("  inbox:", with: "  letters:"), to: pipeline)
    kill(running.process.processIdentifier, SIGHUP)
    #expect(eventually { running.errors.contains("Read the pipelines anew: watching letters") })
    try scratch.write("nothing that fits either", to: "office/inbox/b.txt")
    #expect(eventually { running.errors.contains("b.txt: review") })
    #expect(manager.heard("RELOADING=1"))
    let began = Date()
    running.process.terminate()
    let ending = running.wait()
    #expect(ending.status == 0 && Date().timeIntervalSince(began) < 8)
    #expect(manager.heard("STOPPING=1"))
  }

  @Test("an inbox that is away does not end the watch, and one pipeline's inbox keeps no other")
  func away() throws {
    try FileManager.default.moveItem(at: scratch.url("office/inbox"), to: scratch.url("office/elsewhere"))
    let running = try docket.start(["watch"], in: scratch.path("office"))
    defer { if running.process.isRunning { running.process.terminate() } }
    #expect(eventually { running.errors.contains("it is looked for again") })
    try FileManager.default.moveItem(at: scratch.url("office/elsewhere"), to: scratch.url("office/inbox"))
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    #expect(eventually { running.errors.contains("a.txt: review") })
    running.process.terminate()
    let ending = running.wait()
    #expect(ending.status == 0)
    #expect(ending.errors.components(separatedBy: "it is looked for again").count == 2, "said once")
  }

  @Test("two pipelines that take from one folder are told of it")
  func sharedFolder() throws {
    try scratch.write(
      scratch.text(pipeline).replacing("pipeline: office", with: "pipeline: other"), to: "office/pipelines/other.yaml")
    let running = try docket.start(["watch"], in: scratch.path("office"))
    defer { if running.process.isRunning { running.process.terminate() } }
    #expect(eventually { running.errors.contains("`office/inbox` and `other/inbox` take files from the same folder") })
    #expect(eventually { running.errors.contains("Watching office/inbox, other/inbox.") })
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    #expect(eventually { running.errors.contains("a.txt: review") })
    running.process.terminate()
    #expect(running.wait().status == 0)
    #expect(try docket.run(["status", "--json"], in: scratch.path("office")).output.contains("\"arrived\":1"))
  }

  @Test("a pipeline runs when its time has come, once, however often it was missed")
  func schedule() throws {
    let office = scratch.path("office")
    try scratch.write(scratch.text(pipeline) + "schedule: { cron: \"* * * * *\" }\n", to: pipeline)
    try scratch.write("nothing that fits", to: "office/inbox/a.txt")
    #expect(try docket.run(["schedule", "run"], in: office).output.isEmpty, "the first call notes the time")
    #expect(scratch.exists("office/inbox/a.txt"))
    try scratch.write("1000000000\n", to: "office/.docket/schedule/office")
    let status = try docket.run(["schedule", "status", "--json"], in: office).output
    #expect(status.contains("\"missed\":1000") && status.contains("\"last\":\"2001-09-09T01:46:40Z\""))
    let ran = try docket.run(["schedule", "run"], in: office)
    #expect(ran.status == 0 && ran.output.contains("1 arrived"))
    let now = try docket.run(["schedule", "run", "--now", "office"], in: office)
    #expect(now.output.contains("0 arrived"), "also when it is not due")
    try scratch.write("", to: "office/inbox/empty.pdf")
    #expect(try docket.run(["schedule", "run", "--now"], in: office).status == 3, "as `run` ends")
  }

  @Test("a line that never comes due, or is none, is a mistake with its place")
  func mistakes() throws {
    for (line, said) in [("0 0 31 2 *", "no such day"), ("61 * * * *", "`61` is no minute"), ("daily", "five fields")] {
      let written = scratch.text(pipeline).split(separator: "schedule:")[0]
      try scratch.write(written + "schedule: { cron: \"\(line)\" }\n", to: pipeline)
      let ending = try docket.run(["check"], in: scratch.path("office"))
      #expect(ending.status == 78 && ending.output.contains(said), "\(line)")
    }
    #expect(try docket.run(["schedule", "run", "--now", "nobody"], in: scratch.path("office")).status == 78)
  }

  @Test("units are written, shown, and taken away; nothing else is touched")
  func units() throws {
    let office = scratch.path("office")
    let environment = ["XDG_CONFIG_HOME": scratch.path("config"), "PATH": scratch.path("bin")]
    #expect(try docket.run(["schedule", "install"], in: office, environment: environment).status == 78)
    try scratch.write(scratch.text(pipeline) + "schedule: { cron: \"0 2 * * 1-5\" }\n", to: pipeline)
    let plan = try docket.run(["schedule", "install", "-n", "--system", "--user", "docket"], in: office)
    for part in [
      "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:00:00", "Persistent=true", "NoNewPrivileges=yes", "User=docket",
      "ProtectSystem=strict", "schedule run --now office --workspace",
    ] {
      #expect(plan.output.contains(part), "\(part)")
    }
    let written = try docket.run(["schedule", "install"], in: office, environment: environment)
    #expect(written.status == 0 && written.errors.contains("systemctl --user daemon-reload"))
    let names = scratch.names("config/systemd/user")
    #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("docket-office-") })
    try scratch.write("", to: "config/systemd/user/other.timer")
    let removed = try docket.run(["schedule", "remove"], in: office, environment: environment)
    #expect(removed.output.split(separator: "\n").count == 2)
    #expect(scratch.names("config/systemd/user") == ["other.timer"])
  }

  @Test("cron lines are put beside the others, replaced, and taken away")
  func cron() throws {
    let office = scratch.path("office")
    let program = try scratch.write(
      "#!/bin/sh\ncd \"$(dirname \"$0\")\"\nif [ \"$1\" = -l ]; then cat table; else cat \"$1\" > table; fi\n",
      to: "bin/crontab")
    chmod(program, 0o755)
    try scratch.write("5 5 * * * backup\n", to: "bin/table")
    let environment = ["PATH": scratch.path("bin") + ":/usr/bin:/bin"]
    try scratch.write(scratch.text(pipeline) + "schedule: { cron: \"@daily\" }\n", to: pipeline)
    for _ in 0..<2 {
      #expect(try docket.run(["schedule", "install", "--cron"], in: office, environment: environment).status == 0)
    }
    let lines = scratch.text("bin/table").split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == "5 5 * * * backup" && lines[1].hasPrefix("0 0 * * * '"))
    _ = try docket.run(["schedule", "remove"], in: office, environment: environment)
    #expect(scratch.text("bin/table") == "5 5 * * * backup\n")
  }
}

/// Hears what services tell, as systemd does.
private final class NotifySocket {
  let path: String
  private let descriptor: Int32
  private var lines: [String] = []

  init(at path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
    }
    try #require(isBound)
  }

  deinit { close(descriptor) }

  func heard(_ line: String) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { break }
      lines += String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
    }
    return lines.contains(line)
  }
}
