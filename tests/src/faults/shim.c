/* SPDX-License-Identifier: EUPL-1.2 */
/* A disk that fails when it is told to, and that tells what would be left after a power cut. Loaded before libc (LD_PRELOAD)
 * into an unchanged program; see faults/mod.rs.
 *
 * FAULT_DIR     only files below this folder are meant
 * FAULT_CALLS   which calls fail: any of "sync write" in one word list
 * FAULT_FROM    the first of them that fails, counted from 1; 0: none
 * FAULT_TIMES   how many fail; 0: all from then on
 * FAULT_ERRNO   EIO, ENOSPC; SHORT: half is written, the rest fails with ENOSPC
 * FAULT_SHADOW  a folder: after each sync that succeeds, the file as it then is, under its name. What was written and not
 *               synced is not there: that is the worst that a power cut can leave
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count;

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

/* The path of an open file below the folder that is meant, from behind the folder's name; 0 otherwise. */
static int meant(int fd, char *path) {
  char link[64], real[PATH_MAX];
  const char *folder = setting("FAULT_DIR");
  size_t length = strlen(folder);
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t got = readlink(link, real, sizeof real - 1);
  if (length == 0 || got <= (ssize_t)length) return 0;
  real[got] = 0;
  if (strncmp(real, folder, length) != 0 || real[length] != '/') return 0;
  snprintf(path, PATH_MAX, "%s", real + length);
  return 1;
}

/* Whether this call is one of those that fail. */
static int fails(const char *call) {
  if (!strstr(setting("FAULT_CALLS"), call)) return 0;
  long from = atol(setting("FAULT_FROM")), times = atol(setting("FAULT_TIMES"));
  pthread_mutex_lock(&lock);
  long now = ++count;
  pthread_mutex_unlock(&lock);
  return from > 0 && now >= from && (times == 0 || now < from + times);
}

static int error_number(void) {
  return strcmp(setting("FAULT_ERRNO"), "EIO") == 0 ? EIO : ENOSPC;
}

/* Where a file's shadow is: one folder, slashes as commas. */
static int shadow(const char *path, char *out) {
  const char *folder = setting("FAULT_SHADOW");
  if (!*folder) return 0;
  int n = snprintf(out, PATH_MAX, "%s/", folder);
  for (const char *c = path + 1; *c && n < PATH_MAX - 1; c++) out[n++] = *c == '/' ? ',' : *c;
  out[n] = 0;
  return 1;
}

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);

/* Keeps the file as it is now: first beside, then by renaming, so that a kill leaves the old one or the new one. */
static void keep(int fd, const char *path) {
  char out[PATH_MAX], part[PATH_MAX + 8], link[64], buffer[1 << 16];
  struct stat facts;
  if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) || !shadow(path, out)) return;
  pthread_mutex_lock(&lock);
  snprintf(part, sizeof part, "%s.part", out);
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int from = open(link, O_RDONLY), to = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ssize_t got = 0;
  off_t at = 0;
  if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
  while (from >= 0 && to >= 0 && (got = pread(from, buffer, sizeof buffer, at)) > 0) {
    if (real_write(to, buffer, got) != got) abort();
    at += got;
  }
  if (from < 0 || to < 0 || got < 0) abort();
  close(from);
  close(to);
  if (rename(part, out) != 0) abort();
  pthread_mutex_unlock(&lock);
}

static int synced(const char *name, int fd) {
  char path[PATH_MAX];
  int ours = meant(fd, path);
  if (ours && fails("sync")) {
    errno = error_number();
    return -1;
  }
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  int done = real(fd);
  if (done == 0 && ours) keep(fd, path);
  return done;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

/* How much of a write is let through before it fails: all of it, half of it, nothing. */
static int cut(int fd, size_t *length) {
  char path[PATH_MAX];
  if (!meant(fd, path) || !fails("write")) return 0;
  *length = strcmp(setting("FAULT_ERRNO"), "SHORT") == 0 ? *length / 2 : 0;
  return 1;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
  if (!cut(fd, &length)) return real_write(fd, bytes, length);
  if (length > 0) return real_write(fd, bytes, length);
  errno = error_number();
  return -1;
}

static ssize_t pwrite_any(int fd, const void *bytes, size_t length, off_t at) {
  if (!real_pwrite) real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  if (!cut(fd, &length)) return real_pwrite(fd, bytes, length, at);
  if (length > 0) return real_pwrite(fd, bytes, length, at);
  errno = error_number();
  return -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite_any(fd, bytes, length, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite_any(fd, bytes, length, at); }

/* A name that was taken away is gone from the disk too. */
int unlink(const char *name) {
  char real[PATH_MAX], out[PATH_MAX];
  const char *folder = setting("FAULT_DIR");
  size_t length = strlen(folder);
  int known = length > 0 && realpath(name, real) && strncmp(real, folder, length) == 0 && real[length] == '/';
  int (*really)(const char *) = dlsym(RTLD_NEXT, "unlink");
  int done = really(name);
  if (done == 0 && known && shadow(real + length, out)) really(out);
  return done;
}
