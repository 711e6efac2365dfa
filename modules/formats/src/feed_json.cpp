// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/ascii.h"
#include "chrona/formats/html_text.h"
#include "chrona/formats/json.h"
#include "chrona/formats/url.h"
#include "feed_reader.h"

#include <format>

namespace chrona::formats {
namespace {

class JsonFeedReader {
public:
    explicit JsonFeedReader(const FeedContext &context) : m_base(context.documentUrl) {}

    FeedEntry entry(const JsonValue &item) const
    {
        FeedCollector found;
        const auto number = item["id"].asInteger(); // whatever the format says
        found.setId(number ? std::to_string(*number)
                           : std::string(item["id"].asString().value_or("")));
        found.title = text(item["title"]);
        addLink(found, item["url"]);
        addLink(found, item["external_url"]);
        found.summary = text(item["summary"]);
        found.content = content(item);
        found.author = author(item);
        for (const JsonValue &tag : item["tags"].items())
            found.addCategory(tag.asString().value_or(""));
        FeedCollector::setDate(found.published, item["date_published"].asString().value_or(""));
        FeedCollector::setDate(found.updated, item["date_modified"].asString().value_or(""));
        return found.takeEntry();
    }

    void addLink(FeedCollector &target, const JsonValue &url) const
    {
        target.addLink({.url = resolveUrl({m_base, url.asString().value_or("")}),
                        .relation = "alternate",
                        .type = {}});
    }

    static std::string text(const JsonValue &value)
    {
        return textToHtml(trimmed(value.asString().value_or("")));
    }

private:
    std::string content(const JsonValue &item) const
    {
        if (const auto html = item["content_html"].asString())
            return std::string(trimmed(sanitizeHtml(*html, m_base)));
        return text(item["content_text"]);
    }

    static std::string author(const JsonValue &item)
    {
        for (const JsonValue &one : item["authors"].items())
            return text(one["name"]);
        return text(item["author"]["name"]);
    }

    std::string_view m_base;
};

} // namespace

Result<Feed> readJsonFeed(std::string_view text, const FeedContext &context,
                          const FeedLimits &limits)
{
    const auto document = JsonDocument::parse(text, {.bytesMax = limits.bytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    const JsonValue items = root["items"];
    const std::string_view version = root["version"].asString().value_or("");
    if (!version.contains("jsonfeed.org/version/") && items.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the JSON document is no JSON Feed");
    if (items.size() > limits.entriesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the feed has more than {} entries", limits.entriesMax));
    const JsonFeedReader reader(context);
    Feed feed;
    FeedCollector about;
    about.title = JsonFeedReader::text(root["title"]);
    reader.addLink(about, root["home_page_url"]);
    about.moveInto(feed);
    feed.encoding = "utf-8";
    feed.malformed = !version.contains("jsonfeed.org/version/");
    for (const JsonValue &item : items.items())
        feed.entries.push_back(reader.entry(item));
    return feed;
}

} // namespace chrona::formats
