// SPDX-License-Identifier: AGPL-3.0-or-later
#include "usgs_earthquakes.h"

#include "connector_metadata.h"
#include "earthquake.h"
#include "poll_plan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <format>

namespace chrona::usgs {
namespace {

using namespace Qt::StringLiterals;
using connect::Draft;

constexpr std::string_view kFeedUrl = "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/";
constexpr std::size_t kPayloadBytesMax = 64 << 20;
constexpr qsizetype kFeaturesMax = 50'000; // an FDSN query gives 20,000 at most

/// Proxies and maintenance pages answer 200 with HTML: such a payload must not pass for "no
/// events".
Result<QJsonObject> readDocument(std::string_view payload)
{
    if (payload.size() > kPayloadBytesMax)
        return fail(ErrorCode::InvalidInput, "the payload is larger than 64 MiB");
    const auto first = payload.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "the payload is empty");
    if (payload[first] == '<')
        return fail(ErrorCode::InvalidInput, "the payload is markup (HTML or XML) and not GeoJSON");
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(payload.data(), static_cast<qsizetype>(payload.size())), &error);
    if (error.error != QJsonParseError::NoError)
        return fail(ErrorCode::InvalidInput,
                    std::format("the payload is not JSON: {} at byte {}",
                                error.errorString().toStdString(), error.offset));
    if (!document.isObject())
        return fail(ErrorCode::InvalidInput, "the payload is not a GeoJSON object");
    return document.object();
}

connect::RawItem itemFrom(connect::Response response)
{
    connect::RawItem item;
    item.kind = "geojson";
    item.sourceRef = response.url;
    item.url = std::move(response.url);
    item.contentType = std::move(response.contentType);
    item.payload = std::move(response.body);
    item.publishedAt = response.lastModified;
    item.fetchedAt = response.fetchedAt;
    return item;
}

/// Refused here too, so that a maintenance page is tried again instead of being logged as data.
Status ask(connect::Fetcher &fetcher, std::string url, connect::Fetched &fetched)
{
    auto response =
        fetcher.get({.url = std::move(url), .accept = "application/json, application/geo+json"});
    if (!response)
        return std::unexpected(response.error());
    if (response->notModified || response->status == 204)
        return {};
    if (auto document = readDocument(response->body); !document) {
        Error error = document.error();
        error.retryable = true;
        return std::unexpected(std::move(error));
    }
    fetched.items.push_back(itemFrom(std::move(*response)));
    return {};
}

} // namespace

Result<connect::Description> UsgsEarthquakes::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> UsgsEarthquakes::fetch(const connect::FetchTask &task,
                                                connect::Fetcher &fetcher,
                                                std::stop_token stop) const
{
    connect::Fetched fetched;
    Covered covered = readCursor(task.cursor);
    const std::string_view feed = feedFor(covered, task.now);
    if (auto done = ask(fetcher, std::format("{}{}.geojson", kFeedUrl, feed), fetched); !done)
        return std::unexpected(done.error());
    const bool deletionsDue = isDeletionQueryDue(covered, task.now);
    const std::string query = deletionsDue ? deletionQuery(covered, task.now) : std::string();
    covered = afterFeed(covered, feed, task.now);
    if (deletionsDue && !stop.stop_requested()) {
        if (auto done = ask(fetcher, query, fetched))
            covered.deletions = task.now;
        else // the query service is down more often than the feeds: they must not wait for it
            fetched.warnings.push_back("deleted events: " + done.error().what);
    }
    fetched.nextCursor = writeCursor(covered);
    return fetched;
}

Result<std::vector<Draft>> UsgsEarthquakes::normalize(const connect::RawItem &item) const
{
    const auto document = readDocument(item.payload);
    if (!document)
        return std::unexpected(document.error());
    std::vector<Draft> drafts;
    const QString type = document->value("type"_L1).toString();
    if (type == "Feature"_L1) {
        drafts = {earthquakeTopic(), readEarthquake(*document)};
        return drafts;
    }
    const QJsonValue features = document->value("features"_L1);
    if (type != "FeatureCollection"_L1 || !features.isArray())
        return fail(ErrorCode::InvalidInput, "the payload is not a GeoJSON FeatureCollection");
    const QJsonArray list = features.toArray();
    if (list.size() > kFeaturesMax)
        return fail(
            ErrorCode::InvalidInput,
            std::format("the payload has {} features, more than {}", list.size(), kFeaturesMax));
    drafts.reserve(static_cast<std::size_t>(list.size()) + 1);
    if (!list.isEmpty())
        drafts.emplace_back(earthquakeTopic());
    for (const QJsonValue &feature : list)
        drafts.push_back(readEarthquake(feature.toObject()));
    return drafts;
}

} // namespace chrona::usgs
