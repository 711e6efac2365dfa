// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market_prices.h"

#include "connector_metadata.h"
#include "readers.h"

#include "chrona/connect/payload.h"
#include "chrona/schema/targets.h"

#include <array>
#include <format>

namespace chrona::prices {
namespace {

using connect::KeyPlace;
using connect::Question;

struct Reader {
    std::string_view kind;
    Drafts (*read)(const connect::RawItem &item);
};

constexpr std::array kReaders = std::to_array<Reader>({
    {"tiingo-daily", readTiingoJson},
    {"tiingo-csv", readTiingoCsv},
    {"alphavantage-daily", readAlphaVantageBars},
    {"alphavantage-intraday", readAlphaVantageBars},
    {"alphavantage-quote", readAlphaVantageQuote},
    {"alphavantage-fx", readAlphaVantageRate},
    {"treasury-yields", readTreasuryXml},
    {"treasury-csv", readTreasuryCsv},
    {"ecb-fx", readEcbRates},
    {"boc-valet", readValet},
});

std::vector<std::string_view> targetFunds()
{
    std::vector<std::string_view> symbols;
    for (const auto &target : schema::defaultTargets())
        if (target.instrumentClass == schema::InstrumentClass::Fund)
            symbols.push_back(target.symbol);
    return symbols;
}

/// A correction can come until the evening after, and a split changes what was adjusted: ten days
/// again each time, and all since 2000 the first time.
std::vector<Question> tiingoQuestions(const connect::FetchTask &task)
{
    std::vector<Question> questions;
    const Date today = std::chrono::floor<std::chrono::days>(task.now);
    const std::string since =
        task.cursor.empty() ? "2000-01-01" : formatDate(today - std::chrono::days(10));
    for (const std::string_view symbol : targetFunds())
        questions.push_back(
            {{.url = std::format("https://api.tiingo.com/tiingo/daily/{}/prices?startDate={}"
                                 "&format=json",
                                 symbol, since),
              .accept = "application/json",
              .key = {KeyPlace::In::Header, "Authorization", "Token "}},
             "tiingo-daily",
             std::string(symbol)});
    return questions;
}

/// The free plan gives a hundred days, so each question is the same.
std::vector<Question> alphaVantageQuestions(const connect::FetchTask &)
{
    std::vector<Question> questions;
    for (const std::string_view symbol : targetFunds())
        questions.push_back(
            {{.url = std::format("https://www.alphavantage.co/query?function=TIME_SERIES_DAILY"
                                 "&symbol={}&outputsize=compact",
                                 symbol),
              .accept = "application/json",
              .key = {KeyPlace::In::Query, "apikey", ""}},
             "alphavantage-daily"});
    return questions;
}

std::vector<Question> treasuryQuestions(const connect::FetchTask &task)
{
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(task.now));
    std::vector<Question> questions;
    // The last days of a year appear in its own file only, also in January.
    for (int year =
             int(today.year()) - (task.cursor.empty() ? 5 : today.month() == std::chrono::January);
         year <= int(today.year()); ++year)
        questions.push_back(
            {{.url = std::format("https://home.treasury.gov/resource-center/data-chart-center/"
                                 "interest-rates/pages/xml?data=daily_treasury_yield_curve"
                                 "&field_tdr_date_value={}",
                                 year),
              .accept = "application/xml"},
             "treasury-yields"});
    return questions;
}

std::vector<Question> ecbQuestions(const connect::FetchTask &)
{
    return {{{.url = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml",
              .accept = "application/xml"},
             "ecb-fx"}};
}

std::vector<Question> valetQuestions(const connect::FetchTask &task)
{
    const int recent = task.cursor.empty() ? 1000 : 10;
    std::vector<Question> questions;
    for (const std::string_view group : {"FX_RATES_DAILY", "bond_yields_benchmark"})
        questions.push_back(
            {{.url = std::format("https://www.bankofcanada.ca/valet/observations/group/{}/json"
                                 "?recent={}",
                                 group, recent),
              .accept = "application/json"},
             "boc-valet"});
    return questions;
}

std::vector<Question> questionsFor(const connect::FetchTask &task)
{
    const std::string &key = task.source.key;
    if (key == "tiingo-eod")
        return tiingoQuestions(task);
    if (key == "alphavantage")
        return alphaVantageQuestions(task);
    if (key == "treasury-yields")
        return treasuryQuestions(task);
    if (key == "ecb-fx")
        return ecbQuestions(task);
    return valetQuestions(task);
}

} // namespace

Result<connect::Description> MarketPrices::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> MarketPrices::fetch(const connect::FetchTask &task,
                                             connect::Fetcher &fetcher, std::stop_token stop) const
{
    auto fetched = connect::fetchEach(*this, fetcher, questionsFor(task), std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Drafts MarketPrices::normalize(const connect::RawItem &item) const
{
    for (const Reader &reader : kReaders)
        if (reader.kind == item.kind)
            return reader.read(item);
    return fail(ErrorCode::InvalidInput, "market-prices has no kind " + item.kind);
}

} // namespace chrona::prices
