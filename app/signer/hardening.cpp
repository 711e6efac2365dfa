// SPDX-License-Identifier: AGPL-3.0-or-later
#include "hardening.h"

#include <cerrno>
#include <cstring>
#include <format>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef __linux__
#include <seccomp.h>
#include <sys/prctl.h>
#endif

namespace chrona::app {

Status shieldMemory()
{
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0)
        return fail(ErrorCode::Denied,
                    std::format("core files cannot be forbidden: {}", std::strerror(errno)));
#ifdef __linux__
    if (::prctl(PR_SET_DUMPABLE, 0) != 0)
        return fail(ErrorCode::Denied,
                    std::format("the process cannot be shielded: {}", std::strerror(errno)));
#endif
    // Secrets lie in locked memory of their own anyway; where the limit is too low for all of the
    // process, that has to do.
    (void)::mlockall(MCL_CURRENT | MCL_FUTURE);
    return {};
}

Status sealProcess()
{
#ifdef __linux__
    // What is not listed fails with EPERM.
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr)
        return fail(ErrorCode::Unavailable, "the system call filter cannot be made");
    const int allowed[] = {
        SCMP_SYS(read),
        SCMP_SYS(write),
        SCMP_SYS(sendto),
        SCMP_SYS(recvfrom),
        SCMP_SYS(poll),
        SCMP_SYS(ppoll),
        SCMP_SYS(lseek),
        SCMP_SYS(fsync),
        SCMP_SYS(ftruncate),
        SCMP_SYS(close),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(brk),
        SCMP_SYS(mmap),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(mprotect),
        SCMP_SYS(madvise),
        SCMP_SYS(mlock),
        SCMP_SYS(munlock),
        SCMP_SYS(futex),
        SCMP_SYS(getrandom),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
    };
    int failure = 0;
    for (const int call : allowed)
        failure = failure != 0 ? failure : seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    failure = failure != 0 ? failure : seccomp_load(filter);
    seccomp_release(filter);
    if (failure != 0)
        return fail(ErrorCode::Unavailable, std::format("the system call filter does not hold: {}",
                                                        std::strerror(-failure)));
#endif
    return {};
}

} // namespace chrona::app
