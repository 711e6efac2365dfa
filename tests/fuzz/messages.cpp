// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/ipc/frame.h"
#include "chrona/ipc/messages.h"

using namespace chrona;
using namespace chrona::ipc;
using chrona::fuzz::mustHold;

/// Two bytes choose the message, the others are its CBOR. What is accepted can be sent again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const auto type = static_cast<std::uint16_t>(data[0] | data[1] << 8);
    const auto cbor = std::as_bytes(std::span(data + 2, size - 2));
    const auto written = recode(type, cbor);
    if (!written)
        return 0;
    const auto again = recode(type, bytesOf(*written));
    mustHold(again.has_value());
    mustHold(*again == *written);
    return 0;
}
