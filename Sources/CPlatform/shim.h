// Only what Swift cannot import: calls that need _GNU_SOURCE, variadic functions and casting macros.
#ifndef DOCKET_CPLATFORM_H
#define DOCKET_CPLATFORM_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#endif
