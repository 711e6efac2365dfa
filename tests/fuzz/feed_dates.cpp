// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/feed_dates.h"

using namespace chrona;

/// What is read as a date lies in the years that we keep, and reads the same as we write it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (const auto read = formats::parseFeedDate(fuzz::textOf(data, size))) {
        const auto again = formats::parseFeedDate(formatInstant(*read));
        fuzz::mustHold(again && *again == *read);
    }
    return 0;
}
