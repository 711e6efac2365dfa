// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// What travels over the local socket: a fixed 16-byte little-endian header
/// {u32 length, u8 kind, u8 flags, u16 type, u64 correlation} and `length` bytes of payload.
namespace chrona::ipc {

enum class FrameKind : std::uint8_t {
    Request = 1,  ///< client → server; correlation is the client's choice, unique while it is open
    Reply = 2,    ///< ends a request well
    Failure = 3,  ///< ends a request badly; payload is an Error
    Progress = 4, ///< server → client, before the end
    Cancel = 5,   ///< client → server; the request still ends in one Reply or Failure
    Credit = 6,   ///< either way; payload u32: so many more bytes of Columns or Chunk may be sent
    Columns = 7,  ///< server → client; one block of rows, before the Reply
    Chunk = 8,    ///< client → server; a piece of an upload, the last one flagged
    Notification = 9, ///< server → client; correlation is the sequence number in its topic
};
inline constexpr std::uint8_t kFrameKindLast = 9;

/// The last piece of an upload; its payload may be empty.
inline constexpr std::uint8_t kFlagLast = 1;
/// A Notification without payload: what was missed is gone, ask for the state again.
inline constexpr std::uint8_t kFlagResync = 2;

inline constexpr std::size_t kFrameHeaderBytes = 16;
inline constexpr std::size_t kFramePayloadBytesMax = 16U << 20;
/// What either side may send of one request's Columns or Chunks before the first Credit.
inline constexpr std::size_t kCreditBytesInitial = 8U << 20;

struct FrameHeader {
    std::uint32_t length = 0;
    FrameKind kind = FrameKind::Request;
    std::uint8_t flags = 0;
    std::uint16_t type = 0; ///< of the message in the payload; 0 where there is none
    std::uint64_t correlation = 0;
    friend bool operator==(const FrameHeader &, const FrameHeader &) = default;
};

[[nodiscard]] inline std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

struct FrameView {
    FrameHeader header;
    std::span<const std::byte> payload; ///< into the bytes that were given
};

/// Reads the frame at the front of `bytes`. nullopt: more bytes are needed. Corrupt: no frame of
/// ours can begin so, and the connection must be closed. Allocates nothing.
[[nodiscard]] Result<std::optional<FrameView>> decodeFrame(std::span<const std::byte> bytes);

/// header.length is ignored and taken from the payload, which must not exceed
/// kFramePayloadBytesMax.
void appendFrame(QByteArray &out, FrameHeader header, std::span<const std::byte> payload);
[[nodiscard]] QByteArray frameOf(FrameHeader header, std::span<const std::byte> payload = {});

struct Frame {
    FrameHeader header;
    QByteArray payload;
};

/// Cuts a stream of bytes into frames. Buffers at most one header and one payload, and allocates
/// the payload only after its announced length was found acceptable. One thread at a time.
class FrameDecoder {
public:
    explicit FrameDecoder(std::size_t payloadBytesMax = kFramePayloadBytesMax)
        : m_payloadBytesMax(payloadBytesMax)
    {
    }
    /// For what is said before the other side is trusted.
    void setPayloadBytesMax(std::size_t bytesMax) { m_payloadBytesMax = bytesMax; }

    /// Takes from `bytes` what it can use and shortens it. A frame when one is complete; nullopt
    /// when `bytes` is used up. After Corrupt it stays corrupt.
    [[nodiscard]] Result<std::optional<Frame>> take(std::span<const std::byte> &bytes);
    [[nodiscard]] std::size_t bufferedBytes() const { return m_headerFilled + m_payloadFilled; }

private:
    [[nodiscard]] Status beginPayload();

    std::size_t m_payloadBytesMax;
    std::byte m_header[kFrameHeaderBytes] = {};
    std::size_t m_headerFilled = 0;
    std::size_t m_payloadFilled = 0;
    Frame m_frame;
    std::optional<Error> m_broken;
};

} // namespace chrona::ipc
