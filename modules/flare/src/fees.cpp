// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/fees.h"

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

/// 11 %: nodes want 10 %, and rounding must not come out below.
Uint256 raised(const Uint256 &value)
{
    return value + value * Uint256(11) / Uint256(100) + Uint256(1);
}

} // namespace

Result<Fee> feeFor(const FeeRules &rules, const Uint256 &baseFee, int attempt, std::uint64_t gas,
                   const std::optional<Fee> &replaced)
{
    constexpr int kBaseFeeBitsMax = 128; // products stay exact
    if (baseFee.bitWidth() > kBaseFeeBitsMax || gas == 0)
        return fail(ErrorCode::Corrupt, "a base fee or an amount of gas beyond all reason");
    Uint256 tipMin = rules.tipMin, tipMax = rules.tipMax;
    for (int i = 0; i < attempt; ++i) {
        tipMin = raised(tipMin);
        tipMax = raised(tipMax);
    }
    const Uint256 more(static_cast<std::uint64_t>(attempt));
    Fee fee;
    fee.tip = std::clamp(baseFee * (Uint256(rules.tipMultiplier) + more), tipMin, tipMax);
    fee.feeMax = baseFee * (Uint256(rules.feeMultiplier) + more) + fee.tip;
    Fee least{Uint256(), baseFee};
    if (replaced) {
        least = {raised(replaced->tip), std::max(raised(replaced->feeMax), baseFee)};
        fee.tip = std::max(fee.tip, least.tip);
        fee.feeMax = std::max(fee.feeMax, least.feeMax);
    }
    const Uint256 cap = rules.costMax / Uint256(gas);
    fee.feeMax = std::min(fee.feeMax, cap);
    fee.tip = std::min(fee.tip, fee.feeMax);
    if (fee.feeMax < least.feeMax || fee.tip < least.tip)
        return fail(ErrorCode::Exhausted,
                    std::format("at a base fee of {} wei the transaction would cost more than the "
                                "limit of {} wei",
                                baseFee.toString(), rules.costMax.toString()),
                    "raise flare.fee_max, or wait until the network is calmer");
    return fee;
}

} // namespace chrona::flare
