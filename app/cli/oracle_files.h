// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/oracle/replay.h"
#include "chrona/oracle/score.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chrona::cli {

/// What was read from a folder of venues.csv, ticks.csv and, where there is one, peers.csv.
struct OracleInput {
    oracle::FeedSetup setup;
    std::vector<oracle::Tick> ticks;      ///< in the order of the file
    std::vector<std::uint64_t> sequences; ///< the seq of each
    std::vector<oracle::RevealedBand> bands;
    std::vector<std::string> refusedRows; ///< the first of those that were not taken
    std::size_t refusedCount = 0;
};

/// Fails with NotFound for a missing file and InvalidInput where a file has not its columns, or
/// venues.csv a bad row. A bad row of ticks.csv or peers.csv is left out and reported; a price that
/// cannot be read is taken as none, because that is for the engine to judge.
[[nodiscard]] Result<OracleInput> readOracleFolder(const std::filesystem::path &folder);

/// Collects the three files of a replay, and the explanation of one answer where it is asked for.
class ReplayFiles final : public oracle::PublishingSink {
public:
    ReplayFiles(const OracleInput &input, std::optional<std::int64_t> explainMs);

    void judged(std::size_t tick, const oracle::TickVerdict &verdict) override;
    void answered(const oracle::Answer &answer) override;
    void epochEnded(std::int64_t epoch, const oracle::Answer &answer,
                    const oracle::BandChoice &choice) override;

    /// Into an existing folder; each file whole or not at all.
    [[nodiscard]] Status write(const std::filesystem::path &folder) const;
    /// JSON; empty when there was no answer at that moment.
    [[nodiscard]] const std::string &explanation() const { return m_explanation; }

    std::size_t ticks = 0, answers = 0, abstained = 0, epochs = 0, flagged = 0;

private:
    void explain(const oracle::Answer &answer);

    const OracleInput &m_input;
    std::optional<std::int64_t> m_explainMs;
    std::string m_consensus, m_epochs, m_flags, m_explanation;
};

class RowSink;
/// Bands of a peers.csv, ascending. Rows that are none go to `refused` where one is given.
[[nodiscard]] Result<std::vector<oracle::RevealedBand>> readBands(std::string_view content,
                                                                  RowSink *refused = nullptr);

/// Of a truth.csv: the price of each second.
[[nodiscard]] Result<std::vector<oracle::TimedPrice>> readTruth(const std::filesystem::path &path);

/// How a replay's files compare with the truth beside its input.
struct OracleScores {
    oracle::PriceScore prices;
    oracle::FlagScore flags;
    std::optional<oracle::BandScore> band; ///< where there is a peers.csv
};
/// `world` holds truth.csv and labels.csv (and may hold episodes.csv and peers.csv), `replayed`
/// what a replay wrote.
struct ScoreFolders {
    std::filesystem::path world, replayed;
};
[[nodiscard]] Result<OracleScores> scoreOracleFolders(const ScoreFolders &folders);
[[nodiscard]] std::string scoresAsJson(const OracleScores &scores);

} // namespace chrona::cli
