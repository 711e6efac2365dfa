// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ethereum/uint256.h"

#include <optional>

namespace chrona::flare {

using ethereum::Uint256;

/// What a transaction may pay, in wei a unit of gas.
struct Fee {
    Uint256 tip, feeMax;
    friend bool operator==(const Fee &, const Fee &) = default;
};

/// How fees follow the base fee. Later tries pay more; a replacement must raise both figures, or
/// nodes refuse it.
struct FeeRules {
    std::uint64_t tipMultiplier = 2; ///< of the base fee, one more with each try
    std::uint64_t feeMultiplier = 4; ///< of the base fee, one more with each try
    Uint256 tipMin = Uint256(100'000'000'000);
    Uint256 tipMax = Uint256(5'000'000'000'000);
    /// Wei that one transaction may cost at most, whatever the base fee does.
    Uint256 costMax = Uint256(5'000'000'000'000'000'000);
};

/// The fee of try `attempt` (from 0) with `gas`; `replaced` is the one that it must outbid. Lowered
/// to the cap where it is above; Exhausted when the cap does not carry the base fee or the bid.
[[nodiscard]] Result<Fee> feeFor(const FeeRules &rules, const Uint256 &baseFee, int attempt,
                                 std::uint64_t gas, const std::optional<Fee> &replaced);

} // namespace chrona::flare
