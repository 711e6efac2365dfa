// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/round_watch.h"
#include "chrona/flare/transaction_sender.h"

namespace chrona::flare {

/// Where the values come from. A feed without a value is submitted as empty.
class ValueSource {
public:
    virtual ~ValueSource() = default;
    [[nodiscard]] virtual Result<std::vector<std::optional<double>>>
    valuesFor(RoundId round, std::span<const ftso::Feed> feeds) = 0;
};

/// When things are done, in seconds from the start of a voting epoch.
struct Schedule {
    Seconds revealFrom = 20, revealUntil = 43; ///< the round before
    Seconds signFrom = 45, signUntil = 86;
    Seconds finaliseAllFrom = 66; ///< those who were drawn may from signFrom on
    Seconds commitFrom = 75, commitUntil = 88;
};

enum class Mode : std::uint8_t { Rehearse, Submit };

/// Commits, reveals, signs and finalises, by chain time. What matters is kept in the database
/// before anything leaves, so that a process that is killed at any moment goes on where it was: a
/// commit is made of the same values and random, a reveal is not lost, nothing is said twice. One
/// thread with a connection of its own.
class Submitter {
public:
    struct Options {
        NetworkSetup setup;
        ChainId chain = 0;
        Address identity{};
        Address relay{};
        Mode mode = Mode::Rehearse;
        Schedule schedule;
        FeeRules fees;
    };
    Submitter(ChainClient &client, Signing &signing, ValueSource &values, Options options);

    /// Does what is due at chain time `now`; call it every second or so. The first failure comes
    /// back, after everything that was due was tried.
    [[nodiscard]] Status step(storage::Connection &connection, Seconds now);

    struct Duty {
        Purpose purpose = Purpose::Commit;
        Seconds at = 0;
    };
    /// What comes next, for people.
    [[nodiscard]] Duty nextDuty(Seconds now) const;

private:
    [[nodiscard]] Status commit(storage::Connection &connection, RoundId round, Seconds now);
    [[nodiscard]] Status revealAll(storage::Connection &connection, RoundId round, Seconds now);
    [[nodiscard]] Status reveal(storage::Connection &connection, const ftso::Reveal &kept,
                                Seconds now);
    [[nodiscard]] Status sign(storage::Connection &connection, RoundId round, Seconds now);
    [[nodiscard]] Status finalise(storage::Connection &connection, RoundId round, Seconds now);
    [[nodiscard]] Result<const EpochVoter *> self(storage::Connection &connection, RoundId round);
    [[nodiscard]] Result<ftso::Reveal> makeReveal(const EpochVoter &voter, RoundId round);
    [[nodiscard]] Result<ethereum::Signature> signatureOf(const EpochVoter &voter,
                                                          const ftso::ProtocolMessage &result);
    [[nodiscard]] Status say(storage::Connection &connection, Outgoing draft, Seconds now);

    ChainClient &m_client;
    Signing &m_signing;
    ValueSource &m_values;
    Options m_options;
    TransactionSender m_sender;
    std::map<RoundId, RewardEpoch> m_epochs; ///< of the last rounds, as they will stay
};

} // namespace chrona::flare
