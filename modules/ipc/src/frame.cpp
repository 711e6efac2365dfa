// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/frame.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <format>

namespace chrona::ipc {
namespace {

/// Corrupt unless the header can be one of ours.
Result<FrameHeader> headerFrom(const std::byte *bytes)
{
    FrameHeader header;
    header.length = qFromLittleEndian<quint32>(bytes);
    header.flags = std::to_integer<std::uint8_t>(bytes[5]);
    header.type = qFromLittleEndian<quint16>(bytes + 6);
    header.correlation = qFromLittleEndian<quint64>(bytes + 8);
    const auto kind = std::to_integer<std::uint8_t>(bytes[4]);
    if (kind == 0 || kind > kFrameKindLast)
        return fail(ErrorCode::Corrupt, std::format("a frame of unknown kind {}", kind));
    header.kind = static_cast<FrameKind>(kind);
    if (header.length > kFramePayloadBytesMax)
        return fail(ErrorCode::Corrupt, std::format("a frame of {} bytes", header.length));
    return header;
}

} // namespace

Result<std::optional<FrameView>> decodeFrame(std::span<const std::byte> bytes)
{
    if (bytes.size() < kFrameHeaderBytes)
        return std::nullopt;
    const auto header = headerFrom(bytes.data());
    if (!header)
        return std::unexpected(header.error());
    if (bytes.size() - kFrameHeaderBytes < header->length)
        return std::nullopt;
    return FrameView{*header, bytes.subspan(kFrameHeaderBytes, header->length)};
}

void appendFrame(QByteArray &out, FrameHeader header, std::span<const std::byte> payload)
{
    Q_ASSERT(payload.size() <= kFramePayloadBytesMax);
    char bytes[kFrameHeaderBytes];
    qToLittleEndian(static_cast<quint32>(payload.size()), bytes);
    bytes[4] = static_cast<char>(header.kind);
    bytes[5] = static_cast<char>(header.flags);
    qToLittleEndian(header.type, bytes + 6);
    qToLittleEndian(static_cast<quint64>(header.correlation), bytes + 8);
    out.reserve(out.size() + static_cast<qsizetype>(kFrameHeaderBytes + payload.size()));
    out.append(bytes, kFrameHeaderBytes);
    out.append(reinterpret_cast<const char *>(payload.data()),
               static_cast<qsizetype>(payload.size()));
}

QByteArray frameOf(FrameHeader header, std::span<const std::byte> payload)
{
    QByteArray out;
    appendFrame(out, header, payload);
    return out;
}

Status FrameDecoder::beginPayload()
{
    auto header = headerFrom(m_header);
    if (header && header->length > m_payloadBytesMax)
        header = fail(ErrorCode::Corrupt, std::format("a frame of {} bytes", header->length));
    if (!header) {
        m_broken = header.error();
        return std::unexpected(header.error());
    }
    m_frame.header = *header;
    m_frame.payload = QByteArray(static_cast<qsizetype>(header->length), Qt::Uninitialized);
    return {};
}

Result<std::optional<Frame>> FrameDecoder::take(std::span<const std::byte> &bytes)
{
    if (m_broken)
        return std::unexpected(*m_broken);
    if (m_headerFilled < kFrameHeaderBytes) {
        const std::size_t step = std::min(bytes.size(), kFrameHeaderBytes - m_headerFilled);
        std::copy_n(bytes.begin(), step, m_header + m_headerFilled);
        m_headerFilled += step;
        bytes = bytes.subspan(step);
        if (m_headerFilled < kFrameHeaderBytes)
            return std::nullopt;
        if (auto begun = beginPayload(); !begun)
            return std::unexpected(begun.error());
    }
    const std::size_t length = m_frame.header.length;
    const std::size_t step = std::min(bytes.size(), length - m_payloadFilled);
    if (step > 0)
        std::memcpy(m_frame.payload.data() + m_payloadFilled, bytes.data(), step);
    m_payloadFilled += step;
    bytes = bytes.subspan(step);
    if (m_payloadFilled < length)
        return std::nullopt;
    m_headerFilled = 0;
    m_payloadFilled = 0;
    return std::exchange(m_frame, {});
}

} // namespace chrona::ipc
