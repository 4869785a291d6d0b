// Running another program once: see shim.h for what may stand here.
#ifndef DOCKET_CPLATFORM_CHILDREN_H
#define DOCKET_CPLATFORM_CHILDREN_H
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

// Hidden behind _GNU_SOURCE, which the importer does not define.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *folder);

static inline int platform_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder) {
  return posix_spawn_file_actions_addchdir_np(actions, folder);
}
// A file without a name, in memory; closed on exec.
static inline int platform_memory_file(void) { return (int)syscall(SYS_memfd_create, "docket", 1u); }

#endif
