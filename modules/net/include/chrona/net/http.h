// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::net {

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header &, const Header &) = default;
};
using Headers = std::vector<Header>;

/// The first header of that name, whatever its case; nullptr when there is none.
[[nodiscard]] const std::string *find(const Headers &headers, std::string_view name);

/// What a server gave us to ask "has it changed?" with.
struct Validators {
    std::string etag;
    std::string lastModified; ///< as the server wrote it
    [[nodiscard]] bool isEmpty() const { return etag.empty() && lastModified.empty(); }
    friend bool operator==(const Validators &, const Validators &) = default;
};

/// How long each phase may take. A server that sends one byte a second passes `idle`, so `total` is
/// what ends it.
struct Timeouts {
    std::chrono::milliseconds resolve{5'000};
    std::chrono::milliseconds connect{10'000};   ///< TCP and TLS
    std::chrono::milliseconds firstByte{20'000}; ///< from the request sent to the headers
    std::chrono::milliseconds idle{15'000};      ///< between two reads of the body
    std::chrono::milliseconds total{60'000};
};

struct SizeLimits {
    std::size_t wireBytesMax = 16 << 20; ///< as sent, before inflation
    std::size_t bodyBytesMax = 32 << 20; ///< after inflation
    std::size_t headerBytesMax = 64 << 10;
};

/// How often somebody may be asked.
struct Rate {
    double perSecond = 1;
    std::uint32_t burst = 1;
    std::uint32_t concurrentMax = 2;
    friend bool operator==(const Rate &, const Rate &) = default;
};

struct Request {
    std::string url; ///< http or https, without user information
    Headers headers{};
    /// Given, even if empty: the request is a POST with this body. It is sent once and follows no
    /// redirect: whether it may be said twice only the caller knows.
    std::optional<std::string> body{};
    Validators validators{}; ///< sent as If-None-Match and If-Modified-Since
    std::string
        rateKey{}; ///< whose bucket it is taken from beside the host's; empty: the host's only
    Rate rate{};   ///< of that bucket
    Timeouts timeouts{};
    SizeLimits sizes{};
    int attemptsMax = 3;
    int redirectsMax = 5;
    /// Asked for the host and port of every address, the first and each redirect; without a rule a
    /// redirect may not leave the first host. From https to http is refused in any case.
    std::function<bool(std::string_view host, std::uint16_t port)> allowHost{};
    /// Asked with each redirect's address after allowHost, on the caller's thread, which may ask
    /// this client something meanwhile; a failure ends the request.
    std::function<Status(const std::string &url)> mayFollow{};
};

struct Response {
    int status = 0;
    std::string url; ///< after redirects
    Headers headers;
    std::string contentType; ///< lower case, with its parameters
    std::string body;        ///< inflated
    Validators validators;   ///< to keep for the next time
    Instant receivedAt;
    std::size_t wireBytes = 0;
    int attempts = 1;

    /// Until when the answer need not be asked for again by its Cache-Control, or its Expires; not
    /// set where it says nothing of the kind.
    std::optional<Instant> freshUntil{};

    [[nodiscard]] bool isNotModified() const { return status == 304; }
};

} // namespace chrona::net
