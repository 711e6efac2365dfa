// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fred.h"

#include "connector_metadata.h"
#include "readers.h"

#include "chrona/connect/payload.h"

#include <array>
#include <format>

namespace chrona::fred {
namespace {

constexpr std::string_view kBase = "https://api.stlouisfed.org/fred/";

/// What discovery and briefings use; public domain at its source.
constexpr std::array<std::string_view, 17> kSeries{
    "DGS2",    "DGS10",   "T10Y2Y",  "DTWEXBGS", "DFF",    "DCOILWTICO",
    "DHHNGSP", "DEXCHUS", "DEXUSEU", "UNRATE",   "PAYEMS", "CPIAUCSL",
    "PCEPI",   "INDPRO",  "GDPC1",   "RSAFS",    "ICSA"};

connect::Question question(std::string path, std::string_view kind)
{
    return {{.url = std::string(kBase) + std::move(path),
             .accept = "application/json",
             .bodyBytesMax = 64 << 20,
             .key = {connect::KeyPlace::In::Query, "api_key", ""}},
            kind};
}

/// All vintages the first time, then what became known since the week before the last time: FRED
/// keeps the past, so asking twice costs nothing but a little.
std::vector<connect::Question> questionsFor(const connect::FetchTask &task)
{
    using namespace std::chrono;
    std::string since = "1776-07-04";
    if (const auto last = parseInstant(task.cursor); last && *last < task.now)
        since = formatDate(floor<days>(*last) - days(7));
    std::vector<connect::Question> questions;
    for (const std::string_view id : kSeries) {
        questions.push_back(
            question(std::format("series?series_id={}&file_type=json", id), "series"));
        questions.push_back(question(std::format("series/observations?series_id={}&file_type=json"
                                                 "&realtime_start={}&realtime_end=9999-12-31",
                                                 id, since),
                                     "observations"));
    }
    questions.push_back(
        question(std::format("releases/dates?file_type=json&include_release_dates_with_no_data=true"
                             "&sort_order=asc&realtime_start={}&realtime_end=9999-12-31",
                             formatDate(floor<days>(task.now))),
                 "release-dates"));
    return questions;
}

} // namespace

Result<connect::Description> Fred::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Fred::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                     std::stop_token stop) const
{
    auto fetched = connect::fetchEach(*this, fetcher, questionsFor(task), std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Drafts Fred::normalize(const connect::RawItem &item) const
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->root();
    if (const auto message = root["error_message"].asString())
        return fail(ErrorCode::InvalidInput, "FRED says: " + std::string(message->substr(0, 300)));
    if (item.kind == "observations")
        return readObservations(root, item);
    return item.kind == "series" ? readSeriesList(root) : readReleaseDates(root);
}

} // namespace chrona::fred
