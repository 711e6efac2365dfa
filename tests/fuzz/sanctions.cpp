// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "listing.h"

using namespace chrona;
using chrona::fuzz::mustHold;

/// A subject that is drafted is sound, and each event follows one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    connect::RawItem item;
    item.payload = fuzz::textOf(data, size);
    for (const auto read : {sanctions::readOfacSdn, sanctions::readOfacAddresses,
                            sanctions::readOfacNames, sanctions::readOfacComments}) {
        const auto drafts = read(item);
        if (!drafts)
            continue;
        for (const connect::Draft &draft : *drafts)
            if (const auto *entity = std::get_if<schema::Entity>(&draft))
                mustHold(schema::validate(*entity).empty());
    }
    return 0;
}
