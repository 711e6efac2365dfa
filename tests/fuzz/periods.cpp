// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/period.h"
#include "chrona/formats/stated_time.h"

#include <cmath>

using namespace chrona;
using fuzz::mustHold;

/// Periods, times and numbers as statistics offices write them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto period = formats::parsePeriod(text))
        mustHold(period->from < period->until);
    if (const auto number = formats::parseNumber(text))
        mustHold(std::isfinite(*number));
    for (const auto &time : {formats::readStatedTime(text), formats::readEasternTime(text)})
        if (time)
            mustHold(parseInstant(formatInstant(*time)).has_value());
    return 0;
}
