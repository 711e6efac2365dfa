// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/base/decimal.h"
#include "chrona/base/time.h"

using namespace chrona;
using chrona::fuzz::mustHold;

/// What is read is written as text that reads back as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto instant = parseInstant(text)) {
        const std::string written = formatInstant(*instant);
        const auto again = parseInstant(written);
        // An offset can carry the first and last hours of the calendar out of it.
        const bool inRange = written.size() >= 20 && written[0] != '-' && written[4] == '-' &&
                             !written.starts_with("0000");
        mustHold(!inRange || (again && *again == *instant));
    }
    if (const auto date = parseDate(text)) {
        const auto again = parseDate(formatDate(*date));
        mustHold(again && *again == *date);
    }
    if (const auto duration = parseDuration(text))
        mustHold(*duration <= std::chrono::weeks(1'000'000) &&
                 *duration >= std::chrono::weeks(-1'000'000));
    if (const auto decimal = Decimal::parse(text)) {
        const auto again = Decimal::parse(decimal->toString());
        mustHold(again && *again == *decimal);
        mustHold(Decimal::fromDouble(decimal->toDouble()).has_value());
    }
    return 0;
}
