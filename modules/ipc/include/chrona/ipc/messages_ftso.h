// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// What is kept of the price oracle's rounds, newest first. An empty network is the one followed;
/// `before` continues a list below a round or reward epoch; limits are held by the service.
namespace chrona::ipc {

struct FtsoRound {
    std::int64_t round = 0, rewardEpoch = 0;
    Instant endsAt; ///< the end of its commits
    std::int32_t voters = 0, commits = 0, reveals = 0, offenders = 0;
    bool isSecure = false;
    bool isWhole = false; ///< every block was seen that it follows from
    std::string root;     ///< as computed here
    std::string finalRoot;
    std::optional<Instant> finalAt;
    std::string verdict; ///< agrees, differs, open
    static constexpr auto fields()
    {
        using T = FtsoRound;
        return fieldList(field("round", &T::round), field("reward_epoch", &T::rewardEpoch),
                         field("ends_at", &T::endsAt), field("voters", &T::voters),
                         field("commits", &T::commits), field("reveals", &T::reveals),
                         field("offenders", &T::offenders), field("secure", &T::isSecure),
                         field("whole", &T::isWhole), field("root", &T::root),
                         field("final_root", &T::finalRoot), field("final_at", &T::finalAt),
                         field("verdict", &T::verdict));
    }
    friend bool operator==(const FtsoRound &, const FtsoRound &) = default;
};
struct FtsoRoundsReply {
    static constexpr std::uint16_t kType = 0x0a05;
    std::vector<FtsoRound> rounds;
    static constexpr auto fields() { return fieldList(field("rounds", &FtsoRoundsReply::rounds)); }
    friend bool operator==(const FtsoRoundsReply &, const FtsoRoundsReply &) = default;
};
struct FtsoRoundsQuery {
    static constexpr std::uint16_t kType = 0x0a04;
    using Reply = FtsoRoundsReply;
    std::string network;
    std::optional<std::int64_t> before;
    std::uint32_t limit = 100;
    static constexpr auto fields()
    {
        using T = FtsoRoundsQuery;
        return fieldList(field("network", &T::network), field("before", &T::before),
                         field("limit", &T::limit));
    }
    friend bool operator==(const FtsoRoundsQuery &, const FtsoRoundsQuery &) = default;
};

/// One provider in one round. States: none, in_time, late, broken (cannot be read), mismatch (a
/// reveal that is not what was committed to).
struct FtsoSubmission {
    std::int64_t round = 0;
    std::string identity, submitAddress;
    std::string commit, reveal, signature;
    std::optional<Instant> committedAt, revealedAt, signedAt;
    std::int32_t feeds = 0, values = 0;                ///< of the round; given by this provider
    std::int32_t primary = 0, secondary = 0, near = 0; ///< in the bands; within 0.5 %
    static constexpr auto fields()
    {
        using T = FtsoSubmission;
        return fieldList(field("round", &T::round), field("identity", &T::identity),
                         field("submit_address", &T::submitAddress), field("commit", &T::commit),
                         field("reveal", &T::reveal), field("signature", &T::signature),
                         field("committed_at", &T::committedAt),
                         field("revealed_at", &T::revealedAt), field("signed_at", &T::signedAt),
                         field("feeds", &T::feeds), field("values", &T::values),
                         field("primary", &T::primary), field("secondary", &T::secondary),
                         field("near", &T::near));
    }
    friend bool operator==(const FtsoSubmission &, const FtsoSubmission &) = default;
};
struct FtsoSubmissionsReply {
    static constexpr std::uint16_t kType = 0x0a07;
    std::vector<FtsoSubmission> submissions;
    static constexpr auto fields()
    {
        return fieldList(field("submissions", &FtsoSubmissionsReply::submissions));
    }
    friend bool operator==(const FtsoSubmissionsReply &, const FtsoSubmissionsReply &) = default;
};
struct FtsoSubmissionsQuery {
    static constexpr std::uint16_t kType = 0x0a06;
    using Reply = FtsoSubmissionsReply;
    std::string network;
    std::string identity; ///< empty: everybody's
    std::optional<std::int64_t> before;
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        using T = FtsoSubmissionsQuery;
        return fieldList(field("network", &T::network), field("identity", &T::identity),
                         field("before", &T::before), field("limit", &T::limit));
    }
    friend bool operator==(const FtsoSubmissionsQuery &, const FtsoSubmissionsQuery &) = default;
};

/// A validator that a provider registered, as the network's other chain has it.
struct FtsoValidator {
    std::string node;               ///< "NodeID-…"
    std::string weight;             ///< stake as mirrored at the vote power block
    std::string selfBond, stake;    ///< on the other chain; empty: not seen there
    std::optional<double> uptime{}; ///< percent since it began, by the node that was asked
    /// Looks in this reward epoch, and in how many of them it was connected.
    std::int64_t checks = 0, connected = 0;
    static constexpr auto fields()
    {
        using T = FtsoValidator;
        return fieldList(field("node", &T::node), field("weight", &T::weight),
                         field("self_bond", &T::selfBond), field("stake", &T::stake),
                         field("uptime", &T::uptime), field("checks", &T::checks),
                         field("connected", &T::connected));
    }
    friend bool operator==(const FtsoValidator &, const FtsoValidator &) = default;
};

/// A provider's reward epoch: how often it was there and how close, what its claims are, and what
/// delegators gave it.
struct FtsoProviderEpoch {
    std::int64_t rewardEpoch = 0;
    std::string identity, delegationAddress;
    std::int32_t feeBips = 0;
    std::string votePower, cappedVotePower, registrationWeight;
    std::int32_t signingWeight = 0;
    double share = 0; ///< of the signing weight
    std::int64_t rounds = 0, commits = 0, reveals = 0, signatures = 0;
    std::int64_t feeds = 0, primary = 0, secondary = 0, near = 0; ///< sums over its rounds
    std::int32_t rank = 0;   ///< by the share of values in the primary band; 0: no values
    std::int32_t voters = 0; ///< who have values
    /// Of cap (2.5 % of the wrapped supply); absent: the supply was not read.
    std::optional<double> capShare{};
    /// Other protocols: rounds with a result of the data connector, those in which this provider
    /// voted and signed; fast updates of everybody and its own.
    std::int64_t fdcRounds = 0, fdcVotes = 0, fdcSignatures = 0;
    std::int64_t fastUpdatesAll = 0, fastUpdates = 0;
    std::vector<FtsoValidator> validators{}; ///< of everybody at once none are told
    /// The condition on validators: none (not one of this network), unknown, failed, kept (passes
    /// are neither earned nor lost), met.
    std::string staking{};
    /// After the reward epoch: published by the network, counted on from what was, or at least so
    /// many, counted since indexing began. Absent: it runs, or it is not counted for everybody.
    std::optional<std::int32_t> passes{};
    std::string passesBasis{};   ///< published, counted, least
    std::optional<bool> burnt{}; ///< all its rewards are lost; absent: not known
    static constexpr auto fields()
    {
        using T = FtsoProviderEpoch;
        return fieldList(
            field("reward_epoch", &T::rewardEpoch), field("identity", &T::identity),
            field("delegation_address", &T::delegationAddress), field("fee_bips", &T::feeBips),
            field("vote_power", &T::votePower), field("capped_vote_power", &T::cappedVotePower),
            field("registration_weight", &T::registrationWeight),
            field("signing_weight", &T::signingWeight), field("share", &T::share),
            field("rounds", &T::rounds), field("commits", &T::commits),
            field("reveals", &T::reveals), field("signatures", &T::signatures),
            field("feeds", &T::feeds), field("primary", &T::primary),
            field("secondary", &T::secondary), field("near", &T::near), field("rank", &T::rank),
            field("voters", &T::voters), field("cap_share", &T::capShare),
            field("fdc_rounds", &T::fdcRounds), field("fdc_votes", &T::fdcVotes),
            field("fdc_signatures", &T::fdcSignatures),
            field("fast_updates_all", &T::fastUpdatesAll), field("fast_updates", &T::fastUpdates),
            field("validators", &T::validators), field("staking", &T::staking),
            field("passes", &T::passes), field("passes_basis", &T::passesBasis),
            field("burnt", &T::burnt));
    }
    friend bool operator==(const FtsoProviderEpoch &, const FtsoProviderEpoch &) = default;
};
struct FtsoProvidersReply {
    static constexpr std::uint16_t kType = 0x0a09;
    std::vector<FtsoProviderEpoch> providers;
    static constexpr auto fields()
    {
        return fieldList(field("providers", &FtsoProvidersReply::providers));
    }
    friend bool operator==(const FtsoProvidersReply &, const FtsoProvidersReply &) = default;
};
struct FtsoProvidersQuery {
    static constexpr std::uint16_t kType = 0x0a08;
    using Reply = FtsoProvidersReply;
    std::string network;
    std::string identity; ///< empty: everybody's
    std::optional<std::int64_t> before;
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        using T = FtsoProvidersQuery;
        return fieldList(field("network", &T::network), field("identity", &T::identity),
                         field("before", &T::before), field("limit", &T::limit));
    }
    friend bool operator==(const FtsoProvidersQuery &, const FtsoProvidersQuery &) = default;
};

} // namespace chrona::ipc
