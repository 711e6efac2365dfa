// SPDX-License-Identifier: AGPL-3.0-or-later
#include "gdelt.h"

#include "connector_metadata.h"
#include "event_table.h"

#include "chrona/connect/payload.h"
#include "chrona/schema/text.h"

#include <array>
#include <format>

namespace chrona::gdelt {
namespace {

using connect::DraftList;
using connect::textOf;
using formats::JsonValue;
using Drafts = Result<std::vector<connect::Draft>>;

/// One question each quarter of an hour, the next topic each time: one in five seconds is allowed,
/// and the rest of the world wants to ask too.
constexpr std::array<std::string_view, 8> kTopics{
    "theme:ECON_CENTRALBANK", "theme:SANCTIONS",     "theme:ECON_INFLATION",   "theme:ENV_OIL",
    "theme:MILITARY",         "theme:TRADE_DISPUTE", "theme:NATURAL_DISASTER", "\"supply chain\""};

/// "20260105T134500Z".
Result<Instant> seenAt(std::string_view text)
{
    if (text.size() != 16 || text[8] != 'T')
        return fail(ErrorCode::InvalidInput, "the time is none");
    return parseInstant(std::format("{}-{}-{}T{}:{}:{}Z", text.substr(0, 4), text.substr(4, 2),
                                    text.substr(6, 2), text.substr(9, 2), text.substr(11, 2),
                                    text.substr(13, 2)));
}

/// Titles come with blanks around punctuation: "Oil rises , again".
std::string tidied(std::string_view title)
{
    std::string plain;
    for (const char c : title) {
        const bool closes = c == ',' || c == '.' || c == ':' || c == ';' || c == '!' || c == '?' ||
                            c == '%' || c == ')';
        if (closes && plain.ends_with(' '))
            plain.pop_back();
        if (c == ' ' && (plain.ends_with(' ') || plain.ends_with('(')))
            continue;
        plain += c;
    }
    while (plain.ends_with(' '))
        plain.pop_back();
    return plain;
}

void readArticle(DraftList &list, JsonValue json)
{
    const std::string url = textOf(json["url"]);
    const auto at = seenAt(textOf(json["seendate"]));
    const std::string title = tidied(textOf(json["title"]));
    if (!url.starts_with("http") || !at || title.empty())
        return list.reject(url, "the article has no address, no title or no time");
    schema::Event event;
    event.type = schema::EventType::News;
    event.sourceRef = url;
    event.url = url;
    event.title = title;
    event.times.observedAt = *at;
    event.times.publishedAt = *at;
    event.times.basis = schema::AvailabilityBasis::Stated;
    event.confidence = 0.6F;
    for (const auto &[from, to] :
         {std::pair("domain", "publisher"), std::pair("language", "language"),
          std::pair("sourcecountry", "publisher_country")})
        if (std::string text = textOf(json[from]); !text.empty())
            schema::set(event.attributes, to, std::move(text));
    list.event(std::move(event));
}

Drafts readArticles(JsonValue root)
{
    // Nothing found is an empty object.
    if (root.kind() != JsonValue::Kind::Object ||
        (root["articles"].isMissing() && root.size() != 0))
        return fail(ErrorCode::InvalidInput, "the payload holds no articles");
    DraftList list;
    for (const JsonValue article : root["articles"].items())
        readArticle(list, article);
    return list.take();
}

/// "{\"query_details\": {\"title\": …}, \"timeline\": [{\"series\", \"data\": [{\"date\",
/// \"value\"}]}]}"
Drafts readTimeline(JsonValue root)
{
    const JsonValue timeline = root["timeline"];
    if (timeline.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no timeline");
    DraftList list;
    const std::string query = textOf(root["query_details"]["title"]);
    for (const JsonValue json : timeline.items()) {
        schema::Series series;
        series.key = std::format("gdelt:{}:{}", textOf(json["series"]), query).substr(0, 200);
        for (char &c : series.key)
            if (c == ' ')
                c = '_';
        series.name = std::format("GDELT {}, {}", textOf(json["series"]), query);
        series.frequency = schema::Frequency::Irregular;
        const auto id = list.series(std::move(series));
        for (const JsonValue point : json["data"].items()) {
            const std::string stated = textOf(point["date"]);
            const auto at = seenAt(stated);
            const auto value = connect::numberOf(point["value"]);
            if (!at || !value)
                list.reject(stated, "the point has no time or no number");
            else
                list.observe(id, {.observedAt = *at, .value = *value});
        }
    }
    return list.take();
}

} // namespace

Result<connect::Description> Gdelt::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Gdelt::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                      std::stop_token stop) const
{
    std::size_t next = 0;
    for (const char c : task.cursor)
        next = c >= '0' && c <= '9' ? (next * 10 + std::size_t(c - '0')) % kTopics.size() : 0;
    std::string query;
    for (const char c : kTopics[next])
        query += c == ' ' ? "%20" : c == '"' ? "%22" : std::string(1, c);
    // Each topic comes round every two hours; one more covers what was indexed late.
    const std::string url = std::format("https://api.gdeltproject.org/api/v2/doc/doc?query={}"
                                        "&mode=artlist&format=json&maxrecords=250&timespan=3h",
                                        query);
    auto fetched = connect::fetchEach(*this, fetcher,
                                      {{{.url = url, .accept = "application/json"}, "doc-artlist"}},
                                      std::move(stop));
    if (fetched)
        fetched->nextCursor = std::to_string((next + 1) % kTopics.size());
    return fetched;
}

Drafts Gdelt::normalize(const connect::RawItem &item) const
{
    if (item.kind == "events-v1")
        return readEventTable(item.payload, TableVersion::One);
    if (item.kind == "events-v2")
        return readEventTable(item.payload, TableVersion::Two);
    const auto document = connect::readJsonPayload(item.payload);
    if (!document) {
        Error error = document.error();
        // Errors and "limit requests to one every 5 seconds" come as plain text with a 200.
        const std::string_view text = std::string_view(item.payload).substr(0, 200);
        if (!text.starts_with('{') && !text.starts_with('<') && !schema::firstInvalidUtf8(text))
            error = {ErrorCode::Exhausted, "GDELT says: " + std::string(text), "", true};
        return std::unexpected(std::move(error));
    }
    return item.kind == "doc-timeline" ? readTimeline(document->root())
                                       : readArticles(document->root());
}

} // namespace chrona::gdelt
