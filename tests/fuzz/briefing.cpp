// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/briefing_json.h"

using namespace chrona;
using chrona::fuzz::mustHold;

/// What is read as a briefing or an hourly update is written as the same one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto briefing = formats::readBriefingJson(text)) {
        const std::string written = formats::writeBriefingJson(*briefing);
        const auto again = formats::readBriefingJson(written);
        mustHold(again && formats::writeBriefingJson(*again) == written);
    }
    if (const auto update = formats::readHourlyJson(text)) {
        const std::string written = formats::writeHourlyJson(*update);
        const auto again = formats::readHourlyJson(written);
        mustHold(again && formats::writeHourlyJson(*again) == written);
    }
    return 0;
}
