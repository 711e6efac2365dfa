// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history_conversion.h"

#include "history_table.h"

#include "chrona/base/time.h"
#include "chrona/schema/calendar.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <format>
#include <fstream>
#include <limits>
#include <map>
#include <numbers>
#include <optional>

namespace chrona::cli {

namespace {

using namespace std::chrono;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr Duration kDecision = hours(21) + minutes(30); ///< after New York's close in winter too

/// A market series by day.
using Daily = std::map<Date, double>;

/// When in the day a price is made: one that is made before the decision cannot be dealt at any
/// more, and its next change is partly past already.
enum class Clock : std::uint8_t { AtClose, Earlier };

struct Market {
    std::string name;
    Clock clock = Clock::AtClose;
    Daily values;
};

double numberIn(const HistoryTable &table, std::size_t row, std::string_view column)
{
    return table.number(row, column).value_or(std::numeric_limits<double>::quiet_NaN());
}

/// Collects what goes into the three files.
class Conversion {
public:
    explicit Conversion(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    Result<std::vector<std::string>> run(const std::filesystem::path &out)
    {
        if (auto done = takeMarkets(); !done)
            return std::unexpected(done.error());
        takeWeekly();
        takeMonthly();
        takeRateDays();
        takeStorms();
        takeEventDays();
        takeMoon();
        if (auto done = write(out); !done)
            return std::unexpected(done.error());
        return m_lines;
    }

private:
    /// nullopt: not in this folder, or not readable; then that is said.
    std::optional<HistoryTable> table(std::string_view begin)
    {
        std::error_code ignored;
        for (const auto &entry : std::filesystem::directory_iterator(m_folder, ignored)) {
            const std::string file = entry.path().filename().string();
            const std::string name = file.substr(0, file.find(".csv"));
            if (!name.starts_with(begin) || name.size() == file.size())
                continue;
            auto read = HistoryTable::read(m_folder, name);
            m_lines.push_back(read ? std::format("{}: {} rows", name, read->rowCount())
                                   : std::format("{}: {}", name, read.error().what));
            if (read)
                return std::move(*read);
        }
        return std::nullopt;
    }

    Status takeMarkets()
    {
        auto daily = HistoryTable::read(m_folder, "market_daily");
        if (!daily)
            return std::unexpected(daily.error());
        m_lines.push_back(std::format("market_daily: {} rows", daily->rowCount()));
        for (const auto &column : daily->columns().subspan(1)) {
            Market market{column, Clock::Earlier, {}};
            for (std::size_t row = 0; row < daily->rowCount(); ++row)
                put(market.values, daily->text(row, "date"), numberIn(*daily, row, column));
            if (column.starts_with("vix") || column.starts_with("ust"))
                market.clock = Clock::AtClose;
            m_markets.push_back(std::move(market));
        }
        if (const auto bars = table("ohlcv_daily")) {
            std::map<std::string, Daily> bySymbol;
            for (std::size_t row = 0; row < bars->rowCount(); ++row)
                put(bySymbol[std::string(bars->text(row, "symbol"))], bars->text(row, "date"),
                    numberIn(*bars, row, "close"));
            for (auto &[symbol, values] : bySymbol)
                if (symbol != "VIX") // the same as vix_close
                    m_markets.push_back({symbol, Clock::AtClose, std::move(values)});
        }
        return setDays();
    }

    static void put(Daily &values, std::string_view date, double value)
    {
        if (const auto day = parseDate(date); day && !std::isnan(value))
            values[*day] = value;
    }

    Status setDays()
    {
        Date first = Date::max();
        Date last = Date::min();
        for (const auto &market : m_markets) {
            if (market.values.empty())
                continue;
            first = std::min(first, market.values.begin()->first);
            last = std::max(last, market.values.rbegin()->first);
        }
        if (first >= last || last - first > days(40'000))
            return fail(ErrorCode::InvalidInput, "market_daily.csv holds no span of days");
        for (const auto &session :
             schema::sessionsBetween(schema::Calendar::NewYork, first, last + days(1)))
            m_days.push_back(session.day);
        for (const auto &market : m_markets)
            addMarketFeatures(market);
        return {};
    }

    void observe(const std::string &feature, Instant at, Instant known, double value)
    {
        if (std::isfinite(value))
            m_observations += std::format("{},{},{},{:.9g}\n", feature, formatInstant(at),
                                          formatInstant(known), value);
    }

    /// Level, change and size of change, known at the day's decision; the H.10 index comes out on
    /// the next Monday.
    void addMarketFeatures(const Market &market)
    {
        const Duration lag = market.name.starts_with("usd_broad") ? Duration(days(5)) : Duration{0};
        const bool isRate = market.name.ends_with("_pct");
        double before = kMissing;
        for (const auto &[day, value] : market.values) {
            const Instant at = day + hours(21);
            const double change = isRate                    ? value - before
                                  : value > 0 && before > 0 ? std::log(value / before)
                                                            : kMissing;
            observe(market.name + ".level", at, at + lag, value);
            observe(market.name + ".change", at, at + lag, change);
            observe(market.name + ".size", at, at + lag, std::abs(change));
            before = value;
        }
    }

    void takeWeekly()
    {
        const auto weekly = table("weekly_releases");
        if (!weekly)
            return;
        std::map<std::string, double> before;
        std::map<std::string, Daily> prices;
        for (std::size_t row = 0; row < weekly->rowCount(); ++row) {
            const std::string series(weekly->text(row, "series"));
            const auto end = parseDate(weekly->text(row, "week_ending"));
            const auto release = parseDate(weekly->text(row, "nominal_release_date"));
            const double value = numberIn(*weekly, row, "value");
            if (!end || !release || std::isnan(value))
                continue;
            // Out at 15:30 New York at the latest; a survey of the same day late in the evening.
            const Instant known = *release + (*release == *end ? hours(22) : hours(20));
            const auto [last, isFirst] = before.try_emplace(series, value);
            if (!isFirst)
                observe(series + ".change", *end + hours(12), known, value - last->second);
            last->second = value;
            if (series.contains("gasoline"))
                prices[series][*release] = value;
        }
        for (auto &[series, values] : prices)
            m_markets.push_back({series, Clock::AtClose, carried(values)});
    }

    /// A price that is told once a week holds until the next: its other days have no change.
    [[nodiscard]] Daily carried(const Daily &values) const
    {
        Daily result;
        for (const Date day : m_days) {
            const auto after = values.upper_bound(day);
            if (after != values.begin() && day - std::prev(after)->first < days(14))
                result[day] = std::prev(after)->second;
        }
        return result;
    }

    /// Latest vintages, not what was printed: a month is taken as known seven weeks after its
    /// begin's end, and results from them say less than they seem to.
    void takeMonthly()
    {
        const auto monthly = table("monthly");
        if (!monthly)
            return;
        std::map<std::string, double> before;
        for (std::size_t row = 0; row < monthly->rowCount(); ++row) {
            const std::string series(monthly->text(row, "series"));
            const auto begin = parseDate(std::string(monthly->text(row, "month")) + "-01");
            const double value = numberIn(*monthly, row, "value");
            if (!begin || std::isnan(value))
                continue;
            const Instant known = *begin + days(50);
            const auto [last, isFirst] = before.try_emplace(series, value);
            observe(series + ".level", *begin + days(27), known, value);
            if (!isFirst)
                observe(series + ".change", *begin + days(27), known, value - last->second);
            last->second = value;
        }
    }

    /// Scheduled days are known long before: on the evening before such a day it is 1.
    void takeRateDays()
    {
        const auto fomc = table("fomc_decisions");
        if (!fomc)
            return;
        std::map<Date, bool> isScheduled;
        std::map<Date, double> moves;
        for (std::size_t row = 0; row < fomc->rowCount(); ++row) {
            const auto day = parseDate(fomc->text(row, "date"));
            if (!day)
                continue;
            isScheduled[*day] = fomc->text(row, "kind") == "scheduled";
            moves[*day] = numberIn(*fomc, row, "change_bp");
        }
        for (std::size_t t = 0; t + 1 < m_days.size(); ++t) {
            const auto next = isScheduled.find(m_days[t + 1]);
            const auto now = isScheduled.find(m_days[t]);
            const Instant at = m_days[t] + hours(20);
            observe("fomc.scheduled_tomorrow", at, at,
                    next != isScheduled.end() && next->second ? 1 : 0);
            observe("fomc.unscheduled", at, at, now != isScheduled.end() && !now->second ? 1 : 0);
            observe("fomc.move", at, at, now != isScheduled.end() ? moves[m_days[t]] : 0);
        }
    }

    /// Hurricanes over the Gulf of Mexico: one a storm and day.
    void takeStorms()
    {
        const auto tracks = table("hurricane_tracks");
        if (!tracks)
            return;
        std::map<Date, std::map<std::string, double>> winds;
        for (std::size_t row = 0; row < tracks->rowCount(); ++row) {
            const auto at = parseInstant(tracks->text(row, "time_utc"));
            const double latitude = numberIn(*tracks, row, "lat");
            const double longitude = numberIn(*tracks, row, "lon");
            const double wind = numberIn(*tracks, row, "wind_kt");
            if (at && wind >= 64 && latitude >= 20 && latitude <= 31 && longitude >= -98 &&
                longitude <= -81)
                winds[floor<days>(*at)][std::string(tracks->text(row, "storm_id"))] = wind;
        }
        std::map<Date, double> counts;
        for (const auto &[day, storms] : winds)
            counts[day] = static_cast<double>(storms.size());
        countDays("storms.gulf_hurricanes", counts, days(0));
    }

    void takeEventDays()
    {
        const auto take = [this](std::string_view file, std::string_view column,
                                 const std::string &feature, Duration lag) {
            const auto events = table(file);
            if (!events)
                return;
            std::map<Date, double> counts;
            for (std::size_t row = 0; row < events->rowCount(); ++row)
                if (const auto at = parseInstant(events->text(row, column)))
                    ++counts[floor<days>(*at)];
            countDays(feature, counts, lag);
        };
        take("earthquakes", "time_utc", "quakes.count", days(0));
        take("us_tornadoes", "date", "tornadoes.count", days(1));
        take("us_billion_dollar", "start_date", "disasters.begun", days(30));
        take("us_executive_orders", "date", "policy.executive_orders", days(5));
    }

    /// Days without an event are zeros from the first to the last event's day.
    void countDays(const std::string &feature, const std::map<Date, double> &counts, Duration lag)
    {
        if (counts.empty())
            return;
        for (const Date day : m_days) {
            // What happens between two decisions belongs to the later one.
            double count = 0;
            const auto begin = counts.upper_bound(previousDay(day));
            for (auto at = begin; at != counts.end() && at->first <= day; ++at)
                count += at->second;
            if (day >= counts.begin()->first && day <= counts.rbegin()->first)
                observe(feature, day + hours(21), day + hours(21) + lag, count);
        }
    }
    [[nodiscard]] Date previousDay(Date day) const
    {
        const auto at = std::ranges::lower_bound(m_days, day);
        return at == m_days.begin() ? day - days(1) : *std::prev(at);
    }

    /// A feature that moves no market, to see that none is found.
    void takeMoon()
    {
        const Instant newMoon = sys_days(2000y / January / 6) + hours(18) + minutes(14);
        constexpr double kSynodicDays = 29.530588853;
        for (const Date day : m_days) {
            const Instant at = day + hours(21);
            const double age =
                std::chrono::duration<double, days::period>(at - newMoon).count() / kSynodicDays;
            observe("moon.lit", at, at, 0.5 * (1 - std::cos(2 * std::numbers::pi * age)));
        }
    }

    Status write(const std::filesystem::path &out)
    {
        std::string calendar = "date,decision_at\n";
        std::string prices = "date";
        for (const Date day : m_days)
            calendar += std::format("{},{}\n", formatDate(day), formatInstant(day + kDecision));
        for (const auto &market : m_markets)
            prices += std::format(
                ",{}{}", market.name,
                market.clock == Clock::Earlier ? std::format(",{}.as_printed", market.name) : "");
        prices += '\n';
        for (const Date day : m_days)
            prices += priceRow(day);
        std::error_code error;
        std::filesystem::create_directories(out, error);
        for (const auto &[name, text] :
             {std::pair<const char *, const std::string *>{"calendar.csv", &calendar},
              {"prices.csv", &prices},
              {"observations.csv", &m_observations}}) {
            std::ofstream file(out / name, std::ios::binary | std::ios::trunc);
            if (text == &m_observations)
                file << "feature,observed_at,ingested_at,value\n";
            file << *text;
            if (!file.flush())
                return fail(ErrorCode::Unavailable,
                            std::format("{} cannot be written", (out / name).string()),
                            "check that the folder is writable and has space");
        }
        m_lines.push_back(std::format("{} days, {} markets", m_days.size(), m_markets.size()));
        return {};
    }

    [[nodiscard]] std::string priceRow(Date day) const
    {
        std::string row = formatDate(day);
        const auto put = [&row](Daily::const_iterator at, const Daily &values) {
            row += at == values.end() ? "," : std::format(",{:.9g}", at->second);
        };
        for (const auto &market : m_markets) {
            const auto today = market.values.find(day);
            if (market.clock == Clock::AtClose) {
                put(today, market.values);
                continue;
            }
            // The next fixing, at most a long weekend away.
            auto next = market.values.upper_bound(day);
            if (next != market.values.end() && next->first - day > days(5))
                next = market.values.end();
            put(next, market.values);
            put(today, market.values);
        }
        return row + "\n";
    }

    std::filesystem::path m_folder;
    std::vector<Date> m_days;
    std::vector<Market> m_markets;
    std::string m_observations;
    std::vector<std::string> m_lines;
};

} // namespace

Result<std::vector<std::string>> convertHistory(const std::filesystem::path &folder,
                                                const std::filesystem::path &out)
{
    return Conversion(folder).run(out);
}

} // namespace chrona::cli
