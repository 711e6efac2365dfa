// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/calendar_file.h"
#include "chrona/schema/text.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// Rules may repeat, zones may be unknown: what comes out is bounded, is text and has a name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr CalendarLimits kLimits{
        .bytesMax = 1 << 20, .entriesMax = 200, .occurrencesMax = 50, .lineBytesMax = 4096};
    const auto file = readCalendarFile(fuzz::textOf(data, size), "America/New_York", kLimits);
    if (!file) {
        mustHold(!file.error().what.empty());
        return 0;
    }
    mustHold(file->entries.size() <= kLimits.entriesMax);
    for (const CalendarEntry &entry : file->entries) {
        mustHold(!entry.uid.empty() && entry.sequence >= 0);
        mustHold(!schema::firstInvalidUtf8(entry.summary));
    }
    return 0;
}
