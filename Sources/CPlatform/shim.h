// Only what Swift cannot import: calls that need _GNU_SOURCE, variadic functions and casting macros.
//
// _GNU_SOURCE is not defined, and headers that define structs which Glibc's module has too (<fcntl.h>,
// <sys/stat.h>, <sys/select.h>) are not included: Swift would then see two definitions of one type.
#ifndef DOCKET_CPLATFORM_H
#define DOCKET_CPLATFORM_H
#include <errno.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

extern long syscall(long number, ...);
extern int fcntl(int fd, int command, ...);

// Constants that need _GNU_SOURCE or come from headers not included.
enum { docket_at_fdcwd = -100, docket_f_rdlck = 0, docket_f_unlck = 2, docket_f_setlease = 1024, docket_noreplace = 1 };

static inline int docket_rename_if_free(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, docket_at_fdcwd, from, docket_at_fdcwd, to, docket_noreplace);
}
// 0: nobody has the file open for writing. EAGAIN: somebody has. Others: the file system or the owner cannot tell.
static inline int docket_no_writer(int fd) {
  if (fcntl(fd, docket_f_setlease, docket_f_rdlck) != 0) return errno;
  fcntl(fd, docket_f_setlease, docket_f_unlck);
  return 0;
}
// Asks the file server anew what an open file is like, where the system would answer from memory for some seconds.
// The buffer is a struct statx, which needs _GNU_SOURCE; fstat tells what was learned.
static inline void docket_refresh(int fd) {
  char buffer[256];
  syscall(SYS_statx, fd, "", 0x1000 /* AT_EMPTY_PATH */ | 0x2000 /* AT_STATX_FORCE_SYNC */, 0x7ff, buffer);
}
// The file system's magic number, 0 where it cannot be asked.
static inline long docket_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : 0;
}

#endif
