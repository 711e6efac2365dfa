// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history.h"

#include "chrona/schema/entity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace chrona::cli {
namespace {

constexpr SourceFacts kAbc{
    "headlines", "ABC News (Australia), headlines",           "https://doi.org/10.7910/DVN/SYBGZL",
    "CC0-1.0",   "Rohit Kulkarni, A Million News Headlines.", "abc"};
constexpr std::size_t kDaysBefore = 14, kDaysMin = 5;

struct Subject {
    std::string_view name, node, words; ///< words separated by blanks
};
/// Whole words only; a subject is what a market may mind.
constexpr Subject kSubjects[] = {
    {"war", "topic:geopolitics", "war iraq iraqi baghdad saddam troops missile invasion airstrike"},
    {"terrorism", "topic:terrorism", "terror terrorist terrorists bomb bombing bombings hijack"},
    {"an epidemic", "topic:epidemic", "sars epidemic virus outbreak pandemic quarantine"},
    {"oil", "commodity:crude_oil", "oil opec petrol crude pipeline"},
    {"central banks", "topic:monetary_policy", "fed greenspan bernanke ecb rates"},
    {"banks in distress", "topic:financial_stability", "bankruptcy bailout lehman insolvency"},
    {"elections", "topic:politics", "election elections referendum ballot"},
};

bool names(std::string_view headline, std::string_view words)
{
    const std::string padded = std::format(" {} ", headline);
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (padded.contains(std::format(" {} ", words.substr(0, end))))
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

struct DayCount {
    std::size_t count = 0;
    std::string first;
};

double medianBefore(const std::map<Date, DayCount> &counts,
                    std::map<Date, DayCount>::const_iterator at)
{
    std::vector<double> before;
    for (std::size_t i = 0; i < kDaysBefore && at != counts.begin(); ++i)
        before.push_back(double((--at)->second.count));
    if (before.size() < kDaysMin)
        return -1;
    std::ranges::sort(before);
    return before[before.size() / 2];
}

void keepSubject(History &history, const Subject &subject, const std::map<Date, DayCount> &counts,
                 schema::SourceId source)
{
    for (auto day = counts.begin(); day != counts.end(); ++day) {
        if (day->second.count == 0)
            continue;
        const double usual = medianBefore(counts, day);
        std::string title = std::format(
            "{} {} of {}", day->second.count,
            day->second.count == 1 ? "headline speaks" : "headlines speak", subject.name);
        if (usual >= 0)
            title += std::format(" (usual: {:.0f} a day)", usual);
        title += ", among them “" + day->second.first + "”";
        schema::Event event =
            dayEvent(schema::EventType::News, std::move(title), day->first, source);
        const double rarity = usual >= 0 ? double(day->second.count) / std::max(usual, 1.0) : 1;
        event.severity = float(std::clamp(0.15 + 0.2 * std::log2(std::max(rarity, 1.0)), 0.1, 0.8));
        event.confidence = 0.7F; // one publisher
        event.region.clear();
        event.url = std::string(kAbc.homepage);
        event.entities.push_back({schema::entityIdFor(subject.node), schema::EntityRole::Topic, 1});
        keepEvent(history, std::move(event));
    }
}

Status takeHeadlines(const HistoryTable &table, History &history)
{
    const schema::SourceId source = addSource(history, kAbc);
    std::array<std::map<Date, DayCount>, std::size(kSubjects)> counts;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto date = parseDate(table.text(row, "date"));
        if (!date)
            continue;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            DayCount &day = counts[i][*date];
            if (!names(table.text(row, "headline"), kSubjects[i].words))
                continue;
            if (day.count++ == 0)
                day.first = table.text(row, "headline").substr(0, 160);
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        keepSubject(history, kSubjects[i], counts[i], source);
    return {};
}

} // namespace

/// Any file whose name begins with "headlines": the folder says in it which months it holds.
Status addHeadlines(const std::filesystem::path &folder, History &history)
{
    std::vector<std::string> found;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("headlines") && name.contains(".csv"))
            found.push_back(name.substr(0, name.find(".csv")));
    }
    std::ranges::sort(found);
    if (found.empty())
        history.notices.push_back("No file headlines*.csv was given: news is missing.");
    for (const std::string &name : found) {
        const auto taken =
            withTable(folder, name, "news is missing", history,
                      [&](const HistoryTable &table) { return takeHeadlines(table, history); });
        if (!taken)
            return taken;
    }
    return {};
}

} // namespace chrona::cli
