// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/zip.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// No entry leaves the folder, and none gives more than it said.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr ZipLimits kLimits{
        .entriesMax = 20, .entryBytesMax = 1 << 16, .totalBytesMax = 1 << 18, .ratioMax = 200};
    const auto archive = ZipArchive::open(fuzz::textOf(data, size), kLimits);
    if (!archive)
        return 0;
    mustHold(archive->entries().size() <= kLimits.entriesMax);
    for (const ZipEntry &entry : archive->entries()) {
        mustHold(!entry.name.starts_with('/') && !entry.name.starts_with("../"));
        mustHold(!entry.name.contains("/../") && !entry.name.ends_with("/.."));
        if (const auto content = archive->read(entry))
            mustHold(content->size() == entry.size && entry.size <= kLimits.entryBytesMax);
    }
    return 0;
}
