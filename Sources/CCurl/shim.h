// libcurl, opened when the first request is made: linked, it would cost every start of the program a third more
// (Docs/decisions). Its functions with a variable number of arguments cannot be called from Swift either, so each
// form that is used has a wrapper here. The numbers are libcurl's ABI, which has not changed since 2006.
#ifndef DOCKET_CCURL_H
#define DOCKET_CCURL_H
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int (*global_init)(long flags);
  void *(*easy_init)(void);
  int (*setopt)(void *handle, int option, ...);
  int (*perform)(void *handle);
  int (*getinfo)(void *handle, int info, ...);
  void (*cleanup)(void *handle);
  void *(*list_append)(void *list, const char *text);
  void (*list_free)(void *list);
  const char *(*strerror)(int code);
  char *(*version)(void);
} docket_curl;

// 0 where the library is not there or lacks a function.
static inline int docket_curl_open(docket_curl *curl) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
  *(void **)&curl->global_init = dlsym(library, "curl_global_init");
  *(void **)&curl->easy_init = dlsym(library, "curl_easy_init");
  *(void **)&curl->setopt = dlsym(library, "curl_easy_setopt");
  *(void **)&curl->perform = dlsym(library, "curl_easy_perform");
  *(void **)&curl->getinfo = dlsym(library, "curl_easy_getinfo");
  *(void **)&curl->cleanup = dlsym(library, "curl_easy_cleanup");
  *(void **)&curl->list_append = dlsym(library, "curl_slist_append");
  *(void **)&curl->list_free = dlsym(library, "curl_slist_free_all");
  *(void **)&curl->strerror = dlsym(library, "curl_easy_strerror");
  *(void **)&curl->version = dlsym(library, "curl_version");
  if (!curl->global_init || !curl->easy_init || !curl->setopt || !curl->perform || !curl->getinfo || !curl->cleanup ||
      !curl->list_append || !curl->list_free || !curl->strerror || !curl->version)
    return 0;
  return curl->global_init(3) == 0;
}

static inline void *docket_curl_new(const docket_curl *curl) { return curl->easy_init(); }
static inline void docket_curl_end(const docket_curl *curl, void *handle) { curl->cleanup(handle); }
static inline int docket_curl_set_long(const docket_curl *curl, void *handle, int option, long value) {
  return curl->setopt(handle, option, value);
}
static inline int docket_curl_set_offset(const docket_curl *curl, void *handle, int option, int64_t value) {
  return curl->setopt(handle, option, value);
}
static inline int docket_curl_set_pointer(const docket_curl *curl, void *handle, int option, const void *value) {
  return curl->setopt(handle, option, value);
}
static inline int docket_curl_set_text(const docket_curl *curl, void *handle, int option, const char *value) {
  return curl->setopt(handle, option, value);
}
static inline int docket_curl_perform(const docket_curl *curl, void *handle) { return curl->perform(handle); }
static inline int docket_curl_get_long(const docket_curl *curl, void *handle, int info, long *value) {
  return curl->getinfo(handle, info, value);
}
static inline int docket_curl_get_offset(const docket_curl *curl, void *handle, int info, int64_t *value) {
  return curl->getinfo(handle, info, value);
}
static inline void *docket_curl_list(const docket_curl *curl, void *list, const char *text) {
  return curl->list_append(list, text);
}
static inline void docket_curl_list_end(const docket_curl *curl, void *list) { curl->list_free(list); }
static inline const char *docket_curl_meaning(const docket_curl *curl, int code) { return curl->strerror(code); }
static inline const char *docket_curl_version(const docket_curl *curl) { return curl->version(); }
// What is answered is read and forgotten.
static inline size_t docket_curl_forget(char *bytes, size_t size, size_t count, void *nothing) { return size * count; }
static inline int docket_curl_forget_answer(const docket_curl *curl, void *handle) {
  return curl->setopt(handle, 20011, docket_curl_forget);
}

#endif
