// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/feed.h"
#include "chrona/formats/html_text.h"
#include "chrona/formats/opml.h"
#include "chrona/formats/url.h"
#include "chrona/schema/text.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

void mustBeSafe(const std::string &html)
{
    mustHold(!schema::firstInvalidUtf8(html));
    mustHold(sanitizeHtml(html) == html || sanitizeHtml(sanitizeHtml(html)) == sanitizeHtml(html));
    for (const char *active : {"<script", "<style", "<object", "<iframe", "<embed", "<form"})
        mustHold(!html.contains(active));
}

} // namespace

/// Whatever the bytes are, what comes out is UTF-8, holds nothing active, and leads nowhere unsafe.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes = fuzz::textOf(data, size);
    std::ignore = readOpml(bytes);
    const auto feed = readFeed(bytes, {.documentUrl = "http://example.org/", .contentType = {}});
    if (!feed)
        return 0;
    mustBeSafe(feed->title);
    for (const FeedEntry &entry : feed->entries) {
        for (const std::string &text : {entry.title, entry.summary, entry.content, entry.author})
            mustBeSafe(text);
        mustHold(isSafeLink(entry.link) && isSafeLink(entry.source.link));
        mustHold(schema::validate(entry.geo).empty());
    }
    return 0;
}
