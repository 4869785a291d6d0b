// Starting a process and handing it a descriptor: see shim.h for what may stand here.
#ifndef DOCKET_CPLATFORM_WORKERS_H
#define DOCKET_CPLATFORM_WORKERS_H
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// Hidden behind _GNU_SOURCE, which the importer does not define.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int platform_spawn_close_from(posix_spawn_file_actions_t *actions, int from) {
  return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

// Writes bytes with one descriptor beside them (SCM_RIGHTS): the CMSG macros are not imported.
static inline ssize_t platform_send_descriptor(int sock, const void *bytes, size_t count, int descriptor) {
  struct iovec part = {(void *)bytes, count};
  union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control;
  memset(&control, 0, sizeof control);
  struct msghdr message = {0};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.space;
  message.msg_controllen = sizeof control.space;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  return sendmsg(sock, &message, MSG_NOSIGNAL);
}

// Reads bytes and the descriptor beside them, -1 for none.
static inline ssize_t platform_receive_descriptor(int sock, void *bytes, size_t count, int *descriptor) {
  struct iovec part = {bytes, count};
  union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control;
  struct msghdr message = {0};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.space;
  message.msg_controllen = sizeof control.space;
  *descriptor = -1;
  ssize_t got = recvmsg(sock, &message, MSG_CMSG_CLOEXEC);
  if (got >= 0) {
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
      memcpy(descriptor, CMSG_DATA(header), sizeof(int));
  }
  return got;
}

#endif
