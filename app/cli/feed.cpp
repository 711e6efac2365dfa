// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"

#include "payload_file.h"
#include "words.h"

#include "chrona/formats/feed.h"
#include "chrona/formats/feed_dates.h"
#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr OptionSpec kFeedOptions[] = {
    {"url", "URL", "the address of the documents: what relative links count from"},
    {"content-type", "TYPE", "the Content-Type header that they came with"},
    {"dates", "FILE", "read one date a line and print the moment, or \"refused\""},
};

void writePoint(JsonWriter &json, schema::GeoPoint point)
{
    json.beginArray().value(point.longitude).value(point.latitude).endArray();
}

void writePoints(JsonWriter &json, const std::vector<schema::GeoPoint> &points)
{
    json.beginArray();
    for (const schema::GeoPoint point : points)
        writePoint(json, point);
    json.endArray();
}

/// GeoJSON. An entry has one place, so the single forms do.
void writeGeometry(JsonWriter &json, const schema::Geometry &geometry)
{
    using Kind = schema::Geometry::Kind;
    if (geometry.kind == Kind::None) {
        json.null();
        return;
    }
    json.beginObject();
    if (geometry.kind == Kind::Point) {
        writePoint(json.member("type", "Point").key("coordinates"), geometry.points.front());
    } else if (geometry.kind == Kind::Lines) {
        writePoints(json.member("type", "LineString").key("coordinates"), geometry.lines.front());
    } else {
        json.member("type", "Polygon").key("coordinates").beginArray();
        for (const schema::Ring &ring : geometry.areas.front())
            writePoints(json, ring);
        json.endArray();
    }
    json.endObject();
}

void writeAttributes(JsonWriter &json, const schema::Attributes &attributes)
{
    json.beginObject();
    for (const schema::Attribute &attribute : attributes) {
        json.key(attribute.key);
        std::visit([&json](const auto &value) { json.value(value); }, attribute.value);
    }
    json.endObject();
}

void writeEntry(JsonWriter &json, const formats::FeedEntry &entry)
{
    json.beginObject();
    json.member("id", entry.id).member("title", entry.title).member("link", entry.link);
    writeInstant(json, "published", entry.published);
    writeInstant(json, "updated", entry.updated);
    json.member("summary", entry.summary).member("content", entry.content);
    json.member("author", entry.author).key("categories").beginArray();
    for (const std::string &category : entry.categories)
        json.value(category);
    json.endArray().key("source").beginObject();
    json.member("title", entry.source.title).member("link", entry.source.link).endObject();
    writeGeometry(json.key("geo"), entry.geo);
    if (!entry.attributes.empty())
        writeAttributes(json.key("attributes"), entry.attributes);
    json.endObject();
}

/// The same shape for a document that is no feed, with the reason, so that each file has its line.
void printFeed(Invocation &invocation, const std::string &path, const Result<formats::Feed> &feed)
{
    std::string line;
    JsonWriter json(line);
    json.beginObject().member("file", path);
    if (feed) {
        json.member("id", feed->id).member("title", feed->title).member("link", feed->link);
        writeInstant(json, "published", feed->published);
        writeInstant(json, "updated", feed->updated);
        json.member("malformed", feed->malformed).member("encoding", feed->encoding);
        json.key("entries").beginArray();
        for (const formats::FeedEntry &entry : feed->entries)
            writeEntry(json, entry);
        json.endArray();
    } else {
        json.member("malformed", true).key("entries").beginArray().endArray();
        json.member("reason", describe(feed.error()));
    }
    json.endObject();
    invocation.out() << line << "\n";
}

ExitCode readDates(Invocation &invocation, const std::string &path)
{
    const auto lines = readPayload(path);
    if (!lines)
        return invocation.failed(lines.error());
    std::string_view rest = *lines;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto instant = formats::parseFeedDate(rest.substr(0, end));
        invocation.out() << (instant ? formatInstant(*instant) : "refused") << "\n";
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return ExitCode::Done;
}

ExitCode runFeed(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (const auto dates = arguments.value("dates"))
        return readDates(invocation, *dates);
    if (arguments.positionals().empty())
        return invocation.usage("which file?");
    const std::string url = arguments.value("url").value_or("");
    const std::string contentType = arguments.value("content-type").value_or("");
    bool whole = true;
    for (const std::string &path : arguments.positionals()) {
        const auto feed = readPayload(path).and_then([&](const std::string &bytes) {
            return formats::readFeed(bytes, {.documentUrl = url, .contentType = contentType});
        });
        printFeed(invocation, path, feed);
        if (!feed) {
            invocation.err() << std::format("chronactl feed: {}: {}\n", path,
                                            describe(feed.error()));
            whole = false;
        }
    }
    return whole ? ExitCode::Done : ExitCode::Failed;
}

} // namespace

const Command kFeed{
    .name = "feed",
    .summary = "Reads feeds: RSS, Atom, RDF, CDF and JSON Feed",
    .usage = "[--url URL] [--content-type TYPE] FILE… | --dates FILE",
    .options = kFeedOptions,
    .notes =
        "Prints one JSON document a file. Times are UTC, texts are safe HTML, links are absolute\n"
        "where --url says from where. A document that is no feed has a \"reason\" and the exit "
        "code\n"
        "is 1. Needs no service.",
    .run = runFeed,
};

} // namespace chrona::cli
