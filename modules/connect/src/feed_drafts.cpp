// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/feed_drafts.h"

#include "chrona/formats/feed.h"
#include "chrona/formats/html_text.h"

#include <algorithm>

namespace chrona::connect {
namespace {

/// Publishers announce for tomorrow at most; a later date is a slip, and would lead every list.
constexpr Duration kAheadMax = std::chrono::days(1);
constexpr std::size_t kTitleFromSummaryBytes = 120;

std::optional<Instant> notAhead(const std::optional<Instant> &stated, Instant fetchedAt)
{
    return stated && *stated <= fetchedAt + kAheadMax ? stated : std::nullopt;
}

std::optional<Instant> dateInFrontOf(std::string_view title)
{
    constexpr std::size_t kDateBytes = 10;
    if (!title.substr(std::min(kDateBytes, title.size())).starts_with(" - "))
        return std::nullopt;
    const auto date = parseDate(title.substr(0, kDateBytes));
    return date ? std::optional<Instant>(*date) : std::nullopt;
}

/// The first words, cut at a blank.
std::string beginningOf(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    if (text.size() <= kTitleFromSummaryBytes)
        return std::string(text);
    const auto blank = text.substr(0, kTitleFromSummaryBytes).rfind(' ');
    return std::string(text.substr(0, blank)) + " …";
}

void addText(schema::Event &event, std::string_view key, const std::string &value)
{
    if (!value.empty())
        schema::set(event.attributes, key, value);
}

std::string joined(const std::vector<std::string> &categories)
{
    std::string all;
    for (const std::string &category : categories)
        all.append(all.empty() ? "" : "; ").append(formats::htmlToText(category));
    return all;
}

Draft draftFrom(const formats::FeedEntry &entry, const RawItem &item, schema::EventType type)
{
    schema::Event event;
    event.type = type;
    event.title = formats::htmlToText(entry.title);
    event.summary = formats::htmlToText(entry.summary);
    if (event.title.empty())
        event.title = beginningOf(event.summary);
    event.sourceRef = entry.id.empty() ? entry.link : entry.id;
    if (event.title.empty())
        return Rejected{event.sourceRef, "the entry has neither title nor summary"};
    event.url = entry.link;
    const auto published = notAhead(entry.published, item.fetchedAt);
    const auto updated = notAhead(entry.updated, item.fetchedAt);
    event.times.publishedAt = updated ? updated : published;
    const auto stated = published ? published : updated ? updated : dateInFrontOf(event.title);
    event.times.observedAt = stated.value_or(item.fetchedAt);
    event.geometry = entry.geo;
    event.attributes = entry.attributes;
    addText(event, "author", formats::htmlToText(entry.author));
    addText(event, "categories", joined(entry.categories));
    addText(event, "first_published_by", formats::htmlToText(entry.source.title));
    return event;
}

RawItem itemFrom(Response response)
{
    RawItem item;
    item.kind = kFeedKind;
    item.sourceRef = response.url;
    item.url = std::move(response.url);
    item.contentType = std::move(response.contentType);
    item.payload = std::move(response.body);
    item.publishedAt = response.lastModified;
    item.fetchedAt = response.fetchedAt;
    return item;
}

/// Nothing where nothing is new. A page in place of a feed is refused here already, so that it is
/// asked again and never logged as data.
Result<std::optional<RawItem>> ask(Fetcher &fetcher, std::string_view url)
{
    auto response = fetcher.get({.url = std::string(url),
                                 .accept = "application/atom+xml, application/rss+xml, "
                                           "application/feed+json, application/xml, text/xml"});
    if (!response)
        return std::unexpected(response.error());
    if (response->notModified || response->status == 204)
        return std::nullopt;
    const auto feed = formats::readFeed(
        response->body, {.documentUrl = response->url, .contentType = response->contentType});
    if (!feed) {
        Error error = feed.error();
        error.retryable = true;
        return std::unexpected(std::move(error));
    }
    return itemFrom(std::move(*response));
}

} // namespace

Result<Fetched> fetchFeeds(const FetchTask &task, Fetcher &fetcher, std::stop_token stop,
                           std::span<const FeedAddress> feeds)
{
    std::vector<std::string_view> urls;
    if (!task.source.address.empty())
        urls.emplace_back(task.source.address);
    else
        for (const auto &[source, url] : feeds)
            if (source == task.source.key)
                urls.push_back(url);
    Fetched fetched;
    std::optional<Error> firstFailure;
    std::size_t answers = 0;
    for (const std::string_view url : urls) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped before all feeds were asked");
        auto answer = ask(fetcher, url);
        if (!answer) {
            fetched.warnings.push_back(std::string(url) + ": " + answer.error().what);
            if (!firstFailure)
                firstFailure = answer.error();
            continue;
        }
        ++answers;
        if (*answer)
            fetched.items.push_back(std::move(**answer));
    }
    if (answers == 0 && firstFailure)
        return std::unexpected(*firstFailure);
    fetched.nextCursor = formatInstant(task.now);
    return fetched;
}

Result<std::vector<Draft>> feedDrafts(const RawItem &item, schema::EventType type)
{
    const auto feed =
        formats::readFeed(item.payload, {.documentUrl = item.url, .contentType = item.contentType});
    if (!feed)
        return std::unexpected(feed.error());
    std::vector<Draft> drafts;
    drafts.reserve(feed->entries.size());
    for (const formats::FeedEntry &entry : feed->entries)
        drafts.push_back(draftFrom(entry, item, type));
    return drafts;
}

} // namespace chrona::connect
