/*
 * A disk that fails when it is told to, for one process: preloaded (LD_PRELOAD), it stands between the process and
 * the kernel for the files below one folder.
 *
 *   FAILING_DISK_ROOT     the folder, as the kernel names it
 *   FAILING_DISK_CONTROL  a file that says what fails now: a word, and milliseconds that each fsync takes before
 *                           fsync 100   every fsync fails with EIO
 *                           fsync-once  the next one does, and no other
 *                           full        writes that make a file longer end early, then fail with ENOSPC
 *                           read-only   whatever changes something fails with EROFS
 *                           slow 300    nothing fails
 *                         nothing fails while there is no such file
 *   FAILING_DISK_LEDGER   a file that gets a line for each thing that was done: what would a power failure leave?
 *
 * A failed fsync is as Linux has it: what was to be written is forgotten, and the next fsync of the file succeeds.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static int below(const char *path)
{
    const char *root = getenv("FAILING_DISK_ROOT");
    size_t length = root ? strlen(root) : 0;
    return length > 0 && path && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* The path of an open file below the folder; 0 when it is another. */
static int path_of(int fd, char path[PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return length > 0 && below(path);
}

static int open_raw(const char *path, int flags, mode_t mode)
{
    return (int) syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}

/* Whether a kind of failure is on; how long an fsync takes goes to milliseconds. */
static int fails(const char *kind, int *milliseconds)
{
    char text[64] = "", word[32] = "";
    const char *control = getenv("FAILING_DISK_CONTROL");
    int delay = 0, fd = control ? open_raw(control, O_RDONLY, 0) : -1;
    if (fd >= 0) {
        if (syscall(SYS_read, fd, text, sizeof text - 1) > 0) {
            sscanf(text, "%31s %d", word, &delay);
        }
        close(fd);
    }
    if (milliseconds) {
        *milliseconds = delay;
    }
    return strcmp(word, kind) == 0;
}

static int fail(int error)
{
    errno = error;
    return -1;
}

static void note(const char *what, const char *path, long from, long to)
{
    char line[2 * PATH_MAX + 64];
    const char *ledger = getenv("FAILING_DISK_LEDGER");
    int error = errno, fd = ledger ? open_raw(ledger, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
    if (fd >= 0) {
        int length = snprintf(line, sizeof line, "%s\t%s\t%ld\t%ld\n", what, path, from, to);
        if (syscall(SYS_write, fd, line, (size_t) length) != length) {
            abort();
        }
        close(fd);
    }
    errno = error;
}

static int flush(int fd, long call)
{
    char path[PATH_MAX];
    struct stat status;
    int milliseconds;
    if (!path_of(fd, path) || fstat(fd, &status) != 0) {
        return (int) syscall(call, fd);
    }
    fails("", &milliseconds);
    struct timespec delay = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&delay, NULL);
    int once = fails("fsync-once", NULL) && syscall(SYS_unlinkat, AT_FDCWD, getenv("FAILING_DISK_CONTROL"), 0) == 0;
    if (once || fails("fsync", NULL) || fails("read-only", NULL)) {
        note("lost", path, 0, (long) status.st_size);
        return fail(EIO);
    }
    int result = (int) syscall(call, fd);
    if (result == 0) {
        note(S_ISDIR(status.st_mode) ? "folder" : "flushed", path, 0, (long) status.st_size);
    }
    return result;
}

int fsync(int fd)
{
    return flush(fd, SYS_fsync);
}

int fdatasync(int fd)
{
    return flush(fd, SYS_fdatasync);
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t at, int positioned)
{
    char path[PATH_MAX];
    struct stat status;
    int ours = path_of(fd, path) && fstat(fd, &status) == 0;
    if (ours && fails("read-only", NULL)) {
        return fail(EROFS);
    }
    off_t from = positioned ? at : lseek(fd, 0, SEEK_CUR);
    if (ours && from + (off_t) count > status.st_size && fails("full", NULL)) {
        if (count <= 16) {
            return fail(ENOSPC);
        }
        count /= 2; /* the beginning of a record gets through */
    }
    ssize_t written = positioned ? syscall(SYS_pwrite64, fd, bytes, count, at) : syscall(SYS_write, fd, bytes, count);
    if (ours && written > 0) {
        note("written", path, (long) from, (long) from + written);
    }
    return written;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    return write_at(fd, bytes, count, 0, 0);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return write_at(fd, bytes, count, at, 1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    return write_at(fd, bytes, count, at, 1);
}

/* The first part alone: a caller must cope with that. */
ssize_t writev(int fd, const struct iovec *parts, int count)
{
    char path[PATH_MAX];
    return count > 0 && path_of(fd, path) ? write(fd, parts[0].iov_base, parts[0].iov_len)
                                          : syscall(SYS_writev, fd, parts, count);
}

static int truncate_to(int fd, off_t length)
{
    char path[PATH_MAX];
    int ours = path_of(fd, path);
    if (ours && fails("read-only", NULL)) {
        return fail(EROFS);
    }
    int result = (int) syscall(SYS_ftruncate, fd, length);
    if (ours && result == 0) {
        note("truncated", path, 0, (long) length);
    }
    return result;
}

int ftruncate(int fd, off_t length)
{
    return truncate_to(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return truncate_to(fd, length);
}

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    int ours = below(path);
    int isNew = ours && (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    if (ours && (isNew || (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC)) && fails("read-only", NULL)) {
        return fail(EROFS);
    }
    int fd = (int) syscall(SYS_openat, folder, path, flags, mode);
    if (ours && fd >= 0 && (isNew || (flags & O_TRUNC))) {
        note(isNew ? "created" : "truncated", path, 0, 0);
    }
    return fd;
}

static mode_t mode_of(int flags, va_list rest)
{
    return flags & O_CREAT ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                            \
    int name(const char *path, int flags, ...)                \
    {                                                         \
        va_list rest;                                         \
        va_start(rest, flags);                                \
        mode_t mode = mode_of(flags, rest);                   \
        va_end(rest);                                         \
        return open_at(AT_FDCWD, path, flags, mode);          \
    }

#define OPENAT(name)                                          \
    int name(int folder, const char *path, int flags, ...)    \
    {                                                         \
        va_list rest;                                         \
        va_start(rest, flags);                                \
        mode_t mode = mode_of(flags, rest);                   \
        va_end(rest);                                         \
        return open_at(folder, path, flags, mode);            \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* Calls that change the names in a folder, or what is known of a file. */
#define CHANGE(path, what, call)                              \
    if (below(path) && fails("read-only", NULL)) {            \
        return fail(EROFS);                                   \
    }                                                         \
    int result = (int) (call);                                \
    if (below(path) && result == 0) {                         \
        what;                                                 \
    }                                                         \
    return result

int unlink(const char *path)
{
    CHANGE(path, note("removed", path, 0, 0), syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int rename(const char *from, const char *to)
{
    char both[2 * PATH_MAX];
    snprintf(both, sizeof both, "%s\t%s", from, to);
    CHANGE(from, note("renamed", both, 0, 0), syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int mkdir(const char *path, mode_t mode)
{
    CHANGE(path, (void) 0, syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int chmod(const char *path, mode_t mode)
{
    CHANGE(path, (void) 0, syscall(SYS_fchmodat, AT_FDCWD, path, mode));
}
