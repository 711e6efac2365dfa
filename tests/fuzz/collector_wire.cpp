// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "collector_wire.h"

using namespace chrona;
using namespace chrona::sources::wire;
using fuzz::mustHold;

/// Whatever a collector elsewhere, or a service, says to the other. What was read can be said, and
/// is read as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = decode(fuzz::textOf(data, size));
    if (!message)
        return 0;
    mustHold(message->index() == data[0]);
    const std::string said = encode(*message);
    const auto again = decode(said);
    mustHold(again && again->index() == message->index() && encode(*again) == said);
    if (const auto *health = std::get_if<Health>(&*message))
        (void)sources::joined(health->venues);
    return 0;
}
