// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed_collector.h"

#include "chrona/base/ascii.h"
#include "chrona/formats/feed_dates.h"
#include "chrona/formats/html_text.h"
#include "chrona/formats/url.h"
#include "feed_geo.h"

#include <algorithm>
#include <utility>

namespace chrona::formats {
namespace {

constexpr std::size_t kCategoriesMax = 200;
constexpr std::size_t kEntryAttributesMax = 64;
constexpr std::size_t kStatisticBytesMax = 1000;

/// "exchangeRate" as "cb_exchange_rate".
std::string statisticKey(std::string_view localName)
{
    std::string key = "cb_";
    for (const char c : localName) {
        const char lower = asciiLower(c);
        if (lower != c && key.back() != '_')
            key += '_';
        key += isAsciiLetter(c) || isAsciiDigit(c) ? lower : '_';
    }
    return key;
}

} // namespace

void setOnce(std::string &target, std::string &&value)
{
    if (target.empty())
        target = std::move(value);
}

void FeedCollector::setId(std::string_view text)
{
    std::string plain;
    for (const char c : trimmed(text))
        plain.append(c == '<' ? "%3C" : c == '>' ? "%3E" : std::string_view(&c, 1));
    setOnce(id, std::move(plain));
}

void FeedCollector::addLink(const Link &found)
{
    if (found.url.empty() || !isSafeLink(found.url) || found.relation != "alternate")
        return;
    const bool isPage =
        found.type.empty() || found.type == "text/html" || found.type == "application/xhtml+xml";
    setOnce(isPage ? link : otherLink, std::string(found.url));
}

void FeedCollector::addCategory(std::string_view text)
{
    std::string category = textToHtml(trimmed(text));
    if (!category.empty() && categories.size() < kCategoriesMax &&
        !std::ranges::contains(categories, category))
        categories.push_back(std::move(category));
}

void FeedCollector::addKeywords(std::string_view list)
{
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        addCategory(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

void FeedCollector::setDate(std::optional<Instant> &date, std::string_view text)
{
    if (const auto read = parseFeedDate(text))
        date = *read;
}

void FeedCollector::addStatistic(std::string_view localName, std::string_view value)
{
    if (value.empty() || value.size() > kStatisticBytesMax ||
        attributes.size() >= kEntryAttributesMax)
        return;
    const std::string key = statisticKey(localName);
    if (schema::find(attributes, key))
        return;
    const auto numbers = readNumbers(value);
    if (numbers.size() == 1)
        schema::set(attributes, key, numbers.front());
    else
        schema::set(attributes, key, textToHtml(value));
}

void FeedCollector::finishPerson()
{
    if (personName.empty())
        personName = std::exchange(personMail, {});
    else if (!personMail.empty())
        personName.append(" (").append(std::exchange(personMail, {})) += ')';
    setOnce(author, std::exchange(personName, {}));
}

void FeedCollector::chooseFallbacks()
{
    setOnce(title, std::move(mediaTitle));
    setOnce(link, std::move(permalink));
    setOnce(link, std::move(otherLink));
    setOnce(link, std::move(idAddress));
    setOnce(summary, std::move(mediaSummary));
    if (summary.empty())
        summary = content;
    if (!updated)
        updated = published;
    if (geo.kind == schema::Geometry::Kind::None)
        geo = pointFrom(latitude, longitude);
}

FeedEntry FeedCollector::takeEntry()
{
    chooseFallbacks();
    return {.id = std::move(id),
            .title = std::move(title),
            .link = std::move(link),
            .published = published,
            .updated = updated,
            .summary = std::move(summary),
            .content = std::move(content),
            .author = std::move(author),
            .categories = std::move(categories),
            .source = std::move(source),
            .geo = std::move(geo),
            .attributes = std::move(attributes)};
}

FeedSource FeedCollector::takeSource()
{
    chooseFallbacks();
    return {.title = std::move(title), .link = std::move(link)};
}

void FeedCollector::moveInto(Feed &feed)
{
    chooseFallbacks();
    feed.id = std::move(id);
    feed.title = std::move(title);
    feed.link = std::move(link);
    feed.published = published;
    feed.updated = updated;
}

} // namespace chrona::formats
