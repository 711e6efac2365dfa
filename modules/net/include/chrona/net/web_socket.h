// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/net/address.h"
#include "chrona/net/http.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace chrona::net {

struct StreamRequest {
    std::string url; ///< wss; ws only where loopback is allowed
    Headers headers{};
    std::chrono::milliseconds resolveMax{5'000};
    std::chrono::milliseconds connectMax{10'000};   ///< TCP and TLS
    std::chrono::milliseconds handshakeMax{10'000}; ///< from the request sent to the answer
    /// After so long without a byte the peer is pinged, and after as long again it is gone.
    std::chrono::milliseconds silenceMax{30'000};
    std::size_t messageBytesMax = 4 << 20;
    /// Of messages that wait to be taken. At the limit the socket is read no more, so that the
    /// peer's own flow control holds it back.
    std::size_t waitingBytesMax = 8 << 20;
    /// Asked for the host and port; without a rule every public host may be asked.
    std::function<bool(std::string_view host, std::uint16_t port)> allowHost{};
};

/// What the peer said, with the moment at which the socket gave it: waiting to be taken does not
/// make it younger.
struct Received {
    std::string payload;
    bool isBinary = false;
    Instant receivedAt;
};

/// An open WebSocket; says goodbye and closes on destruction. Pings are answered, and sent where
/// the peer is silent. Any thread; one at a time takes messages.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    /// The next message, waiting at most so long; nullopt when none came. What arrived before the
    /// end is handed out first; then Unavailable with the peer's code when it closed, Timeout when
    /// it fell silent, Corrupt or Exhausted for what is no sound stream. Cancelled on a stop.
    [[nodiscard]] virtual Result<std::optional<Received>> next(std::chrono::milliseconds waitMax,
                                                               std::stop_token stop) = 0;
    /// Hands a text over for sending. Exhausted when the peer takes nothing in any more.
    [[nodiscard]] virtual Status send(std::string_view text) = 0;
};

/// Opens WebSockets under the guards of the HTTP transport: a name is resolved once, its addresses
/// are judged, the connection goes to the judged address, and TLS is verified against the name.
/// No redirects, no extensions (so nothing inflates), no subprotocols.
class WebSocketClient {
public:
    virtual ~WebSocketClient() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<WebSocket>> open(const StreamRequest &request,
                                                                  std::stop_token stop) = 0;
};

/// Needs a QCoreApplication; the sockets live on one thread of its own. Must outlive its sockets.
/// Null resolver and clock are the system's.
[[nodiscard]] std::unique_ptr<WebSocketClient>
makeWebSocketClient(AddressPolicy policy, std::unique_ptr<Resolver> resolver = {},
                    std::shared_ptr<const Clock> clock = {});

} // namespace chrona::net
