// SPDX-License-Identifier: AGPL-3.0-or-later
#include "statcan.h"

#include "connector_metadata.h"
#include "readers.h"

#include "chrona/connect/payload.h"

#include <format>

namespace chrona::statcan {
namespace {

constexpr std::string_view kBase = "https://www150.statcan.gc.ca/t1/wds/rest/";
/// Unemployment rate; consumer prices, all items; GDP at basic prices. Each within quotes.
constexpr std::string_view kVectors = "%222062815%22,%2241690973%22,%2265201210%22";

/// The table that tells what was released is asked day by day; a day without a release is not
/// found.
std::vector<connect::Question> questionsFor(const connect::FetchTask &task)
{
    using namespace std::chrono;
    const Date today = floor<days>(task.now);
    Date since = today - days(task.cursor.empty() ? 3700 : 120);
    std::vector<connect::Question> questions;
    questions.push_back(
        {{.url = std::format("{}getDataFromVectorByReferencePeriodRange?vectorIds={}"
                             "&startRefPeriod={}&endReferencePeriod={}",
                             kBase, kVectors, formatDate(since), formatDate(today)),
          .accept = "application/json"},
         "vectors"});
    questions.push_back({{.url = std::format("{}getChangedCubeList/{}", kBase, formatDate(today)),
                          .accept = "application/json"},
                         "changed-cubes"});
    return questions;
}

} // namespace

Result<connect::Description> StatCan::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> StatCan::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                        std::stop_token stop) const
{
    auto fetched = connect::fetchEach(*this, fetcher, questionsFor(task), std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Drafts StatCan::normalize(const connect::RawItem &item) const
{
    if (item.kind == "table-zip")
        return readTableZip(item.payload);
    if (item.kind == "table-csv")
        return readTableCsv(item.payload);
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    if (item.kind == "vectors")
        return readVectors(document->root());
    return item.kind == "changed-cubes" ? readChangedCubes(document->root())
                                        : readCubeMetadata(document->root());
}

} // namespace chrona::statcan
