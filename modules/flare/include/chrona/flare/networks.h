// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"
#include "chrona/ftso/epochs.h"

#include <optional>
#include <string_view>

namespace chrona::flare {

using ethereum::Address;
using ethereum::Bytes;
using ethereum::Bytes32;
using ethereum::ByteView;
using ftso::RoundId;
using ftso::Seconds;

/// What differs from network to network and is on no contract: data, so that a switch of rules is
/// one line. Contracts are read from the registry; only it and Submission have fixed addresses.
struct NetworkSetup {
    ftso::Network timing;
    bool isMain = false;
    std::string_view coin;
    std::string_view publicRpc;
    Seconds rewardExpiry = 0;
    /// From this reward epoch on medians weigh by the signing weight (FIP.16). Nothing: not set
    /// yet.
    std::optional<std::int64_t> medianBySigningWeightFrom{};
    bool asksForValidators = false; ///< the minimal conditions do
};

/// "coston2", "coston", "songbird", "flare".
[[nodiscard]] std::optional<NetworkSetup> networkSetup(std::string_view name);

[[nodiscard]] const Address &registryAddress();
[[nodiscard]] const Address &submissionAddress();

} // namespace chrona::flare
