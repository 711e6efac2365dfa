// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/feeds.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <map>

namespace chrona::ftso {
namespace {

constexpr std::int64_t kOffset = std::int64_t(1) << 31;

} // namespace

Result<FeedId> makeFeedId(std::uint8_t category, std::string_view name)
{
    FeedId id{};
    if (name.size() > id.size() - 1)
        return fail(ErrorCode::InvalidInput, "a feed's name has at most 20 bytes");
    id[0] = category;
    std::ranges::copy(name, id.begin() + 1);
    return id;
}

std::vector<Feed> canonicalOrder(std::vector<Feed> inflationFeeds,
                                 std::span<const CommunityOffer> offers)
{
    std::ranges::sort(inflationFeeds, {}, &Feed::id);
    std::map<FeedId, CommunityOffer> sums;
    for (const CommunityOffer &offer : offers) {
        const auto [place, isNew] = sums.try_emplace(offer.feed.id, offer);
        if (!isNew)
            place->second.amount += offer.amount;
    }
    for (const Feed &feed : inflationFeeds)
        sums.erase(feed.id);
    std::vector<CommunityOffer> rest;
    for (const auto &[id, sum] : sums)
        rest.push_back(sum);
    // The map gave ascending ids, so a stable sort leaves ties in that order.
    std::ranges::stable_sort(rest, std::ranges::greater(), &CommunityOffer::amount);
    for (const CommunityOffer &offer : rest)
        inflationFeeds.push_back(offer.feed);
    return inflationFeeds;
}

Result<std::int32_t> toFeedUnits(double value, std::int8_t decimals)
{
    const double scaled = value * std::pow(10.0, decimals);
    const double below = std::floor(scaled);
    const double rounded = scaled - below >= 0.5 ? below + 1 : below;
    // -2^31 would be encoded as "no value".
    if (!(rounded > -static_cast<double>(kOffset) && rounded < static_cast<double>(kOffset)))
        return fail(ErrorCode::InvalidInput,
                    std::format("{} does not fit a feed with {} decimals", value, int(decimals)));
    return static_cast<std::int32_t>(rounded);
}

Bytes encodeFeedValues(std::span<const FeedValue> values, Trailing trailing)
{
    std::size_t count = values.size();
    while (trailing == Trailing::Strip && count > 1 && !values[count - 1])
        --count;
    Bytes bytes;
    bytes.reserve(count * 4);
    for (const FeedValue &value : values.first(count)) {
        const auto word = value ? static_cast<std::uint32_t>(*value + kOffset) : 0U;
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
    return bytes;
}

Result<std::vector<FeedValue>> decodeFeedValues(ByteView encoded, std::size_t feedCount)
{
    if (encoded.size() % 4 != 0)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} bytes are not whole feed values", encoded.size()));
    if (encoded.size() / 4 > feedCount)
        return fail(ErrorCode::InvalidInput, std::format("{} values for {} feeds",
                                                         encoded.size() / 4, feedCount));
    std::vector<FeedValue> values(feedCount);
    for (std::size_t i = 0; i < encoded.size() / 4; ++i) {
        std::uint32_t word = 0;
        for (std::size_t j = 0; j < 4; ++j)
            word = word << 8 | encoded[4 * i + j];
        if (word != 0)
            values[i] = static_cast<std::int32_t>(std::int64_t(word) - kOffset);
    }
    return values;
}

} // namespace chrona::ftso
