// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/uint256.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chrona::ftso {

using ethereum::Bytes;
using ethereum::ByteView;

/// Category byte and name, padded with zeros.
using FeedId = std::array<std::uint8_t, 21>;

[[nodiscard]] Result<FeedId> makeFeedId(std::uint8_t category, std::string_view name);

struct Feed {
    FeedId id{};
    std::int8_t decimals = 0;
    friend bool operator==(const Feed &, const Feed &) = default;
};

struct CommunityOffer {
    Feed feed;
    ethereum::Uint256 amount;
};

/// The position of each value in a reveal: inflation feeds by ascending id, then feeds with
/// community offers only, by descending sum of offers, ties by ascending id.
[[nodiscard]] std::vector<Feed> canonicalOrder(std::vector<Feed> inflationFeeds,
                                               std::span<const CommunityOffer> offers);

/// A price in a feed's units; nothing is "no value".
using FeedValue = std::optional<std::int32_t>;

/// value · 10^decimals, rounded with ties toward +infinity. Refuses what the encoding cannot carry:
/// not finite, or outside -2^31+1 … 2^31-1.
[[nodiscard]] Result<std::int32_t> toFeedUnits(double value, std::int8_t decimals);

enum class Trailing : std::uint8_t { Keep, Strip };
/// Four bytes each, offset by 2^31, zero for no value. Strip cuts trailing empty values but keeps
/// one.
[[nodiscard]] Bytes encodeFeedValues(std::span<const FeedValue> values, Trailing trailing);
/// Always feedCount values; a missing tail is empty.
[[nodiscard]] Result<std::vector<FeedValue>> decodeFeedValues(ByteView encoded,
                                                              std::size_t feedCount);

} // namespace chrona::ftso
