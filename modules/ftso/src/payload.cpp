// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/payload.h"

#include "append_number.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <cassert>

namespace chrona::ftso {
namespace {

using ethereum::append;
using ethereum::Uint256;

constexpr std::size_t kHeaderBytes = 7;

} // namespace

std::array<std::uint8_t, 4> selectorOf(SubmissionFunction function)
{
    switch (function) {
    case SubmissionFunction::Submit1: return {0x6c, 0x53, 0x2f, 0xae};
    case SubmissionFunction::Submit2: return {0x9d, 0x00, 0xc9, 0xfd};
    case SubmissionFunction::SubmitSignatures: return {0x57, 0xee, 0xd5, 0x80};
    }
    return {};
}

Bytes encode(const PayloadMessage &message)
{
    assert(message.payload.size() <= 0xffff);
    Bytes bytes{message.protocolId};
    appendNumber(bytes, message.votingRoundId, 4);
    appendNumber(bytes, message.payload.size(), 2);
    append(bytes, message.payload);
    return bytes;
}

Result<std::vector<PayloadMessage>> decodePayloadMessages(ByteView data)
{
    std::vector<PayloadMessage> messages;
    while (!data.empty()) {
        if (data.size() < kHeaderBytes)
            return fail(ErrorCode::InvalidInput, "a payload message ends within its header");
        PayloadMessage message;
        message.protocolId = data[0];
        for (std::size_t i = 1; i < 5; ++i)
            message.votingRoundId = message.votingRoundId << 8 | data[i];
        const std::size_t length = std::size_t(data[5]) << 8 | data[6];
        data = data.subspan(kHeaderBytes);
        if (data.size() < length)
            return fail(ErrorCode::InvalidInput, "a payload message is shorter than it says");
        message.payload.assign(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(length));
        data = data.subspan(length);
        messages.push_back(std::move(message));
    }
    return messages;
}

Bytes submissionCalldata(SubmissionFunction function, const PayloadMessage &message)
{
    const auto selector = selectorOf(function);
    Bytes bytes(selector.begin(), selector.end());
    append(bytes, encode(message));
    return bytes;
}

Bytes commitPreimage(const Reveal &reveal)
{
    // abi.encode(address, uint32, uint256, bytes), written out: it runs every round.
    Bytes bytes = Bytes(12, 0);
    append(bytes, reveal.submitAddress);
    append(bytes, Uint256(reveal.votingRoundId).toBytes());
    append(bytes, reveal.random);
    append(bytes, Uint256(0x80).toBytes());
    append(bytes, Uint256(reveal.encodedValues.size()).toBytes());
    append(bytes, reveal.encodedValues);
    bytes.resize((bytes.size() + 31) / 32 * 32);
    return bytes;
}

Bytes32 commitHash(const Reveal &reveal)
{
    return ethereum::keccak256(commitPreimage(reveal));
}

PayloadMessage commitMessage(const Reveal &reveal)
{
    const Bytes32 hash = commitHash(reveal);
    return {kProtocolId, reveal.votingRoundId, Bytes(hash.begin(), hash.end())};
}

PayloadMessage revealMessage(const Reveal &reveal)
{
    Bytes payload(reveal.random.begin(), reveal.random.end());
    append(payload, reveal.encodedValues);
    return {kProtocolId, reveal.votingRoundId, std::move(payload)};
}

Bytes encode(const ProtocolMessage &message)
{
    Bytes bytes{message.protocolId};
    appendNumber(bytes, message.votingRoundId, 4);
    bytes.push_back(message.isSecureRandom ? 1 : 0);
    append(bytes, message.merkleRoot);
    return bytes;
}

Bytes32 hashOf(const ProtocolMessage &message)
{
    return ethereum::keccak256(encode(message));
}

PayloadMessage signatureMessage(SignatureFormat format, const ProtocolMessage &message,
                                const ethereum::Signature &signature, ByteView unsignedPart)
{
    Bytes payload{static_cast<std::uint8_t>(format)};
    if (format == SignatureFormat::WithMessage)
        append(payload, encode(message));
    append(payload, toVrs(signature));
    append(payload, unsignedPart);
    return {message.protocolId, message.votingRoundId, std::move(payload)};
}

} // namespace chrona::ftso
