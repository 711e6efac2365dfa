// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/address.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::net {

/// How many addresses of a name are tried.
inline constexpr std::size_t kAddressesTriedMax = 2;

struct Judgement {
    AddressPolicy policy = AddressPolicy::PublicOnly;
    Resolver &resolver;
    std::chrono::milliseconds resolveMax;
};
/// The addresses of a host, resolved once. Denied when one of them may not be asked: a name with
/// one public and one private address is an attack or a mistake, and neither is asked.
[[nodiscard]] Result<std::vector<std::string>>
judgedAddresses(const std::string &host, const Judgement &judgement, std::stop_token stop);

} // namespace chrona::net
