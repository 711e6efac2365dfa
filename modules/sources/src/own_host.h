// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/source.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace chrona::sources {

/// Whether a source may speak to a host: one that its registry entry names, on the ports of the web
/// and those that venues use beside them. An entry may name another port with its host.
inline bool isOwnHost(const schema::Source &source, std::string_view host, std::uint16_t port)
{
    constexpr std::array<std::uint16_t, 4> kPorts{443, 80, 8443, 9443};
    const auto isNamed = [&source](std::string_view name) {
        return std::ranges::find(source.hosts, name) != source.hosts.end();
    };
    return (isNamed(host) && std::ranges::contains(kPorts, port)) ||
           isNamed(std::string(host) + ":" + std::to_string(port));
}

} // namespace chrona::sources
