// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_files.h"
#include "row_files.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>
#include <map>

namespace chrona::cli {
namespace {

using oracle::RevealedBand;
using oracle::Tick;
using oracle::TickKind;
using oracle::VenueProfile;

constexpr std::string_view kTickFolderHolds =
    "the folder must hold venues.csv and ticks.csv as docs/guides/oracle.md describes them";
constexpr std::int64_t kMomentMsMax = 4'102'444'800'000; // 2100
constexpr std::uint16_t kNoCurrency = 0xFFFF;

template <class Whole> std::optional<Whole> wholeOf(std::string_view text)
{
    Whole value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> momentOf(std::string_view text)
{
    const auto moment = wholeOf<std::int64_t>(text);
    return moment && *moment >= 0 && *moment <= kMomentMsMax ? moment : std::nullopt;
}

std::uint16_t currencyOf(const oracle::FeedSetup &setup, std::string_view name)
{
    const auto found = std::ranges::find(setup.currencies, name);
    return found == setup.currencies.end()
               ? kNoCurrency
               : static_cast<std::uint16_t>(found - setup.currencies.begin());
}

Result<oracle::FeedSetup> readVenues(std::string_view content)
{
    oracle::FeedSetup setup;
    std::map<std::string, std::uint16_t, std::less<>> groups;
    auto done = readAllRows("venues.csv", content, [&](const formats::CsvRow &row) -> std::string {
        if (row.number == 1)
            return wrongHeader(row, {"venue", "quote", "share", "mode", "half_spread_bp"});
        if (row.fields.size() < 5)
            return "a row needs venue, quote, share, mode and half_spread_bp";
        VenueProfile venue;
        venue.name = row.fields[0];
        if (std::ranges::contains(setup.venues, venue.name, &VenueProfile::name))
            return std::format("the venue {} appears twice", venue.name);
        venue.currency = currencyOf(setup, row.fields[1]);
        if (venue.currency == kNoCurrency) {
            venue.currency = static_cast<std::uint16_t>(setup.currencies.size());
            setup.currencies.emplace_back(row.fields[1]);
        }
        venue.share = numberOf(row.fields[2]);
        venue.mode = row.fields[3] == "poll" ? oracle::VenueMode::Poll : oracle::VenueMode::Stream;
        venue.halfSpreadBps = numberOf(row.fields[4]);
        if (row.fields.size() > 5 && !row.fields[5].empty())
            venue.group = groups
                              .try_emplace(std::string(row.fields[5]),
                                           static_cast<std::uint16_t>(groups.size()))
                              .first->second;
        setup.venues.push_back(std::move(venue));
        return {};
    });
    if (!done)
        return std::unexpected(done.error());
    return setup;
}

/// Turns rows of ticks.csv into ticks; the first price's base names the feed.
class TickRows {
public:
    explicit TickRows(OracleInput &input) : m_input(input)
    {
        for (std::size_t i = 0; i < input.setup.venues.size(); ++i)
            m_venues.emplace(input.setup.venues[i].name, static_cast<std::uint16_t>(i));
    }

    std::string take(const formats::CsvRow &row)
    {
        if (row.number == 1)
            return header(row);
        if (row.fields.size() < 10)
            return "a row needs ten fields";
        const auto sequence = wholeOf<std::uint64_t>(row.fields[0]);
        const auto received = momentOf(row.fields[1]);
        if (!sequence || !received)
            return "seq or recv_ms is no number that it can be";
        Tick tick;
        tick.receivedMs = *received;
        tick.exchangeMs = momentOf(row.fields[2]).value_or(*received);
        const auto venue = m_venues.find(row.fields[3]);
        if (venue == m_venues.end())
            return std::format("the venue '{}' is not in venues.csv", row.fields[3]);
        tick.venue = venue->second;
        if (std::string wrong = takeSymbol(row.fields[4], tick); !wrong.empty())
            return wrong;
        tick.bid = numberOf(row.fields[5]);
        tick.ask = numberOf(row.fields[6]);
        tick.last = numberOf(row.fields[7]);
        tick.size = numberOf(row.fields[8]);
        tick.volume24h = numberOf(row.fields[9]);
        m_input.ticks.push_back(tick);
        m_input.sequences.push_back(*sequence);
        return {};
    }

    [[nodiscard]] bool hasHeader() const { return m_hasHeader; }

private:
    std::string header(const formats::CsvRow &row)
    {
        std::string wrong = wrongHeader(row, {"seq", "recv_ms", "exch_ms", "venue", "symbol", "bid",
                                              "ask", "last", "size", "vol24h"});
        m_hasHeader = wrong.empty();
        return wrong;
    }

    std::string takeSymbol(std::string_view symbol, Tick &tick)
    {
        const std::size_t slash = symbol.find('/');
        if (slash == std::string_view::npos)
            return std::format("'{}' is no symbol", symbol);
        const std::string_view base = symbol.substr(0, slash);
        const std::uint16_t quote = currencyOf(m_input.setup, symbol.substr(slash + 1));
        const std::uint16_t rated = currencyOf(m_input.setup, base);
        if (rated != kNoCurrency && rated > 0 && quote == 0) {
            tick.kind = TickKind::Rate;
            tick.currency = rated;
            return {};
        }
        if (m_input.setup.name.empty())
            m_input.setup.name = std::format("{}/{}", base, m_input.setup.currencies.front());
        if (!m_input.setup.name.starts_with(base) || m_input.setup.name[base.size()] != '/' ||
            quote != m_input.setup.venues[tick.venue].currency)
            return std::format("'{}' is not what this venue was said to quote", symbol);
        return {};
    }

    OracleInput &m_input;
    std::map<std::string, std::uint16_t, std::less<>> m_venues;
    bool m_hasHeader = false;
};

void keepRefused(OracleInput &input, std::string_view name, const RowSink &sink)
{
    for (const std::string &row : sink.refused)
        input.refusedRows.push_back(std::format("{}, {}", name, row));
    input.refusedCount += sink.refusedCount;
}

Status readTicks(std::string_view content, OracleInput &input)
{
    TickRows rows(input);
    RowSink sink([&](const formats::CsvRow &row) { return rows.take(row); });
    if (auto done = readRows(content, sink); !done)
        return fail(done.error().code, std::format("ticks.csv: {}", done.error().what));
    if (!rows.hasHeader())
        return fail(ErrorCode::InvalidInput,
                    "ticks.csv does not begin with the columns seq, recv_ms, exch_ms, venue, "
                    "symbol, bid, ask, last, size, vol24h");
    keepRefused(input, "ticks.csv", sink);
    return {};
}

} // namespace

Result<std::vector<RevealedBand>> readBands(std::string_view content, RowSink *refused)
{
    std::vector<RevealedBand> bands;
    RowSink sink([&](const formats::CsvRow &row) -> std::string {
        if (row.number == 1)
            return wrongHeader(row, {"epoch", "end_ms", "q25", "median", "q75"});
        const auto end = row.fields.size() < 5 ? std::nullopt : momentOf(row.fields[1]);
        if (!end || (!bands.empty() && *end <= bands.back().endMs))
            return "an epoch needs end_ms after the one before, q25, median and q75";
        bands.push_back(
            {*end, numberOf(row.fields[2]), numberOf(row.fields[3]), numberOf(row.fields[4])});
        return {};
    });
    if (auto done = readRows(content, sink); !done)
        return fail(done.error().code, std::format("peers.csv: {}", done.error().what));
    if (refused)
        *refused = std::move(sink);
    return bands;
}

Result<OracleInput> readOracleFolder(const std::filesystem::path &folder)
{
    const auto venues = fileContent(folder / "venues.csv", kTickFolderHolds);
    const auto ticks = fileContent(folder / "ticks.csv", kTickFolderHolds);
    for (const auto *content : {&venues, &ticks})
        if (!*content)
            return std::unexpected(content->error());
    OracleInput input;
    auto setup = readVenues(*venues);
    if (!setup)
        return std::unexpected(setup.error());
    input.setup = std::move(*setup);
    if (auto done = readTicks(*ticks, input); !done)
        return std::unexpected(done.error());
    const std::filesystem::path peers = folder / "peers.csv";
    std::error_code none;
    if (std::filesystem::exists(peers, none)) {
        const auto content = fileContent(peers, kTickFolderHolds);
        if (!content)
            return std::unexpected(content.error());
        RowSink refused({});
        auto bands = readBands(*content, &refused);
        if (!bands)
            return std::unexpected(bands.error());
        input.bands = std::move(*bands);
        keepRefused(input, "peers.csv", refused);
    }
    return input;
}

ReplayFiles::ReplayFiles(const OracleInput &input, std::optional<std::int64_t> explainMs)
    : m_input(input), m_explainMs(explainMs), m_consensus("t_ms,price_usd,confidence_bp,sources\n"),
      m_epochs("epoch,end_ms,price_usd\n"), m_flags("seq,class\n")
{
}

void ReplayFiles::judged(std::size_t tick, const oracle::TickVerdict &verdict)
{
    ++ticks;
    if (verdict.judged == oracle::TickClass::Sound)
        return;
    ++flagged;
    const std::uint64_t number = m_input.sequences.empty() ? tick + 1 : m_input.sequences[tick];
    m_flags += std::format("{},{}\n", number, toString(verdict.judged));
}

void ReplayFiles::answered(const oracle::Answer &answer)
{
    if (m_explainMs == answer.atMs)
        explain(answer);
    if (answer.state == oracle::AnswerState::None)
        return;
    ++answers;
    abstained += answer.state == oracle::AnswerState::Abstained;
    m_consensus += std::format("{},{:.12g},{:.4f},{}\n", answer.atMs, answer.price,
                               answer.confidenceBps, answer.sources);
}

void ReplayFiles::epochEnded(std::int64_t epoch, const oracle::Answer &answer,
                             const oracle::BandChoice &choice)
{
    if (answer.state != oracle::AnswerState::Sound || !std::isfinite(choice.price))
        return;
    ++epochs;
    m_epochs += std::format("{},{},{:.12g}\n", epoch, answer.atMs, choice.price);
}

void ReplayFiles::explain(const oracle::Answer &answer)
{
    formats::JsonWriter json(m_explanation);
    json.beginObject()
        .member("feed", m_input.setup.name)
        .member("t_ms", answer.atMs)
        .member("state", toString(answer.state))
        .member("regime", toString(answer.regime))
        .member("price", answer.price)
        .member("confidence_bp", answer.confidenceBps)
        .member("sources", answer.sources)
        .member("filter_against_median_bp", answer.filteredBps)
        .member("volatility_bp", answer.volatilityBps)
        .member("state_hash", std::format("{:016x}", answer.stateHash));
    json.key("rates").beginObject();
    for (std::size_t c = 0; c < answer.rates.size(); ++c)
        json.member(m_input.setup.currencies[c], answer.rates[c]);
    json.endObject().key("others").beginObject();
    json.member("vwap", answer.others.vwap)
        .member("twap", answer.others.twap)
        .member("median_last", answer.others.medianOfLast)
        .member("weighted_median_last", answer.others.weightedMedianOfLast)
        .member("weighted_median_mid", answer.others.weightedMedianOfMid)
        .endObject();
    json.key("venues").beginArray();
    for (std::size_t i = 0; i < answer.venues.size(); ++i) {
        const oracle::VenueView &venue = answer.venues[i];
        json.beginObject()
            .member("venue", m_input.setup.venues[i].name)
            .member("standing", toString(venue.standing))
            .member("price", venue.price)
            .member("weight", venue.weight)
            .member("deviation_bp", venue.deviationBps)
            .member("basis_bp", venue.basisBps)
            .member("noise_bp", venue.noiseBps)
            .member("lag_s", venue.lagSeconds)
            .member("latency_ms", venue.latencyMs)
            .member("frozen_evidence", venue.frozenEvidence)
            .member("share", venue.share)
            .member("half_spread_bp", venue.halfSpreadBps)
            .member("age_ms", venue.ageMs)
            .endObject();
    }
    json.endArray().endObject();
    m_explanation += '\n';
}

Status ReplayFiles::write(const std::filesystem::path &folder) const
{
    for (const auto &[name, content] :
         {std::pair{"consensus.csv", &m_consensus}, std::pair{"epochs.csv", &m_epochs},
          std::pair{"flags.csv", &m_flags}})
        if (auto done = writeWhole(folder / name, *content); !done)
            return done;
    return {};
}

} // namespace chrona::cli
