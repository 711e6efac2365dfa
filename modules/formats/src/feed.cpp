// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/feed.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/text_encoding.h"
#include "feed_reader.h"

#include <format>

namespace chrona::formats {
namespace {

/// A server that calls a feed plain text or a picture is at fault; browsers would not show it.
bool isFeedMedia(std::string_view contentType)
{
    const std::string media = mediaType(contentType);
    return media.empty() || media.ends_with("xml") || media.ends_with("xml-dtd") ||
           media.ends_with("xml-external-parsed-entity") || media.ends_with("json");
}

} // namespace

Result<Feed> readFeed(std::string_view bytes, const FeedContext &context, const FeedLimits &limits)
{
    if (bytes.size() > limits.bytesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the document is larger than {} bytes", limits.bytesMax));
    if (trimmed(bytes).empty())
        return fail(ErrorCode::InvalidInput, "the document is empty");
    const auto decoded = decodeXmlText({.bytes = bytes, .contentType = context.contentType});
    if (!decoded)
        return std::unexpected(decoded.error());
    if (trimmed(decoded->text).starts_with('{'))
        return readJsonFeed(trimmed(decoded->text), context, limits);
    auto feed = FeedReader(decoded->text, context, limits).read();
    if (!feed)
        return feed;
    feed->encoding = decoded->encoding;
    feed->malformed = feed->malformed || decoded->trust == EncodingTrust::Guessed ||
                      !isFeedMedia(context.contentType);
    return feed;
}

} // namespace chrona::formats
