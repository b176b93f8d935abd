/* Records what a process does to the files below one folder, for support/faults/power.py to cut the power anywhere.

   Loaded before everything else (LD_PRELOAD). FAULT_FOLDER is the folder, FAULT_TRACE the record: for every call a
   head of five 64-bit numbers (kind, descriptor, offset or size or flags, lengths of the two texts) and the texts.
   Files whose content lives in shared memory (-shm) or means nothing (.lock) are left out. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define DESCRIPTORS 65536
enum kind { OPENED = 1, WROTE, CUT, SYNCED, RENAMED, UNLINKED, LINKED, MARKED };

static int trace = -2;
static const char *folder;
static char seen[DESCRIPTORS];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static int ends_with(const char *text, const char *end) {
    size_t a = strlen(text), b = strlen(end);
    return a >= b && strcmp(text + a - b, end) == 0;
}

static void begin(void) {
    if (trace != -2) return;
    folder = getenv("FAULT_FOLDER");
    const char *path = getenv("FAULT_TRACE");
    trace = folder && path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static int watched(const char *path) {
    begin();
    if (trace < 0 || path == NULL || strncmp(path, folder, strlen(folder)) != 0) return 0;
    char next = path[strlen(folder)];
    return (next == '/' || next == 0) && !ends_with(path, "-shm") && !ends_with(path, ".lock");
}

static int watched_descriptor(int descriptor) {
    return trace >= 0 && descriptor >= 0 && descriptor < DESCRIPTORS && seen[descriptor];
}

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length > 0) {
        long done = syscall(SYS_write, trace, at, length);
        if (done <= 0) abort();
        at += done;
        length -= (size_t)done;
    }
}

static void note(enum kind kind, uint64_t number, uint64_t place, const void *a, size_t a_length, const char *b) {
    size_t b_length = b ? strlen(b) : 0;
    uint64_t head[5] = {kind, number, place, a_length, b_length};
    int kept = errno;
    pthread_mutex_lock(&one_at_a_time);
    put(head, sizeof head);
    put(a, a_length);
    put(b, b_length);
    pthread_mutex_unlock(&one_at_a_time);
    errno = kept;
}

static void note_path(enum kind kind, uint64_t number, uint64_t place, const char *path, const char *other) {
    note(kind, number, place, path, strlen(path), other);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

void fault_mark(uint64_t number) {
    begin();
    if (trace >= 0) note(MARKED, number, 0, "", 0, NULL);
}

static int opened(int descriptor, const char *path, int flags) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS) return descriptor;
    seen[descriptor] = (char)watched(path);
    if (seen[descriptor]) note_path(OPENED, (uint64_t)descriptor, (uint64_t)flags, path, NULL);
    return descriptor;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        REAL(int, name, const char *, int, ...); \
        return opened(real(path, flags, mode), path, flags); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        REAL(int, name, int, const char *, int, ...); \
        return opened(real(at, path, flags, mode), path, flags); \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int descriptor) {
    REAL(int, close, int);
    if (descriptor >= 0 && descriptor < DESCRIPTORS) seen[descriptor] = 0;
    return real(descriptor);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (!watched_descriptor(descriptor)) return real(descriptor, data, length);
    int appends = fcntl(descriptor, F_GETFL) & O_APPEND;
    off_t place = lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
    ssize_t done = real(descriptor, data, length);
    if (done > 0) note(WROTE, (uint64_t)descriptor, (uint64_t)place, data, (size_t)done, NULL);
    return done;
}

#define PWRITE(name, offset_type) \
    ssize_t name(int descriptor, const void *data, size_t length, offset_type place) { \
        REAL(ssize_t, name, int, const void *, size_t, offset_type); \
        ssize_t done = real(descriptor, data, length, place); \
        if (done > 0 && watched_descriptor(descriptor)) \
            note(WROTE, (uint64_t)descriptor, (uint64_t)place, data, (size_t)done, NULL); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset_type) \
    int name(int descriptor, offset_type size) { \
        REAL(int, name, int, offset_type); \
        int done = real(descriptor, size); \
        if (done == 0 && watched_descriptor(descriptor)) note(CUT, (uint64_t)descriptor, (uint64_t)size, "", 0, NULL); \
        return done; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int descriptor) { \
        REAL(int, name, int); \
        int done = real(descriptor); \
        if (done == 0 && watched_descriptor(descriptor)) note(SYNCED, (uint64_t)descriptor, 0, "", 0, NULL); \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TWO_NAMES(name, kind) \
    int name(const char *from, const char *to) { \
        REAL(int, name, const char *, const char *); \
        int done = real(from, to); \
        if (done == 0 && (watched(from) || watched(to))) note_path(kind, 0, 0, from, to); \
        return done; \
    }
TWO_NAMES(rename, RENAMED)
TWO_NAMES(link, LINKED)

int renameat(int from_at, const char *from, int to_at, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    int done = real(from_at, from, to_at, to);
    if (done == 0 && (watched(from) || watched(to))) note_path(RENAMED, 0, 0, from, to);
    return done;
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    int done = real(from_at, from, to_at, to, flags);
    if (done == 0 && (watched(from) || watched(to))) note_path(LINKED, 0, 0, from, to);
    return done;
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    int done = real(path);
    if (done == 0 && watched(path)) note_path(UNLINKED, 0, 0, path, NULL);
    return done;
}

int unlinkat(int at, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    int done = real(at, path, flags);
    if (done == 0 && !(flags & AT_REMOVEDIR) && watched(path)) note_path(UNLINKED, 0, 0, path, NULL);
    return done;
}

/* Copies inside the kernel would not be seen: whoever asks for one copies by reading and writing instead. */
ssize_t sendfile(int to, int from, off_t *place, size_t length) {
    (void)to, (void)from, (void)place, (void)length;
    errno = ENOTSOCK;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *place, size_t length) {
    (void)to, (void)from, (void)place, (void)length;
    errno = ENOTSOCK;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *from_place, int to, off64_t *to_place, size_t length, unsigned flags) {
    (void)from, (void)from_place, (void)to, (void)to_place, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}
