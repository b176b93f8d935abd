/* Lets a process live at another time: FAULT_CLOCK is the second of the Unix epoch that its clock shows at the start.
   Loaded before everything else (LD_PRELOAD). Clocks that only measure how long something takes are left alone. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static int (*real)(clockid_t, struct timespec *);
static long long offset;

__attribute__((constructor)) static void begin(void) {
    struct timespec now;
    const char *wanted = getenv("FAULT_CLOCK");
    real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    if (wanted && real(CLOCK_REALTIME, &now) == 0) offset = atoll(wanted) - now.tv_sec;
}

int clock_gettime(clockid_t which, struct timespec *found) {
    if (!real) begin();
    int done = real(which, found);
    if (done == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) found->tv_sec += offset;
    return done;
}

time_t time(time_t *found) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (found) *found = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict found, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    found->tv_sec = now.tv_sec;
    found->tv_usec = now.tv_nsec / 1000;
    return 0;
}
