// Only what Swift cannot import: variadic calls and casting macros.
#ifndef DOCKET_CSANDBOX_H
#define DOCKET_CSANDBOX_H
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int sandbox_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int sandbox_landlock_abi(void) {
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}
static inline int sandbox_landlock_restrict(int fd) { return (int)syscall(SYS_landlock_restrict_self, fd, 0); }

#endif
