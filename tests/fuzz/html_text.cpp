// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/html_text.h"
#include "chrona/formats/url.h"

using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

/// Quoted, they may stand in a text: what counts is what stands within < and >.
void mustHoldNothingActive(std::string_view safe)
{
    for (auto at = safe.find('<'); at != std::string_view::npos; at = safe.find('<', at + 1)) {
        const std::string_view tag = safe.substr(at, safe.find('>', at) - at);
        for (const char *active :
             {"<script", "<style", "<object", "<iframe", "<svg", "=\"javascript:"})
            mustHold(!tag.contains(active));
    }
}

} // namespace

/// Safe HTML stays as it is when it is made safe again, and no tag in it can act.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view html = chrona::fuzz::textOf(data, size);
    const std::string safe = sanitizeHtml(html, "http://example.org/a/b");
    mustHold(sanitizeHtml(safe, "http://example.org/a/b") == safe);
    mustHoldNothingActive(safe);
    mustHold(htmlToText(html).size() <= 2 * html.size() + 16);
    std::ignore = looksLikeHtml(html);
    const std::string once = resolveUrl({"http://example.org/a/b", html});
    mustHold(resolveUrl({{}, once}) == once);
    return 0;
}
