// Only what Swift cannot import: variadic calls, packed structures, signal handlers and casting macros.
#ifndef DOCKET_CSANDBOX_H
#define DOCKET_CSANDBOX_H
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int sandbox_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int sandbox_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

static inline int sandbox_landlock_abi(void) {
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}
// The attributes' size tells the kernel which version is meant: newer fields must not be sent to older kernels.
static inline int sandbox_landlock_create(unsigned long long files, unsigned long long net, unsigned long long scopes,
                                          size_t size) {
  unsigned long long attributes[3] = {files, net, scopes};
  return (int)syscall(SYS_landlock_create_ruleset, attributes, size, 0);
}
static inline int sandbox_landlock_allow(int ruleset, const char *path, unsigned long long rights) {
  // O_PATH | O_CLOEXEC; <fcntl.h> here would take `stat` away from the importer's own module.
  int folder = (int)syscall(SYS_openat, -100 /* AT_FDCWD */, path, 012000000);
  if (folder < 0) return -1;
  struct landlock_path_beneath_attr rule = {0};
  rule.allowed_access = rights;
  rule.parent_fd = folder;
  int status = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(folder);
  return status;
}
static inline int sandbox_landlock_restrict(int fd) { return (int)syscall(SYS_landlock_restrict_self, fd, 0); }

// How a process denied memory ends. C++ tells by the new-handler; in C the way out leads through abort or exit, where
// a trial shows whether the address space is used up. All of this runs in signal handlers: system calls only.
enum { sandbox_memory_status = 97 };
// A function's own variable: the importer emits no others.
static inline volatile sig_atomic_t *sandbox_memory_denied(void) {
  static volatile sig_atomic_t denied;
  return &denied;
}

extern void (*_ZSt15set_new_handlerPFvvE(void (*)(void)))(void);
static inline void sandbox_new_failed(void) {
  *sandbox_memory_denied() = 1;
  // Taken away, so that this allocation throws and the library may still get along.
  _ZSt15set_new_handlerPFvvE(0);
}
static inline int sandbox_is_out_of_memory(void) {
  if (*sandbox_memory_denied()) return 1;
  void *trial = mmap(NULL, 96u << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (trial == MAP_FAILED) return 1;
  munmap(trial, 96u << 20);
  return 0;
}
static inline void sandbox_died(int number) {
  if (sandbox_is_out_of_memory()) _exit(sandbox_memory_status);
  signal(number, SIG_DFL);
  raise(number);
}
static inline void sandbox_exited(void) {
  if (sandbox_is_out_of_memory()) _exit(sandbox_memory_status);
}
// Drawing a page may take for ever. When the CPU it may take is used up, the process ends in a way of its own.
enum { sandbox_drawing_status = 98 };
static inline volatile sig_atomic_t *sandbox_drawing(void) {
  static volatile sig_atomic_t drawing;
  return &drawing;
}
static inline void sandbox_time_is_up(int number) {
  if (*sandbox_drawing()) _exit(sandbox_drawing_status);
  signal(number, SIG_DFL);
  raise(number);
}
static inline void sandbox_set_drawing(int drawing) { *sandbox_drawing() = drawing; }
static inline void sandbox_watch_time(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = sandbox_time_is_up;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGXCPU, &action, NULL);
}
static inline void sandbox_watch_memory(void) {
  static char stack[16384];
  stack_t alternate = {.ss_sp = stack, .ss_flags = 0, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = sandbox_died;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
  const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  atexit(sandbox_exited);
}
// Before each document.
static inline void sandbox_begin_document(void) {
  *sandbox_memory_denied() = 0;
  _ZSt15set_new_handlerPFvvE(sandbox_new_failed);
}

// `CLONE_THREAD` lies behind _GNU_SOURCE. Processes are refused, threads are not.
static inline int sandbox_refuse_new_processes(scmp_filter_ctx filter, uint32_t action) {
  struct scmp_arg_cmp isProcess = SCMP_A0(SCMP_CMP_MASKED_EQ, 0x00010000, 0);
  return seccomp_rule_add_array(filter, action, SCMP_SYS(clone), 1, &isProcess);
}

#endif
