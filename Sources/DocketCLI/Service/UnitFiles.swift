import Docket

/// The units that systemd runs a workspace's pipelines by: text alone; nothing is written here.
struct UnitFiles: Sendable {
  /// For the whole machine, as a user of its own; else for the user who is logged in.
  let isSystem: Bool
  /// Who runs it, for the whole machine.
  let user: String
  let program: String
  let workspace: String
  /// Folders outside the workspace that pipelines read and write.
  let folders: [String]

  struct Unit: Hashable, Sendable {
    var name: String
    var text: String
  }

  /// What all units of a workspace are called by: its name and where it is.
  var stem: String {
    let folder = workspace.split(separator: "/").last ?? ""
    let plain = String(folder.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    return "docket-\(plain.isEmpty ? "workspace" : plain)-\(ContentDigest(of: workspace).hex.prefix(6))"
  }

  /// A timer and what it starts.
  func timer(_ pipeline: String, _ cron: CronLine) -> [Unit] {
    let name = "\(stem)-\(pipeline)"
    let times = cron.calendarEvents.map { "OnCalendar=\($0)\n" }.joined()
    return [
      Unit(
        name: "\(name).timer",
        text: """
          [Unit]
          Description=Docket runs \(pipeline) of \(workspace): \(cron)

          [Timer]
          \(times)Persistent=true
          AccuracySec=1s

          [Install]
          WantedBy=timers.target

          """),
      Unit(
        name: "\(name).service",
        text: """
          [Unit]
          Description=Docket runs \(pipeline) of \(workspace)
          RequiresMountsFor=\(quoted(workspace))

          [Service]
          Type=oneshot
          ExecStart=\(command(["schedule", "run", "--now", pipeline]))
          # Documents that failed are counted by `docket failed`; what was interrupted goes on the next time.
          SuccessExitStatus=3 130
          TimeoutStopSec=60
          Nice=10
          \(hardening)
          """),
    ]
  }

  /// The service that watches.
  func watch(_ pipelines: [String]) -> Unit {
    Unit(
      name: "\(stem)-watch.service",
      text: """
        [Unit]
        Description=Docket watches \(workspace)
        RequiresMountsFor=\(quoted(workspace))

        [Service]
        Type=notify
        ExecStart=\(command(["watch"] + pipelines))
        ExecReload=/bin/kill -HUP $MAINPID
        WatchdogSec=60
        Restart=on-failure
        RestartSec=10
        TimeoutStopSec=60
        \(hardening)

        [Install]
        WantedBy=\(isSystem ? "multi-user" : "default").target

        """)
  }

  private func command(_ words: [String]) -> String {
    ([program] + words + ["--workspace", workspace]).map(quoted).joined(separator: " ")
  }

  /// `%` and `$` mean something to systemd, and blanks part words.
  private func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
      .replacing("$", with: "$$")
    return escaped.contains(where: { $0.isWhitespace || "\"\\'".contains($0) }) ? "\"\(escaped)\"" : escaped
  }

  /// What a program needs that reads strangers' files, and nothing else. A user's own systemd can do less.
  private var hardening: String {
    var lines = [
      "UMask=0077", "NoNewPrivileges=yes", "LockPersonality=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes",
      "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "SystemCallArchitectures=native",
    ]
    if isSystem {
      let writable = ([workspace] + folders).map { quoted("-\($0)") }.joined(separator: " ")
      lines = ["User=\(user)"] + lines
      lines += [
        "ProtectSystem=strict", "ProtectHome=read-only", "ReadWritePaths=\(writable)", "PrivateTmp=yes",
        "PrivateDevices=yes", "ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectKernelLogs=yes",
        "ProtectControlGroups=yes", "ProtectClock=yes", "ProtectHostname=yes", "RestrictNamespaces=yes",
        "CapabilityBoundingSet=", "AmbientCapabilities=",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
