import CSandbox
import Docket
import Glibc

/// What this process gives up before it reads its first byte: privileges, the network, other programs, files, and
/// more memory and time than a document may cost.
///
/// A kernel that lacks one of the fences is told of (`docket doctor`), and the others stand.
struct Sandbox {
  /// Names of the fences that stand.
  private(set) var active: [String] = []
  /// Names of those that this kernel does not have, or refused.
  private(set) var missing: [String] = []

  /// - Parameters:
  ///   - memoryBytes: of address space; nil leaves it as it is.
  ///   - fileBytes: how long a file may get that is written; standard output may be one.
  static func enter(memoryBytes: Int?, fileBytes: Int = 0) -> Sandbox {
    var sandbox = Sandbox()
    sandbox_watch_memory()
    sandbox_watch_time()
    sandbox_end_with_parent()
    sandbox.note("no-new-privileges", sandbox_no_new_privileges() == 0)
    sandbox.note("limits", setLimits(memoryBytes: memoryBytes, fileBytes: fileBytes))
    sandbox.note("landlock", restrictFiles())
    sandbox.note("seccomp", restrictCalls())
    return sandbox
  }

  private mutating func note(_ name: String, _ stands: Bool) {
    if stands { active.append(name) } else { missing.append(name) }
  }

  private static func setLimits(memoryBytes: Int?, fileBytes: Int) -> Bool {
    func limit(_ resource: __rlimit_resource, _ value: Int) -> Bool {
      var limits = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
      return setrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0
    }
    let memory = memoryBytes.map { limit(RLIMIT_AS, $0) } ?? true
    return [limit(RLIMIT_CORE, 0), limit(RLIMIT_FSIZE, fileBytes), limit(RLIMIT_NOFILE, 128), memory]
      .allSatisfy { $0 }
  }

  /// Gives the process so many more seconds of CPU; the kernel ends it with SIGXCPU when they are used up.
  static func allowCPU(seconds: Int) { setCPU(until: usedCPU + max(1, min(seconds, 1 << 30)) + 2) }

  /// Work that may take so many seconds of CPU, not more than the document has left; the process ends with a status
  /// of its own when they are used up.
  static func drawing<Result>(seconds: Int, _ work: () -> Result) -> Result {
    let before = setCPU(until: usedCPU + max(1, seconds), atMostAsNow: true)
    sandbox_set_drawing(1)
    defer {
      sandbox_set_drawing(0)
      setCPU(until: before)
    }
    return work()
  }

  private static var usedCPU: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_utime.tv_sec) + Int(usage.ru_stime.tv_sec)
  }

  /// Gives the limit there was.
  @discardableResult
  private static func setCPU(until seconds: Int, atMostAsNow: Bool = false) -> Int {
    var limits = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limits)
    let before = limits.rlim_cur
    limits.rlim_cur = min(rlim_t(seconds), atMostAsNow ? before : limits.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limits)
    return Int(clamping: before)
  }

  /// Before each document: what the last one was denied is forgotten.
  static func beginDocument() { sandbox_begin_document() }

  /// What parsers need to look at: fonts, OCR data, character sets. Nothing of it is anybody's.
  private static var readable: [String] {
    var places = [
      "/usr/share", "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/share/fonts", "/etc/fonts",
      "/var/cache/fontconfig", "/etc/ld.so.cache", "/etc/magic", "/etc/magic.mime",
    ]
    if let folder = getenv("TESSDATA_PREFIX") { places.append(String(cString: folder)) }
    return places
  }

  private static func restrictFiles() -> Bool {
    let abi = sandbox_landlock_abi()
    guard abi >= 1 else { return false }
    let execute: UInt64 = 1
    let write: UInt64 = 2
    let readFile: UInt64 = 4
    let readFolder: UInt64 = 8
    // Each version of the kernel knows a few rights more; those it does not know must not be named.
    let files: UInt64 = abi >= 5 ? 0xFFFF : abi >= 3 ? 0x7FFF : abi == 2 ? 0x3FFF : 0x1FFF
    let net: UInt64 = abi >= 4 ? 3 : 0
    let scopes: UInt64 = abi >= 6 ? 3 : 0
    let ruleset = sandbox_landlock_create(files, net, scopes, abi >= 6 ? 24 : abi >= 4 ? 16 : 8)
    guard ruleset >= 0 else { return false }
    defer { close(ruleset) }
    for place in readable where access(place, F_OK) == 0 {
      var status = stat()
      let isFolder = stat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      let rights = isFolder ? execute | readFile | readFolder : readFile
      guard sandbox_landlock_allow(ruleset, place, rights) == 0 else { return false }
    }
    for device in ["/dev/null", "/dev/zero", "/dev/urandom"] where access(device, F_OK) == 0 {
      guard sandbox_landlock_allow(ruleset, device, device == "/dev/null" ? readFile | write : readFile) == 0 else {
        return false
      }
    }
    return sandbox_landlock_restrict(ruleset) == 0
  }

  /// Refused with EPERM: a library that tries gets an error, not a bullet.
  private static let refused = [
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "execve", "execveat", "fork", "vfork",
    "ptrace", "process_vm_readv", "process_vm_writev", "kill", "tkill", "pidfd_open", "pidfd_getfd",
    "pidfd_send_signal", "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "pivot_root", "chroot",
    "unshare", "setns", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at", "name_to_handle_at",
    "init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "swapoff", "setuid", "setgid",
    "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "personality", "shmget", "shmat", "msgget",
    "semget", "mq_open", "quotactl", "acct", "syslog", "sethostname", "settimeofday", "clock_settime", "setsid",
  ]

  private static func restrictCalls() -> Bool {
    let allow: UInt32 = 0x7FFF_0000
    let refuse: UInt32 = 0x0005_0000 | UInt32(EPERM)
    // glibc falls back to `clone`, whose flags can be looked at.
    let unknown: UInt32 = 0x0005_0000 | UInt32(ENOSYS)
    guard let filter = seccomp_init(allow) else { return false }
    defer { seccomp_release(filter) }
    for name in refused {
      let number = seccomp_syscall_resolve_name(name)
      // Another architecture may lack some.
      if number >= 0 { guard seccomp_rule_add_array(filter, refuse, number, 0, nil) == 0 else { return false } }
    }
    let clone3 = seccomp_syscall_resolve_name("clone3")
    if clone3 >= 0 { guard seccomp_rule_add_array(filter, unknown, clone3, 0, nil) == 0 else { return false } }
    guard sandbox_refuse_new_processes(filter, refuse) == 0 else { return false }
    return seccomp_load(filter) == 0
  }
}
