// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// How a connector reaches the world. It is given these ports and links no network library, so
/// politeness, budgets, guards and replay cannot be bypassed.
namespace chrona::connect {

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header &, const Header &) = default;
};

/// Where the user's own key stands in a request. A connector names the place only: the port takes
/// the key from the keychain and puts it there, and takes it out of what it reports, so that no
/// connector, raw item, cursor or log ever holds one.
struct KeyPlace {
    enum class In : std::uint8_t { Nowhere, Header, Query };
    In in = In::Nowhere;
    std::string name{};   ///< of the header or query parameter: "Authorization", "api_key"
    std::string prefix{}; ///< before the key: "Token "
    friend bool operator==(const KeyPlace &, const KeyPlace &) = default;
};

struct Request {
    std::string url;      ///< its host must be one of the source's hosts; without a key
    std::string accept{}; ///< media types; empty: any
    std::vector<Header> headers{};
    std::size_t bodyBytesMax = 16 << 20; ///< after inflation; the port may hold a lower limit
    bool isPost = false; ///< a POST without a body, where a ticket is handed out that way
    KeyPlace key{};      ///< a source that needs a key and has none is Denied before it is asked
};

struct Response {
    int status = 0; ///< 200–299, or 304 with notModified
    bool notModified =
        false;         ///< what this source answered last time still holds; the body is empty
    std::string url{}; ///< after redirects, without the key
    std::string contentType{};
    std::string body{};
    std::optional<Instant> lastModified{}; ///< what the server says of the document
    Instant fetchedAt{};
};

/// Asks one host at a time on behalf of one source.
///
/// Conditional requests, Retry-After, retries, rate, redirects, size and time limits are its duty:
/// a connector asks plainly. Thread rule: the thread that called Connector::fetch. Any status but
/// 2xx and 304 comes back as an error.
class Fetcher {
public:
    virtual ~Fetcher() = default;
    [[nodiscard]] virtual Result<Response> get(const Request &request) = 0;
};

/// One message of a stream, with the moment at which the socket gave it.
struct StreamMessage {
    std::string payload;
    Instant receivedAt;
};

/// An open stream of messages; closed on destruction. One thread at a time.
class Stream {
public:
    virtual ~Stream() = default;
    /// The next message, waiting at most so long; nullopt when none came. Cancelled on a stop
    /// request, Unavailable when the peer closed.
    [[nodiscard]] virtual Result<std::optional<StreamMessage>>
    next(std::chrono::milliseconds waitMax, std::stop_token stop) = 0;
    [[nodiscard]] virtual Status send(std::string_view message) = 0;
};

/// Opens streams (WebSocket) for sources that push, under the same guards as Fetcher.
class StreamPort {
public:
    virtual ~StreamPort() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<Stream>> open(const Request &request,
                                                               std::stop_token stop) = 0;
};

} // namespace chrona::connect
