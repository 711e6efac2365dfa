// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/events/canonical_url.h"
#include "chrona/formats/url.h"

using namespace chrona;
using fuzz::mustHold;

/// Links in feeds: the first line is the base, the rest the link. One form of an address has no
/// other form, for the ids of events follow from it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    const std::size_t end = text.find('\n');
    const std::string_view base = end == text.npos ? std::string_view() : text.substr(0, end);
    const std::string_view link = end == text.npos ? text : text.substr(end + 1);
    const std::string resolved = formats::resolveUrl({base, link});
    (void)formats::isSafeMedia(resolved);
    if (formats::isSafeLink(resolved))
        mustHold(formats::urlScheme(resolved) != "javascript");
    const std::string canonical = events::canonicalUrl(resolved);
    mustHold(events::canonicalUrl(canonical) == canonical);
    return 0;
}
