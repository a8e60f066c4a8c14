/* Records every change below one folder, in order, with what the program said in between.
   Built by the tests with: cc -O2 -shared -fPIC -o record.so record.c -ldl
   record_arm(folder, log): from now on; record_say(text): a line of the program itself.
   One record: verb, u32 length of name, u64 offset, u64 length of data, name, data (little endian). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define NONE ""

static char folder[PATH_MAX];
static size_t folder_length;
static int log_fd = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static void put(const void *data, size_t n) {
    const char *at = data;
    while (n) {
        ssize_t done = REAL(write)(log_fd, at, n);
        if (done <= 0) _exit(97); /* a log with a hole would prove nothing */
        at += done, n -= done;
    }
}

static void record(char verb, const char *name, uint64_t offset, const void *data, uint64_t n) {
    uint32_t length = strlen(name);
    pthread_mutex_lock(&order);
    put(&verb, 1), put(&length, 4), put(&offset, 8), put(&n, 8), put(name, length);
    if (n) put(data, n);
    pthread_mutex_unlock(&order);
}

void record_arm(const char *path, const char *log) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

void record_say(const char *text) { record('A', NONE, 0, text, strlen(text)); }

/* The name of a path below the folder, or NULL. The folder itself is ".". */
static const char *below(const char *path) {
    if (log_fd < 0 || strncmp(path, folder, folder_length)) return NULL;
    if (!path[folder_length]) return ".";
    return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *open_file(int fd, char *path) {
    char link[64];
    if (log_fd < 0 || fd == log_fd) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n < 0) return NULL;
    path[n] = 0;
    if (n > 10 && !strcmp(path + n - 10, " (deleted)")) return NULL;
    return below(path);
}

/* A path as system calls take it, made absolute. */
static const char *named(int dir, const char *path, char *whole) {
    if (log_fd < 0) return NULL;
    if (path[0] == '/') return below(path);
    char base[PATH_MAX];
    if (dir == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return NULL;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
        ssize_t n = readlink(link, base, sizeof base - 1);
        if (n < 0) return NULL;
        base[n] = 0;
    }
    if (snprintf(whole, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return NULL;
    return below(whole);
}

static void opened(int fd, const char *name, int flags, int existed) {
    if (fd < 0 || !name) return;
    if ((flags & O_CREAT) && !existed) record('C', name, 0, NONE, 0);
    if ((flags & O_TRUNC) && existed) record('T', name, 0, NONE, 0);
}

#define OPEN(fn)                                                                                   \
    int fn(const char *path, int flags, ...) {                                                     \
        va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest);           \
        char whole[PATH_MAX]; const char *name = named(AT_FDCWD, path, whole);                     \
        int existed = name && !access(path, F_OK);                                                 \
        int fd = REAL(fn)(path, flags, mode);                                                      \
        opened(fd, name, flags, existed);                                                          \
        return fd;                                                                                 \
    }
OPEN(open) OPEN(open64)
#define OPENAT(fn)                                                                                 \
    int fn(int dir, const char *path, int flags, ...) {                                            \
        va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest);           \
        char whole[PATH_MAX]; const char *name = named(dir, path, whole);                          \
        int existed = name && !faccessat(dir, path, F_OK, 0);                                      \
        int fd = REAL(fn)(dir, path, flags, mode);                                                 \
        opened(fd, name, flags, existed);                                                          \
        return fd;                                                                                 \
    }
OPENAT(openat) OPENAT(openat64)

ssize_t write(int fd, const void *data, size_t n) {
    ssize_t done = REAL(write)(fd, data, n);
    char path[PATH_MAX]; const char *name = done > 0 ? open_file(fd, path) : NULL;
    if (name) record('W', name, lseek(fd, 0, SEEK_CUR) - done, data, done);
    return done;
}
#define PWRITE(fn, off)                                                                            \
    ssize_t fn(int fd, const void *data, size_t n, off at) {                                       \
        ssize_t done = REAL(fn)(fd, data, n, at);                                                  \
        char path[PATH_MAX]; const char *name = done > 0 ? open_file(fd, path) : NULL;             \
        if (name) record('W', name, at, data, done);                                               \
        return done;                                                                               \
    }
PWRITE(pwrite, off_t) PWRITE(pwrite64, off64_t)
#define TRUNCATE(fn, off)                                                                          \
    int fn(int fd, off n) {                                                                        \
        int failed = REAL(fn)(fd, n);                                                              \
        char path[PATH_MAX]; const char *name = failed ? NULL : open_file(fd, path);               \
        if (name) record('T', name, n, NONE, 0);                                                   \
        return failed;                                                                             \
    }
TRUNCATE(ftruncate, off_t) TRUNCATE(ftruncate64, off64_t)
#define SYNC(fn)                                                                                   \
    int fn(int fd) {                                                                               \
        int failed = REAL(fn)(fd);                                                                 \
        char path[PATH_MAX]; const char *name = failed ? NULL : open_file(fd, path);               \
        if (name) record('S', name, 0, NONE, 0);                                                   \
        return failed;                                                                             \
    }
SYNC(fsync) SYNC(fdatasync)

/* One name in a folder goes or comes; it is recorded once the system has done it. */
#define NAME(verb, call)                                                                           \
    char whole[PATH_MAX]; const char *name = named(dir, path, whole);                              \
    int failed = call;                                                                             \
    if (!failed && name) record(verb, name, 0, NONE, 0);                                           \
    return failed;
int unlinkat(int dir, const char *path, int flags) { NAME('U', REAL(unlinkat)(dir, path, flags)) }
int unlink(const char *path) { int dir = AT_FDCWD; NAME('U', REAL(unlink)(path)) }
int rmdir(const char *path) { int dir = AT_FDCWD; NAME('U', REAL(rmdir)(path)) }
int mkdir(const char *path, mode_t mode) { int dir = AT_FDCWD; NAME('D', REAL(mkdir)(path, mode)) }
int mkdirat(int dir, const char *path, mode_t mode) { NAME('D', REAL(mkdirat)(dir, path, mode)) }

int renameat(int dir, const char *path, int to_dir, const char *to) {
    char whole[PATH_MAX], to_whole[PATH_MAX];
    const char *name = named(dir, path, whole), *to_name = named(to_dir, to, to_whole);
    int failed = REAL(renameat)(dir, path, to_dir, to);
    if (!failed && (name || to_name)) {
        if (!name || !to_name) _exit(98); /* across the border of the folder: nobody could tell what is durable */
        record('R', name, 0, to_name, strlen(to_name));
    }
    return failed;
}
int rename(const char *path, const char *to) { return renameat(AT_FDCWD, path, AT_FDCWD, to); }
