// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/opml.h"
#include "chrona/formats/url.h"

using namespace chrona;

/// A reading list from anywhere: what comes out of it may be asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto feeds = formats::readOpml(fuzz::textOf(data, size));
    if (!feeds)
        return 0;
    for (const formats::OpmlFeed &feed : *feeds) {
        const std::string scheme = formats::urlScheme(feed.url);
        fuzz::mustHold(scheme == "http" || scheme == "https");
        fuzz::mustHold(feed.homepage.empty() || formats::isSafeLink(feed.homepage));
    }
    return 0;
}
