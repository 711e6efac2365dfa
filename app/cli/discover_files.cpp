// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discover_files.h"
#include "row_files.h"

#include "chrona/base/hash.h"
#include "chrona/formats/csv.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <unordered_map>

namespace chrona::cli {

namespace {

using discovery::DecisionDay;
using discovery::FeatureHistory;
using discovery::TargetHistory;

constexpr std::string_view kHistoryFolderHolds =
    "the folder must hold calendar.csv, prices.csv and observations.csv";

/// Times of one file repeat or lie near each other; the day part is parsed once in a row.
class TimeParser {
public:
    [[nodiscard]] Result<Instant> parse(std::string_view text)
    {
        if (text == m_text)
            return m_instant;
        auto parsed = parseInstant(text);
        if (parsed) {
            m_text = text;
            m_instant = *parsed;
        }
        return parsed;
    }

private:
    std::string m_text;
    Instant m_instant;
};

Result<std::vector<DecisionDay>> readCalendar(std::string_view content)
{
    std::vector<DecisionDay> days;
    auto done =
        readAllRows("calendar.csv", content, [&](const formats::CsvRow &row) -> std::string {
            if (row.number == 1)
                return wrongHeader(row, {"date", "decision_at"});
            if (row.fields.size() < 2)
                return "a row needs a date and a decision time";
            const auto date = parseDate(row.fields[0]);
            const auto at = parseInstant(row.fields[1]);
            if (!date || !at)
                return date ? at.error().what : date.error().what;
            days.push_back({*date, *at});
            return {};
        });
    if (!done)
        return std::unexpected(done.error());
    return days;
}

Result<std::vector<TargetHistory>> readPrices(std::string_view content,
                                              const std::vector<DecisionDay> &days)
{
    std::vector<TargetHistory> targets;
    std::unordered_map<std::int64_t, std::size_t> rowOf;
    for (std::size_t t = 0; t < days.size(); ++t)
        rowOf.emplace(days[t].date.time_since_epoch().count(), t);
    std::vector<bool> seen(days.size());
    auto done = readAllRows("prices.csv", content, [&](const formats::CsvRow &row) -> std::string {
        if (row.number == 1) {
            for (std::size_t i = 1; i < row.fields.size(); ++i)
                targets.push_back(
                    {std::string(row.fields[i]), std::vector<double>(days.size(), kNoNumber)});
            return wrongHeader(row, {"date"});
        }
        if (row.fields.size() != targets.size() + 1)
            return std::format("has {} fields, the header {}", row.fields.size(),
                               targets.size() + 1);
        const auto date = parseDate(row.fields[0]);
        if (!date)
            return date.error().what;
        const auto found = rowOf.find(date->time_since_epoch().count());
        if (found == rowOf.end())
            return {}; // a day on which nothing is decided
        if (seen[found->second])
            return std::format("the date {} appears twice", row.fields[0]);
        seen[found->second] = true;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const std::string_view text = row.fields[i + 1];
            const double price = numberOf(text);
            if (!text.empty() && !std::isfinite(price))
                return std::format("'{}' is no price", text);
            targets[i].prices[found->second] = price > 0 ? price : kNoNumber;
        }
        return {};
    });
    if (!done)
        return std::unexpected(done.error());
    return targets;
}

struct Observations {
    std::vector<FeatureHistory> features;
    std::size_t taken = 0;
    RowSink sink{{}};
};

Result<Observations> readObservations(std::string_view content)
{
    Observations result;
    std::unordered_map<std::string, std::size_t> places;
    std::string current;
    std::size_t at = 0;
    TimeParser observed;
    TimeParser ingested;
    bool hasHeader = false;
    RowSink sink([&](const formats::CsvRow &row) -> std::string {
        if (row.number == 1) {
            std::string wrong =
                wrongHeader(row, {"feature", "observed_at", "ingested_at", "value"});
            hasHeader = wrong.empty();
            return wrong;
        }
        if (row.fields.size() < 4)
            return "a row needs feature, observed_at, ingested_at and value";
        const auto observedAt = observed.parse(row.fields[1]);
        const auto ingestedAt = ingested.parse(row.fields[2]);
        if (!observedAt || !ingestedAt)
            return observedAt ? ingestedAt.error().what : observedAt.error().what;
        if (row.fields[3].empty())
            return {}; // no value: as if the row were not there
        const double value = numberOf(row.fields[3]);
        if (!std::isfinite(value))
            return std::format("'{}' is no finite number", row.fields[3]);
        if (row.fields[0] != current || result.features.empty()) {
            current = row.fields[0];
            const auto [place, isNew] = places.try_emplace(current, result.features.size());
            if (isNew)
                result.features.push_back({current, {}});
            at = place->second;
        }
        result.features[at].vintages.push_back({observedAt->time_since_epoch().count(),
                                                ingestedAt->time_since_epoch().count(), value});
        ++result.taken;
        return {};
    });
    if (auto done = readRows(content, sink); !done)
        return fail(done.error().code, std::format("observations.csv: {}", done.error().what));
    if (!hasHeader)
        return fail(ErrorCode::InvalidInput,
                    "observations.csv does not begin with the columns feature, "
                    "observed_at, ingested_at, value");
    result.sink = std::move(sink);
    return result;
}

std::string hashOfFiles(std::initializer_list<std::string_view> contents)
{
    std::string hashes;
    for (const auto content : contents)
        hashes += toHex(sha256(content));
    return toHex(sha256(hashes));
}

} // namespace

Result<DiscoveryInput> readDiscoveryFolder(const std::filesystem::path &folder)
{
    auto calendar = fileContent(folder / "calendar.csv", kHistoryFolderHolds);
    auto prices = fileContent(folder / "prices.csv", kHistoryFolderHolds);
    auto observations = fileContent(folder / "observations.csv", kHistoryFolderHolds);
    for (const auto *content : {&calendar, &prices, &observations})
        if (!*content)
            return std::unexpected(content->error());
    auto days = readCalendar(*calendar);
    if (!days)
        return std::unexpected(days.error());
    auto targets = readPrices(*prices, *days);
    if (!targets)
        return std::unexpected(targets.error());
    auto rows = readObservations(*observations);
    if (!rows)
        return std::unexpected(rows.error());
    // Results are listed by name, in whatever order the rows came.
    std::ranges::sort(rows->features, {}, &FeatureHistory::name);
    auto panel = discovery::AsOfPanel::build(std::move(*days), std::move(rows->features),
                                             std::move(*targets));
    if (!panel)
        return std::unexpected(panel.error());
    return DiscoveryInput{std::move(*panel), rows->taken, std::move(rows->sink.refused),
                          rows->sink.refusedCount,
                          hashOfFiles({*calendar, *prices, *observations})};
}

} // namespace chrona::cli
