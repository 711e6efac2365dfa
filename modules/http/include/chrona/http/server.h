// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/http/request_reader.h"

#include <chrono>
#include <functional>
#include <memory>

namespace chrona::http {

/// What a peer may cost.
struct ServerLimits {
    RequestLimits request{};
    std::size_t connectionsMax = 64;   ///< more are closed at once
    std::size_t requestsMax = 10'000;  ///< of one connection, which is closed then
    std::chrono::milliseconds requestMax{10'000}; ///< from its first byte to its last
    std::chrono::milliseconds idleMax{30'000};    ///< between requests
    std::chrono::milliseconds sendMax{10'000};    ///< until a peer has taken its response
};

/// A small HTTP/1.1 server for programs on this machine, on a thread of its own. No TLS.
///
/// Who comes from a web page is refused, so that no page can use it through the browser of the
/// person before the screen: requests with an Origin, and those for a Host that is neither this
/// machine nor one of the names allowed (a name that was made to point here).
class Server {
public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;           ///< 0: any that is free
        std::vector<std::string> hosts{}; ///< further names by which it may be asked
        ServerLimits limits{};
    };
    /// Called on the server's thread, one request after the other: it must be quick and must not
    /// throw.
    using Handler = std::function<Response(const Request &request)>;

    /// Unavailable when the port is taken; InvalidInput when the address is none of this machine.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(Options options, Handler handler);
    ~Server(); ///< closes all connections and waits for the thread

    [[nodiscard]] const std::string &address() const;
    [[nodiscard]] std::uint16_t port() const;
    struct Counts {
        std::uint64_t answered = 0; ///< by the handler
        std::uint64_t refused = 0;  ///< requests and connections, before it
        std::uint64_t open = 0;     ///< connections now
    };
    /// Any thread.
    [[nodiscard]] Counts counts() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Whether a Host header names this machine at that port, or one of `names`.
[[nodiscard]] bool isOurHost(std::string_view host, std::uint16_t port,
                             const std::vector<std::string> &names);

} // namespace chrona::http
