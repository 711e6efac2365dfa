// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// ZIP files as an honest program writes them, and with one lie.
namespace chrona::formats::fixture {

struct ZipPart {
    std::string name;
    std::string content;
    bool deflated = true;
    std::uint16_t flags = 0;
    std::uint32_t claimedSize = 0;     ///< 0: the true one
    std::uint32_t claimedChecksum = 0; ///< 0: the true one
    bool sharesBytesOfFirst = false;
};

[[nodiscard]] std::string zipOf(const std::vector<ZipPart> &parts);

} // namespace chrona::formats::fixture
