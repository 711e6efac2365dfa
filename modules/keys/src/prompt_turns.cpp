// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/prompt_turns.h"

#ifdef __linux__
#include <cstdint>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace chrona::keys {

void askForPromptTurns([[maybe_unused]] int process)
{
#ifdef __linux__
    // As the kernel has it since 3.14; not every C library tells of it.
    struct Attributes {
        std::uint32_t size = sizeof(Attributes);
        std::uint32_t policy = 0;
        std::uint64_t flags = 0;
        std::int32_t nice = 0;
        std::uint32_t priority = 0;
        std::uint64_t runtime = 0, deadline = 0, period = 0;
    };
    constexpr std::uint32_t kOrdinary = 0;              // SCHED_OTHER
    constexpr std::uint64_t kTurnNanoseconds = 100'000; // the shortest that there is
    Attributes attributes;
    if (::syscall(SYS_sched_getattr, process, &attributes, sizeof attributes, 0) != 0 ||
        attributes.policy != kOrdinary)
        return;
    attributes.size = sizeof attributes;
    attributes.runtime = kTurnNanoseconds;
    (void)::syscall(SYS_sched_setattr, process, &attributes, 0);
#endif
}

} // namespace chrona::keys
