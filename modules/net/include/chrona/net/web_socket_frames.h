// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Bytes of a WebSocket (RFC 6455) to messages and back. Pure; takes any bytes; extensions are not
/// spoken, so every reserved bit is a fault.
namespace chrona::net {

struct WebSocketMessage {
    enum class Kind : std::uint8_t { Text, Binary, Ping, Pong, Close };
    Kind kind = Kind::Text;
    std::string payload{};       ///< of Close: the reason
    std::uint16_t closeCode = 0; ///< of Close; 1005: the peer gave none
    friend bool operator==(const WebSocketMessage &, const WebSocketMessage &) = default;
};

/// A client masks what it sends and a server does not; each refuses what does otherwise.
enum class WebSocketRole : std::uint8_t { Client, Server };

/// Puts the peer's frames together to messages. Holds at most one message and what was appended.
class WebSocketReader {
public:
    /// `self` is who reads. A message, whole or in fragments, may have so many bytes.
    WebSocketReader(WebSocketRole self, std::size_t messageBytesMax);

    void append(std::string_view bytes) { m_buffer.append(bytes); }
    /// The next message that is whole; nullopt when more bytes are needed. After a failure nothing
    /// more can be read: Exhausted for what is too large, else Corrupt.
    [[nodiscard]] Result<std::optional<WebSocketMessage>> next();

private:
    struct Head {
        std::uint8_t opcode = 0;
        bool isFinal = false;
        std::size_t headBytes = 0, payloadBytes = 0;
        std::uint8_t mask[4]{};
        bool isMasked = false;
    };
    [[nodiscard]] Result<std::optional<Head>> readHead() const;
    [[nodiscard]] Status check(const Head &head) const;
    [[nodiscard]] std::string takePayload(const Head &head);
    [[nodiscard]] Result<std::optional<WebSocketMessage>> accept(const Head &head,
                                                                 std::string payload);
    [[nodiscard]] Result<std::optional<WebSocketMessage>> acceptControl(const Head &head,
                                                                        std::string payload) const;
    void compact();

    WebSocketRole m_self;
    std::size_t m_messageBytesMax;
    std::string m_buffer;
    std::size_t m_read = 0; ///< of the buffer
    std::string m_fragments;
    std::optional<WebSocketMessage::Kind> m_fragmented; ///< what the fragments are part of
};

/// One frame. A client gives the mask, a server none.
[[nodiscard]] std::string frameOf(const WebSocketMessage &message,
                                  std::optional<std::uint32_t> mask = {});

/// "1001 going away": the words of RFC 6455 for its codes, the number alone for others.
[[nodiscard]] std::string describeCloseCode(std::uint16_t code);

} // namespace chrona::net
