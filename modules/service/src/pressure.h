// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "machine_figures.h"

#include "chrona/base/time.h"

#include <cstdint>

namespace chrona::service {

class Settings;

/// What is measured.
struct PressureFigures {
    MachineFigures machine;
    Duration normaliseLag{0};          ///< age of the oldest raw item that is not normalised yet
    std::int64_t enrichmentDepth = 0;  ///< jobs that wait
    std::chrono::milliseconds claimTime{0};
    bool isDatabasePaused = false; ///< its disk is full
    std::uint64_t folderBytes = 0; ///< of the data folder, database and all; 0: not measured
};

/// From where on the service takes less upon itself.
struct PressureLimits {
    Duration normaliseLagMax = std::chrono::seconds(60);
    std::int64_t enrichmentDepthMax = 10'000;
    std::chrono::milliseconds claimTimeMax{250};
    int backfillDiskPercentMin = 10;
    int enrichmentDiskPercentMin = 5;
    int acquisitionDiskPercentMin = 2;
    std::uint64_t acquisitionDiskBytesMin = 1ULL << 30;
    std::uint64_t memoryBytesMax = 1ULL << 30;
    std::uint64_t folderBytesMax = 0; ///< 0: what the disk has

    [[nodiscard]] static PressureLimits from(const Settings &settings);
};

/// What follows. The order is the ladder's: what is cheap to give up goes first, and what a person
/// waits for (the client, the database's own upkeep) is never given up.
struct Restraint {
    bool stretchPolls = false;     ///< ask sources half as often
    bool deferEnrichment = false;
    bool pauseAnalysis = false;    ///< features and discovery
    bool stopBackfills = false;    ///< imports are refused
    bool stopEnrichment = false;
    bool stopAcquisition = false;
    bool stopWriting = false;      ///< the database takes no writes: no jobs, no imports
    bool stopReading = false;      ///< no more credits for clients that send data

    friend bool operator==(const Restraint &, const Restraint &) = default;
};

/// Pure. A restraint that holds is lifted only when its figure is a fifth better than the limit, so
/// that the service does not flap around it.
[[nodiscard]] Restraint restraintFor(const PressureFigures &figures, const PressureLimits &limits,
                                     const Restraint &before);

} // namespace chrona::service
