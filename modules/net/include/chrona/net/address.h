// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// Keeps what feeds and redirects name from reaching this machine or its local network.
namespace chrona::net {

enum class AddressPolicy : std::uint8_t {
    PublicOnly,
    PublicAndLoopback, ///< for tests and for services that the user runs on this machine
};

/// Whether an address may be asked. False for everything that is not globally routed unicast:
/// private, shared, link-local, loopback, documentation, benchmark, multicast and reserved ranges,
/// and IPv6 forms that carry such an IPv4 address (mapped, 6to4, NAT64, Teredo). False for what is
/// no address.
[[nodiscard]] bool isAllowedAddress(std::string_view address, AddressPolicy policy);

/// The parts of an address that the guards look at.
struct UrlParts {
    bool isTls = false;
    std::string host; ///< lower case, in its ASCII form, without brackets
    std::uint16_t port = 0;
    friend bool operator==(const UrlParts &, const UrlParts &) = default;
};

/// Refuses other schemes than http and https, user information, a missing host, control characters.
[[nodiscard]] Result<UrlParts> splitUrl(std::string_view url);
/// What a Location header means relative to where it was found; without its fragment.
[[nodiscard]] Result<std::string> resolveUrl(std::string_view base, std::string_view location);

/// Names to addresses. Any thread.
class Resolver {
public:
    virtual ~Resolver() = default;
    /// Textual addresses, best first; NotFound when the name has none.
    [[nodiscard]] virtual Result<std::vector<std::string>>
    resolve(const std::string &host, std::chrono::milliseconds timeout, std::stop_token stop) = 0;
};

} // namespace chrona::net
