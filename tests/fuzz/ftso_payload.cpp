// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/ftso/round.h"
#include "chrona/ftso/signing_policy.h"

using namespace chrona::ftso;
using chrona::ethereum::Bytes;
using chrona::ethereum::ByteView;
using chrona::fuzz::mustHold;

namespace {

Address account(std::uint8_t byte)
{
    Address address{};
    address.fill(byte);
    return address;
}

/// Calls of three voters: each piece says who, what and when, and then its bytes.
void computeFrom(ByteView bytes)
{
    RoundInput input{
        .network = *networkNamed("coston2"),
        .round = 900'000,
        .feeds = {{makeFeedId(1, "BTC/USD").value(), 2}, {makeFeedId(1, "ETH/USD").value(), 3}},
        .voters = {},
        .submissions = {}};
    for (std::uint8_t voter = 1; voter <= 3; ++voter)
        input.voters.push_back({account(voter), chrona::ethereum::Uint256(voter)});
    const Seconds begin = startOf(input.network, input.round);
    std::uint32_t index = 0;
    while (bytes.size() >= 3) {
        const std::size_t length = std::min<std::size_t>(bytes[2], bytes.size() - 3);
        input.submissions.push_back(
            {bytes[0] & 1 ? SubmissionFunction::Submit1 : SubmissionFunction::Submit2,
             account(static_cast<std::uint8_t>(1 + bytes[0] / 2 % 4)), begin + bytes[1], 10,
             index++, Bytes(bytes.begin() + 3, bytes.begin() + 3 + length)});
        bytes = bytes.subspan(3 + length);
    }
    const RoundResult result = computeRound(input);
    mustHold(result.feeds.size() == 2 && result.tree.root().has_value());
    mustHold(result.validReveals.size() <= 3 && result.offenders.size() <= 3);
}

} // namespace

/// What strangers put on chain.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const ByteView bytes(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        if (const auto messages = decodePayloadMessages(bytes)) {
            std::size_t sum = 0;
            for (const PayloadMessage &message : *messages)
                sum += 7 + message.payload.size();
            mustHold(sum == bytes.size());
        }
        break;
    case 1:
        if (const auto values = decodeFeedValues(bytes, 5))
            mustHold(values->size() == 5);
        break;
    case 2:
        if (const auto policy = decodeSigningPolicy(bytes))
            mustHold(encode(*policy) == Bytes(bytes.begin(), bytes.end()));
        break;
    default: computeFrom(bytes);
    }
    return 0;
}
