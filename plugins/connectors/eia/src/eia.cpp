// SPDX-License-Identifier: AGPL-3.0-or-later
#include "eia.h"

#include "connector_metadata.h"

#include "chrona/connect/draft_list.h"
#include "chrona/connect/payload.h"
#include "chrona/formats/period.h"

#include <array>
#include <format>
#include <limits>

namespace chrona::eia {
namespace {

using connect::DraftList;
using connect::textOf;
using formats::JsonValue;

struct Query {
    std::string_view route, frequency, facets;
};
/// Oil and gas prices, stocks of oil, gas in storage.
constexpr std::array kQueries = std::to_array<Query>({
    {"petroleum/pri/spt", "daily", "&facets[series][]=RWTC&facets[series][]=RBRTE"},
    {"natural-gas/pri/fut", "daily", "&facets[series][]=RNGWHHD"},
    {"petroleum/stoc/wstk", "weekly", "&facets[series][]=WCESTUS1&facets[series][]=WGTSTUS1"},
    {"natural-gas/stor/wkly", "weekly", "&facets[series][]=NW2_EPG0_SWO_R48_BCF"},
});

/// "/v2/petroleum/pri/spt/data/" to "petroleum/pri/spt".
std::string routeOf(JsonValue root, std::string_view url)
{
    std::string_view path = url;
    const std::string command = textOf(root["request"]["command"]);
    if (!command.empty())
        path = command;
    const std::size_t begin = path.find("/v2/");
    if (begin == std::string_view::npos)
        return {};
    path.remove_prefix(begin + 4);
    path = path.substr(0, path.find('?'));
    return std::string(path.substr(0, path.find("/data")));
}

/// A member that holds values, and where its unit stands.
struct ValueColumn {
    std::string value, unit;
};

/// "value" with "units" or "value-units", else every "X" that has an "X-units".
std::vector<ValueColumn> columnsOf(JsonValue row)
{
    std::vector<ValueColumn> columns;
    for (const formats::JsonMember &member : row.members())
        if (member.name.ends_with("-units"))
            columns.push_back({std::string(member.name.substr(0, member.name.size() - 6)),
                               std::string(member.name)});
    if (columns.empty() && !row["value"].isMissing())
        columns.push_back({"value", "units"});
    return columns;
}

class RowReader {
public:
    RowReader(DraftList &list, std::string route) : m_list(list), m_route(std::move(route)) {}

    void read(JsonValue row)
    {
        const std::string stated = textOf(row["period"]);
        const auto period = formats::parsePeriod(stated);
        if (!period)
            return m_list.reject(stated, period.error().what);
        const auto columns = columnsOf(row);
        if (columns.empty())
            return m_list.reject(stated, "the row has no value");
        for (const ValueColumn &column : columns)
            observe(row, column, columns.size() > 1, *period);
    }

private:
    void observe(JsonValue row, const ValueColumn &column, bool several,
                 const formats::Period &period)
    {
        connect::StatedValue value{.observedAt = period.from,
                                   .value = std::numeric_limits<double>::quiet_NaN()};
        const JsonValue json = row[column.value];
        if (!json.isNothing() && textOf(json) != "") {
            const auto number = connect::numberOf(json);
            if (!number)
                return m_list.reject(formatInstant(period.from), number.error().what);
            value.value = *number;
        }
        schema::Series series;
        series.key = keyOf(row, column, several);
        series.name = nameOf(row, series.key);
        series.unit = textOf(row[column.unit]).substr(0, 100);
        series.frequency = period.frequency;
        m_list.observe(m_list.series(std::move(series)), value);
    }

    /// A series' own name where it has one, else its route and facets.
    std::string keyOf(JsonValue row, const ValueColumn &column, bool several) const
    {
        std::string name = textOf(row["series"]);
        if (name.empty())
            name = textOf(row["seriesId"]);
        if (name.empty()) {
            for (const formats::JsonMember &member : row.members()) {
                const bool facet =
                    member.name != "period" && member.name != "units" &&
                    !member.name.contains("-units") && !member.name.ends_with("-name") &&
                    !member.name.ends_with("Name") && !member.name.ends_with("Description") &&
                    !member.name.ends_with("-description") &&
                    row[std::string(member.name) + "-units"].isMissing() && member.name != "value";
                if (facet && !textOf(member.value).empty())
                    name += (name.empty() ? "" : ".") + textOf(member.value);
            }
            name = m_route + ":" + name;
        }
        if (several)
            name += "." + column.value;
        for (char &c : name)
            if (c == ' ')
                c = '_';
        return "eia:" + name;
    }

    static std::string nameOf(JsonValue row, const std::string &key)
    {
        std::string name = textOf(row["series-description"]);
        if (name.empty())
            name = textOf(row["seriesDescription"]);
        if (!name.empty())
            return name;
        for (const formats::JsonMember &member : row.members())
            if (member.name.ends_with("-name") || member.name.ends_with("Name"))
                name += (name.empty() ? "" : ", ") + textOf(member.value);
        return name.empty() ? key : name;
    }

    DraftList &m_list;
    std::string m_route;
};

} // namespace

Result<connect::Description> Eia::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Eia::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                    std::stop_token stop) const
{
    using namespace std::chrono;
    const Date today = floor<days>(task.now);
    std::vector<connect::Question> questions;
    for (const Query &query : kQueries) {
        std::string url = std::format("https://api.eia.gov/v2/{}/data/?frequency={}&data[]=value{}"
                                      "&sort[0][column]=period&sort[0][direction]=desc&length=5000",
                                      query.route, query.frequency, query.facets);
        if (!task.cursor.empty())
            url += "&start=" + formatDate(today - days(60));
        questions.push_back({{.url = std::move(url),
                              .accept = "application/json",
                              .key = {connect::KeyPlace::In::Query, "api_key", ""}},
                             "data"});
    }
    auto fetched = connect::fetchEach(*this, fetcher, std::move(questions), std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Result<std::vector<connect::Draft>> Eia::normalize(const connect::RawItem &item) const
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    const JsonValue rows = root["response"]["data"];
    if (rows.kind() != JsonValue::Kind::Array) {
        std::string said = textOf(root["error"]);
        if (said.empty())
            said = textOf(root["error"]["message"]);
        return fail(ErrorCode::InvalidInput, said.empty() ? "the payload holds no data"
                                                          : "EIA says: " + said.substr(0, 300));
    }
    DraftList list;
    RowReader reader(list, routeOf(root, item.url));
    for (const JsonValue row : rows.items())
        reader.read(row);
    return list.take();
}

} // namespace chrona::eia
