// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// What the price oracle pays and costs: claims by reward epoch, and the transactions of ours.
namespace chrona::ipc {

struct FtsoReward {
    std::int64_t rewardEpoch = 0;
    std::string beneficiary;
    std::string kind;    ///< direct, fee, wnat, mirror, cchain
    std::string claimed; ///< wei that left the reward manager
    std::string open;    ///< wei that can still be claimed, as it was read last
    std::optional<Instant> claimedAt;
    static constexpr auto fields()
    {
        using T = FtsoReward;
        return fieldList(field("reward_epoch", &T::rewardEpoch),
                         field("beneficiary", &T::beneficiary), field("kind", &T::kind),
                         field("claimed", &T::claimed), field("open", &T::open),
                         field("claimed_at", &T::claimedAt));
    }
    friend bool operator==(const FtsoReward &, const FtsoReward &) = default;
};
struct FtsoRewardsReply {
    static constexpr std::uint16_t kType = 0x0a0b;
    std::vector<FtsoReward> rewards;
    static constexpr auto fields()
    {
        return fieldList(field("rewards", &FtsoRewardsReply::rewards));
    }
    friend bool operator==(const FtsoRewardsReply &, const FtsoRewardsReply &) = default;
};
struct FtsoRewardsQuery {
    static constexpr std::uint16_t kType = 0x0a0a;
    using Reply = FtsoRewardsReply;
    std::string network;
    std::string beneficiary; ///< empty: everybody's
    std::optional<std::int64_t> before;
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        using T = FtsoRewardsQuery;
        return fieldList(field("network", &T::network), field("beneficiary", &T::beneficiary),
                         field("before", &T::before), field("limit", &T::limit));
    }
    friend bool operator==(const FtsoRewardsQuery &, const FtsoRewardsQuery &) = default;
};

/// A transaction of ours, from the nonce ledger.
struct FtsoTransaction {
    std::int64_t round = 0;
    std::string purpose; ///< commit, reveal, sign, finalise
    std::string sender;
    std::int64_t nonce = 0;
    std::string state; ///< planned, sent, mined, reverted, given_up, rehearsed
    std::string hash;  ///< of the try that counts
    std::int32_t tries = 0;
    std::string feeMax, fee; ///< wei: what it may have cost, what it did
    std::optional<Instant> sentAt, minedAt;
    static constexpr auto fields()
    {
        using T = FtsoTransaction;
        return fieldList(
            field("round", &T::round), field("purpose", &T::purpose), field("sender", &T::sender),
            field("nonce", &T::nonce), field("state", &T::state), field("hash", &T::hash),
            field("tries", &T::tries), field("fee_max", &T::feeMax), field("fee", &T::fee),
            field("sent_at", &T::sentAt), field("mined_at", &T::minedAt));
    }
    friend bool operator==(const FtsoTransaction &, const FtsoTransaction &) = default;
};
struct FtsoTransactionsReply {
    static constexpr std::uint16_t kType = 0x0a0d;
    std::vector<FtsoTransaction> transactions;
    static constexpr auto fields()
    {
        return fieldList(field("transactions", &FtsoTransactionsReply::transactions));
    }
    friend bool operator==(const FtsoTransactionsReply &, const FtsoTransactionsReply &) = default;
};
struct FtsoTransactionsQuery {
    static constexpr std::uint16_t kType = 0x0a0c;
    using Reply = FtsoTransactionsReply;
    std::string network;
    std::optional<std::int64_t> before; ///< round
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        using T = FtsoTransactionsQuery;
        return fieldList(field("network", &T::network), field("before", &T::before),
                         field("limit", &T::limit));
    }
    friend bool operator==(const FtsoTransactionsQuery &, const FtsoTransactionsQuery &) = default;
};

/// One reward epoch of a provider in money: what came in, what is expected, what it cost.
struct FtsoEpochMoney {
    std::int64_t rewardEpoch = 0;
    std::int64_t rounds = 0, predictedRounds = 0; ///< watched; with a prediction
    std::string predicted; ///< accuracy and penalties by the protocol's arithmetic; may be negative
    std::string predictedSigning; ///< an estimate: even shares of those who signed in time
    std::string claimed, open;
    std::int64_t transactions = 0;
    std::string fees;      ///< of all of them
    std::string feeMedian; ///< of one
    static constexpr auto fields()
    {
        using T = FtsoEpochMoney;
        return fieldList(
            field("reward_epoch", &T::rewardEpoch), field("rounds", &T::rounds),
            field("predicted_rounds", &T::predictedRounds), field("predicted", &T::predicted),
            field("predicted_signing", &T::predictedSigning), field("claimed", &T::claimed),
            field("open", &T::open), field("transactions", &T::transactions),
            field("fees", &T::fees), field("fee_median", &T::feeMedian));
    }
    friend bool operator==(const FtsoEpochMoney &, const FtsoEpochMoney &) = default;
};
struct FtsoEconomicsReply {
    static constexpr std::uint16_t kType = 0x0a18;
    std::string network, identity, coin;
    double epochDays = 0;
    std::optional<double> coinUsd; ///< from the oracle, where it prices the coin
    double hostUsdPerMonth = 0;    ///< what the machine costs, by the settings
    std::string votePower;         ///< wei of the newest reward epoch that is known
    std::int32_t feeBips = 0;
    std::vector<FtsoEpochMoney> epochs; ///< newest first
    static constexpr auto fields()
    {
        using T = FtsoEconomicsReply;
        return fieldList(
            field("network", &T::network), field("identity", &T::identity), field("coin", &T::coin),
            field("epoch_days", &T::epochDays), field("coin_usd", &T::coinUsd),
            field("host_usd_per_month", &T::hostUsdPerMonth), field("vote_power", &T::votePower),
            field("fee_bips", &T::feeBips), field("epochs", &T::epochs));
    }
    friend bool operator==(const FtsoEconomicsReply &, const FtsoEconomicsReply &) = default;
};
struct FtsoEconomicsQuery {
    static constexpr std::uint16_t kType = 0x0a17;
    using Reply = FtsoEconomicsReply;
    std::string network;
    std::string identity; ///< empty: the provider followed
    std::uint32_t limit = 30;
    static constexpr auto fields()
    {
        using T = FtsoEconomicsQuery;
        return fieldList(field("network", &T::network), field("identity", &T::identity),
                         field("limit", &T::limit));
    }
    friend bool operator==(const FtsoEconomicsQuery &, const FtsoEconomicsQuery &) = default;
};

} // namespace chrona::ipc
