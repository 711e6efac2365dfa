// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "inflate.h"

#include <array>

using namespace chrona;

/// A body as a server sends it, packed: never more comes out than may.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t kBytesMax = 1 << 16;
    constexpr std::array<std::string_view, 5> kEncodings{"gzip", "deflate", "zstd", "identity",
                                                         "br"};
    for (const std::string_view encoding : kEncodings) {
        const auto body = net::inflate(std::string(fuzz::textOf(data, size)), encoding, kBytesMax);
        fuzz::mustHold(!body || body->size() <= kBytesMax);
    }
    return 0;
}
