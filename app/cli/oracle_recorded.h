// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "arguments.h"
#include "oracle_files.h"

#include "chrona/formats/tick_segment.h"
#include "chrona/oracle/recording.h"

#include <functional>
#include <map>
#include <set>

/// Replays of what a live oracle kept, and what would have been had something gone wrong.
namespace chrona::cli {

/// --drop, --delay and --skew: venues that say nothing, that are heard later, whose clocks are off.
struct OracleStress {
    std::set<std::string, std::less<>> dropped;
    std::map<std::string, std::int64_t, std::less<>> delayMs, skewMs;
    [[nodiscard]] bool isNone() const
    {
        return dropped.empty() && delayMs.empty() && skewMs.empty();
    }
};
[[nodiscard]] Result<OracleStress> readStress(const Arguments &arguments);
/// NotFound for a venue that the recording does not have.
[[nodiscard]] Status applyStress(const OracleStress &stress, OracleInput &input);

/// Files of recorded ticks below a folder, by name.
[[nodiscard]] std::vector<std::filesystem::path> recordedFiles(const std::filesystem::path &folder);
/// Whether a folder holds files of recorded ticks rather than tables.
[[nodiscard]] bool holdsRecordedTicks(const std::filesystem::path &folder);

/// One file of recorded ticks. Its plan comes first, then its records in their order; whoever takes
/// the plan may refuse the rest.
struct RecordedReader {
    std::function<Status(const oracle::RecordedPlan &)> begin;
    std::function<void(const formats::TickRecord &)> take; ///< empty: the plan is enough
};
/// Whether the file ends where a block does.
[[nodiscard]] Result<bool> readRecordedFile(const std::filesystem::path &path,
                                            const RecordedReader &reader);
/// The feeds that a folder's first file names.
[[nodiscard]] Result<std::vector<std::string>> recordedFeeds(const std::filesystem::path &folder);

struct RecordedSource {
    std::filesystem::path folder;
    std::string feed; ///< empty: the only one, where there is one
    OracleStress stress;
};
/// Who is listened to, from the first file.
[[nodiscard]] Result<oracle::FeedSetup> recordedSetup(const RecordedSource &source);

struct RecordedFigures {
    std::size_t ticks = 0, files = 0, runs = 0;
    bool beginsInTheMiddle = false; ///< the first file is not the beginning of a run
    std::vector<std::string> cut;   ///< files that end in half a block
};
/// Everything in the order in which it counted then.
[[nodiscard]] Result<RecordedFigures> replayRecorded(const RecordedSource &source,
                                                     oracle::PublishingSink &sink);

} // namespace chrona::cli
