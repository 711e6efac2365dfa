// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/rlp.h"

namespace chrona::ethereum {
namespace {

constexpr int kDepthMax = 64;

void appendHeader(Bytes &out, std::size_t length, std::uint8_t shortBase)
{
    if (length < 56) {
        out.push_back(static_cast<std::uint8_t>(shortBase + length));
        return;
    }
    const Bytes size = Uint256(length).toMinimalBytes();
    out.push_back(static_cast<std::uint8_t>(shortBase + 55 + size.size()));
    append(out, size);
}

class RlpDecoder {
public:
    explicit RlpDecoder(ByteView data) : m_rest(data) {}

    Result<RlpItem> item(int depth)
    {
        if (depth > kDepthMax)
            return fail(ErrorCode::InvalidInput, "RLP is nested too deeply");
        if (m_rest.empty())
            return fail(ErrorCode::InvalidInput, "RLP data ends too early");
        const std::uint8_t first = m_rest.front();
        m_rest = m_rest.subspan(1);
        if (first < 0x80)
            return RlpItem(Bytes{first});
        const bool list = first >= 0xc0;
        const auto length = payloadLength(first - (list ? 0xc0 : 0x80));
        if (!length)
            return std::unexpected(length.error());
        const ByteView payload = m_rest.first(*length);
        m_rest = m_rest.subspan(*length);
        return list ? readList(payload, depth) : readString(payload);
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    Result<std::size_t> payloadLength(int code)
    {
        std::size_t length = static_cast<std::size_t>(code);
        if (code > 55) {
            const std::size_t sizeBytes = static_cast<std::size_t>(code) - 55;
            if (m_rest.size() < sizeBytes)
                return fail(ErrorCode::InvalidInput, "RLP data ends within a length");
            if (m_rest.front() == 0)
                return fail(ErrorCode::InvalidInput, "an RLP length has leading zeros");
            const auto value = Uint256::fromBytes(m_rest.first(sizeBytes)).toUint64();
            m_rest = m_rest.subspan(sizeBytes);
            if (!value || *value < 56)
                return fail(ErrorCode::InvalidInput, "an RLP length is not in its shortest form");
            length = *value;
        }
        if (length > m_rest.size())
            return fail(ErrorCode::InvalidInput, "RLP data is shorter than it says");
        return length;
    }
    static Result<RlpItem> readString(ByteView payload)
    {
        if (payload.size() == 1 && payload.front() < 0x80)
            return fail(ErrorCode::InvalidInput, "a single RLP byte is not in its shortest form");
        return RlpItem(Bytes(payload.begin(), payload.end()));
    }
    static Result<RlpItem> readList(ByteView payload, int depth)
    {
        RlpDecoder inner(payload);
        std::vector<RlpItem> items;
        while (!inner.atEnd()) {
            auto next = inner.item(depth + 1);
            if (!next)
                return next;
            items.push_back(std::move(*next));
        }
        return RlpItem(std::move(items));
    }

    ByteView m_rest;
};

} // namespace

Bytes encodeRlp(const RlpItem &item)
{
    Bytes out;
    if (const auto *bytes = std::get_if<Bytes>(&item.value)) {
        if (bytes->size() != 1 || bytes->front() >= 0x80)
            appendHeader(out, bytes->size(), 0x80);
        append(out, *bytes);
        return out;
    }
    Bytes payload;
    for (const RlpItem &part : std::get<std::vector<RlpItem>>(item.value))
        append(payload, encodeRlp(part));
    appendHeader(out, payload.size(), 0xc0);
    append(out, payload);
    return out;
}

Result<RlpItem> decodeRlp(ByteView data)
{
    RlpDecoder decoder(data);
    auto item = decoder.item(0);
    if (item && !decoder.atEnd())
        return fail(ErrorCode::InvalidInput, "there is data after the RLP item");
    return item;
}

} // namespace chrona::ethereum
