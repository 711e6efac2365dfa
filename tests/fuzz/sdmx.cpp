// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/sdmx.h"

#include <cmath>

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

constexpr SdmxLimits kLimits{
    .bytesMax = 1 << 20, .seriesMax = 100, .observationsMax = 1000, .faultsMax = 10};

void check(const Result<SeriesSet> &set)
{
    if (!set)
        return mustHold(!set.error().what.empty());
    mustHold(set->series.size() <= kLimits.seriesMax);
    mustHold(set->faults.size() <= kLimits.faultsMax && set->faults.size() <= set->faultCount);
    std::size_t observations = 0;
    for (const SdmxSeries &series : set->series) {
        observations += series.observations.size();
        for (const SdmxObservation &observation : series.observations) {
            mustHold(!std::isinf(observation.value));
            mustHold(observation.period.from <= observation.period.until);
        }
    }
    mustHold(observations <= kLimits.observationsMax);
}

} // namespace

/// Whatever the bytes are, each reader keeps its limits and gives sound values or a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    check(readSdmxMl(text, kLimits));
    check(readSdmxJson(text, kLimits));
    check(readSdmxCsv(text, kLimits));
    return 0;
}
