/* A disk that takes its time: each fsync and fdatasync takes SLOW_DISK_MS longer.
   For LD_PRELOAD; see slow_disk.sh. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_it(void) {
    const char *text = getenv("SLOW_DISK_MS");
    double ms = text ? atof(text) : 15;
    struct timespec time = {(time_t)(ms / 1000), (long)((ms - 1000 * (long)(ms / 1000)) * 1e6)};
    while (nanosleep(&time, &time)) {
    }
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_it();
    return real(file);
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_it();
    return real(file);
}
