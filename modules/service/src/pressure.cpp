// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pressure.h"

#include "settings.h"

namespace chrona::service {
namespace {

constexpr double kRelief = 0.2;

bool above(double value, double limit, bool before)
{
    return value > (before ? limit * (1 - kRelief) : limit);
}

bool below(double value, double limit, bool before)
{
    return value < (before ? limit * (1 + kRelief) : limit);
}

/// Shares say little about large disks: with this much left, none is almost full.
constexpr std::uint64_t kRoomyBytes = 20ULL << 30;

/// An unknown disk (total 0) is no reason to stop.
bool diskBelow(const MachineFigures &machine, int percentMin, bool before)
{
    if (machine.diskTotalBytes == 0 || machine.diskFreeBytes >= kRoomyBytes)
        return false;
    const double percent = 100.0 * static_cast<double>(machine.diskFreeBytes) /
                           static_cast<double>(machine.diskTotalBytes);
    return below(percent, percentMin, before);
}

} // namespace

PressureLimits PressureLimits::from(const Settings &settings)
{
    const auto percent = [&](std::string_view key) {
        return static_cast<int>(settings.number(key));
    };
    const auto mebibytes = [&](std::string_view key) {
        return static_cast<std::uint64_t>(settings.number(key)) << 20;
    };
    PressureLimits limits;
    limits.normaliseLagMax =
        std::chrono::seconds(settings.number("pressure.normalise_lag_seconds"));
    limits.enrichmentDepthMax = settings.number("pressure.enrichment_depth");
    limits.claimTimeMax = std::chrono::milliseconds(settings.number("pressure.claim_ms"));
    limits.backfillDiskPercentMin = percent("pressure.disk_percent_backfill");
    limits.enrichmentDiskPercentMin = percent("pressure.disk_percent_enrichment");
    limits.acquisitionDiskPercentMin = percent("pressure.disk_percent_acquisition");
    limits.acquisitionDiskBytesMin = mebibytes("pressure.disk_mib_acquisition");
    limits.memoryBytesMax = mebibytes("pressure.memory_mib");
    limits.folderBytesMax = static_cast<std::uint64_t>(settings.number("storage.budget_gib")) << 30;
    return limits;
}

Restraint restraintFor(const PressureFigures &figures, const PressureLimits &limits,
                       const Restraint &before)
{
    const MachineFigures &machine = figures.machine;
    const auto amount = [](auto value) { return static_cast<double>(value); };
    Restraint now;
    now.stretchPolls = above(amount(figures.normaliseLag.count()),
                             amount(limits.normaliseLagMax.count()), before.stretchPolls);
    now.deferEnrichment = above(amount(figures.enrichmentDepth), amount(limits.enrichmentDepthMax),
                                before.deferEnrichment);
    now.pauseAnalysis = above(amount(figures.claimTime.count()),
                              amount(limits.claimTimeMax.count()), before.pauseAnalysis);
    now.stopBackfills = diskBelow(machine, limits.backfillDiskPercentMin, before.stopBackfills);
    now.stopEnrichment = diskBelow(machine, limits.enrichmentDiskPercentMin, before.stopEnrichment);
    now.stopAcquisition =
        diskBelow(machine, limits.acquisitionDiskPercentMin, before.stopAcquisition) ||
        (machine.diskTotalBytes > 0 &&
         below(amount(machine.diskFreeBytes), amount(limits.acquisitionDiskBytesMin),
               before.stopAcquisition));
    if (limits.folderBytesMax > 0 &&
        above(amount(figures.folderBytes), amount(limits.folderBytesMax), before.stopAcquisition))
        now.stopBackfills = now.stopEnrichment = now.stopAcquisition = true;
    if (figures.isDatabasePaused) // it has its own room to come back
        now.stopBackfills = now.stopEnrichment = now.stopAcquisition = now.stopWriting = true;
    now.stopReading =
        above(amount(machine.memoryBytes), amount(limits.memoryBytesMax), before.stopReading);
    return now;
}

} // namespace chrona::service
