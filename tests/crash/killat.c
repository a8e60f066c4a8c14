/* Kills the process (SIGKILL) just before its n-th change of anything below one folder.
   Built by the test with: cc -O2 -shared -fPIC -o killat.so killat.c -ldl
   killat_arm(folder, n): n = 0 only counts; killat_count(): changes seen so far. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long fuse, seen;
static int armed;

void killat_arm(const char *path, long n) {
    strncpy(folder, path, sizeof folder - 1);
    fuse = n;
    seen = 0;
    armed = 1;
}

long killat_count(void) { return seen; }

static void change(void) {
    seen++;
    if (fuse && seen == fuse) kill(getpid(), SIGKILL);
}

static int below(const char *path) { return armed && strncmp(path, folder, strlen(folder)) == 0; }

static int fd_below(int fd) {
    char link[64], path[PATH_MAX];
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return below(path);
}

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t n) { if (fd_below(fd)) change(); return REAL(write)(fd, data, n); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { if (fd_below(fd)) change(); return REAL(pwrite)(fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { if (fd_below(fd)) change(); return REAL(pwrite64)(fd, data, n, at); }
int ftruncate(int fd, off_t n) { if (fd_below(fd)) change(); return REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { if (fd_below(fd)) change(); return REAL(ftruncate64)(fd, n); }
int fsync(int fd) { if (fd_below(fd)) change(); return REAL(fsync)(fd); }
int fdatasync(int fd) { if (fd_below(fd)) change(); return REAL(fdatasync)(fd); }
int unlink(const char *path) { if (below(path)) change(); return REAL(unlink)(path); }
int rename(const char *from, const char *to) { if (below(from) || below(to)) change(); return REAL(rename)(from, to); }
int mkdir(const char *path, mode_t mode) { if (below(path)) change(); return REAL(mkdir)(path, mode); }
