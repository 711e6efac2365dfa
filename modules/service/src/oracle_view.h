// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_alerts.h"
#include "oracle_desk.h"

#include "chrona/ipc/messages_oracle.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace chrona::service {

/// What clients see of a running oracle: the newest answers, the last minutes, rounds and alerts.
/// Written by the run's thread, read from any.
class OracleView final : public DeskSink {
public:
    static constexpr std::size_t kSpark = 120;
    static constexpr std::size_t kRounds = 40;

    OracleView(const OraclePlan &plan, AlertBook alerts);

    void heardBy(std::uint32_t feed, std::span<const std::uint8_t> collectors) override;
    void answered(std::uint32_t feed, const oracle::Answer &answer) override;
    void epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                    const oracle::BandChoice &choice) override;
    void secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                     std::span<const DeskAnomaly> anomalies) override;
    void learned(const DeskReveal &reveal) override;

    /// Without `mode`, `problem` and `venuesHeard`, which are the run's.
    [[nodiscard]] ipc::OracleStatus status(Instant now, bool withRounds) const;
    [[nodiscard]] ipc::OracleFeedsReply feeds(const std::string &feed) const;
    /// nullopt for a feed that is not priced, or for a moment before its newest answer.
    [[nodiscard]] std::optional<ipc::OracleAnswer> newest(const std::string &feed,
                                                          std::optional<Instant> at) const;
    struct SoundPrice {
        double price = 0;
        std::int64_t atMs = 0;
    };
    /// nullopt for a feed that is not priced, or whose newest answer is not sound.
    [[nodiscard]] std::optional<SoundPrice> soundPrice(const std::string &feed) const;
    [[nodiscard]] std::vector<ipc::OracleAlert> alerts(std::size_t limit) const;
    [[nodiscard]] std::vector<ipc::OracleAlert> takeRaised();
    void observeVenue(const std::string &venue, bool isHeard, std::int64_t atMs);
    void mute(std::optional<Instant> until);

private:
    struct Shown {
        oracle::Answer answer;
        std::vector<std::uint8_t> heardBy;
        std::vector<double> spark; ///< a ring
        std::size_t next = 0;
        double handIn = 0, handInBps = 0, bandProbability = 0;
        std::uint32_t revealsLearned = 0;
    };
    [[nodiscard]] ipc::OracleFeedEntry tell(std::size_t feed) const;

    const OraclePlan &m_plan;
    mutable std::mutex m_mutex;
    AlertBook m_alerts;
    std::vector<Shown> m_feeds;
    std::vector<ipc::OracleRound> m_rounds; ///< oldest first
    std::int64_t m_atMs = 0;
    std::optional<std::int64_t> m_revealedEpoch;
};

} // namespace chrona::service
