// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/web_socket_frames.h"

#include <QUtf8StringView>

#include <algorithm>
#include <format>
#include <limits>

namespace chrona::net {
namespace {

using Kind = WebSocketMessage::Kind;

constexpr std::uint8_t kContinuation = 0x0, kText = 0x1, kBinary = 0x2, kClose = 0x8, kPing = 0x9,
                       kPong = 0xA;
constexpr std::uint8_t kFinal = 0x80, kReserved = 0x70, kControl = 0x08, kMasked = 0x80;
constexpr std::size_t kControlBytesMax = 125;
constexpr std::uint16_t kNoCode = 1005;
/// Read bytes are moved out of the buffer when they are more than this.
constexpr std::size_t kCompactBytes = 64 << 10;

std::uint8_t byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<std::uint8_t>(bytes[index]);
}

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

void appendBigEndian(std::string &out, std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift & 0xFF);
}

std::uint8_t opcodeOf(Kind kind)
{
    switch (kind) {
    case Kind::Text: return kText;
    case Kind::Binary: return kBinary;
    case Kind::Ping: return kPing;
    case Kind::Pong: return kPong;
    case Kind::Close: return kClose;
    }
    return kText;
}

bool isUtf8(std::string_view text)
{
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

/// Codes that may travel; 1004 to 1006 and 1015 only name what happened without one.
bool isCloseCode(std::uint64_t code)
{
    return (code >= 1000 && code <= 1014 && code != 1004 && code != kNoCode && code != 1006) ||
           (code >= 3000 && code <= 4999);
}

std::unexpected<Error> unsound(std::string what)
{
    return fail(ErrorCode::Corrupt, "the stream is no sound WebSocket: " + std::move(what));
}

} // namespace

WebSocketReader::WebSocketReader(WebSocketRole self, std::size_t messageBytesMax)
    : m_self(self), m_messageBytesMax(messageBytesMax)
{
}

Result<std::optional<WebSocketReader::Head>> WebSocketReader::readHead() const
{
    const std::string_view bytes = std::string_view(m_buffer).substr(m_read);
    if (bytes.size() < 2)
        return std::nullopt;
    Head head;
    if (byteAt(bytes, 0) & kReserved)
        return unsound("a reserved bit is set");
    head.isFinal = (byteAt(bytes, 0) & kFinal) != 0;
    head.opcode = byteAt(bytes, 0) & 0x0F;
    head.isMasked = (byteAt(bytes, 1) & kMasked) != 0;
    const std::uint8_t length = byteAt(bytes, 1) & 0x7F;
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    head.headBytes = 2 + extra + (head.isMasked ? 4 : 0);
    if (bytes.size() < head.headBytes)
        return std::nullopt;
    const std::uint64_t payload = extra == 0 ? length : bigEndian(bytes.substr(2, extra));
    if ((extra == 2 && payload < 126) || (extra == 8 && payload <= 0xFFFF))
        return unsound("a length is written longer than need be");
    if (payload > m_messageBytesMax)
        return fail(ErrorCode::Exhausted,
                    std::format("a frame of {} bytes is larger than the limit of {}", payload,
                                m_messageBytesMax));
    head.payloadBytes = static_cast<std::size_t>(payload);
    if (head.isMasked)
        std::ranges::copy(bytes.substr(2 + extra, 4), head.mask);
    return head;
}

Status WebSocketReader::check(const Head &head) const
{
    if (head.isMasked != (m_self == WebSocketRole::Server))
        return unsound(head.isMasked ? "a server's frame is masked"
                                     : "a client's frame is not masked");
    switch (head.opcode) {
    case kText:
    case kBinary:
        if (m_fragmented)
            return unsound("a message begins within another");
        break;
    case kContinuation:
        if (!m_fragmented)
            return unsound("a fragment continues nothing");
        if (head.payloadBytes > m_messageBytesMax - m_fragments.size())
            return fail(ErrorCode::Exhausted,
                        std::format("a message in fragments is larger than the limit of {} bytes",
                                    m_messageBytesMax));
        break;
    case kClose:
    case kPing:
    case kPong:
        if (!head.isFinal || head.payloadBytes > kControlBytesMax)
            return unsound("a control frame is fragmented or too long");
        break;
    default: return unsound(std::format("a frame has the unknown kind {}", head.opcode));
    }
    return {};
}

std::string WebSocketReader::takePayload(const Head &head)
{
    std::string payload = m_buffer.substr(m_read + head.headBytes, head.payloadBytes);
    if (head.isMasked)
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] =
                static_cast<char>(static_cast<std::uint8_t>(payload[i]) ^ head.mask[i % 4]);
    m_read += head.headBytes + head.payloadBytes;
    compact();
    return payload;
}

void WebSocketReader::compact()
{
    if (m_read == m_buffer.size()) {
        m_buffer.clear();
        m_read = 0;
    } else if (m_read >= kCompactBytes) {
        m_buffer.erase(0, m_read);
        m_read = 0;
    }
}

Result<std::optional<WebSocketMessage>> WebSocketReader::next()
{
    while (true) {
        const auto head = readHead();
        if (!head)
            return std::unexpected(head.error());
        if (!*head)
            return std::nullopt;
        // Before its payload is waited for: what is wrong already need not be read.
        if (const Status sound = check(**head); !sound)
            return std::unexpected(sound.error());
        if (m_buffer.size() - m_read - (*head)->headBytes < (*head)->payloadBytes)
            return std::nullopt;
        auto message = accept(**head, takePayload(**head));
        if (!message || *message)
            return message;
    }
}

Result<std::optional<WebSocketMessage>> WebSocketReader::accept(const Head &head,
                                                                std::string payload)
{
    if (head.opcode & kControl)
        return acceptControl(head, std::move(payload));
    if (head.opcode != kContinuation)
        m_fragmented = head.opcode == kText ? Kind::Text : Kind::Binary;
    if (!head.isFinal) {
        m_fragments += payload;
        return std::nullopt;
    }
    WebSocketMessage message{.kind = *m_fragmented};
    m_fragmented.reset();
    if (m_fragments.empty()) {
        message.payload = std::move(payload);
    } else {
        m_fragments += payload;
        message.payload = std::exchange(m_fragments, {});
    }
    if (message.kind == Kind::Text && !isUtf8(message.payload))
        return unsound("a text is not UTF-8");
    return message;
}

Result<std::optional<WebSocketMessage>> WebSocketReader::acceptControl(const Head &head,
                                                                       std::string payload) const
{
    if (head.opcode != kClose)
        return WebSocketMessage{head.opcode == kPing ? Kind::Ping : Kind::Pong, std::move(payload)};
    WebSocketMessage close{.kind = Kind::Close, .closeCode = kNoCode};
    if (payload.empty())
        return close;
    const std::uint64_t code = payload.size() < 2 ? 0 : bigEndian(payload.substr(0, 2));
    if (!isCloseCode(code))
        return unsound("it is closed with a code that does not exist");
    close.closeCode = static_cast<std::uint16_t>(code);
    close.payload = payload.substr(2);
    if (!isUtf8(close.payload))
        return unsound("the reason for closing is not UTF-8");
    return close;
}

std::string frameOf(const WebSocketMessage &message, std::optional<std::uint32_t> mask)
{
    std::string payload;
    if (message.kind == Kind::Close && message.closeCode != 0 && message.closeCode != kNoCode)
        appendBigEndian(payload, message.closeCode, 2);
    payload += message.payload;
    std::string frame(1, static_cast<char>(kFinal | opcodeOf(message.kind)));
    const std::uint8_t masked = mask ? kMasked : 0;
    if (payload.size() < 126) {
        frame += static_cast<char>(masked | payload.size());
    } else if (payload.size() <= 0xFFFF) {
        frame += static_cast<char>(masked | 126);
        appendBigEndian(frame, payload.size(), 2);
    } else {
        frame += static_cast<char>(masked | 127);
        appendBigEndian(frame, payload.size(), 8);
    }
    if (mask) {
        std::string key;
        appendBigEndian(key, *mask, 4);
        frame += key;
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
    }
    return frame + payload;
}

std::string describeCloseCode(std::uint16_t code)
{
    switch (code) {
    case 1000: return "1000 normal";
    case 1001: return "1001 going away";
    case 1002: return "1002 protocol error";
    case 1003: return "1003 unsupported data";
    case kNoCode: return "without a code";
    case 1007: return "1007 inconsistent data";
    case 1008: return "1008 policy";
    case 1009: return "1009 too large";
    case 1011: return "1011 server error";
    case 1012: return "1012 restart";
    case 1013: return "1013 try again later";
    default: return std::to_string(code);
    }
}

} // namespace chrona::net
