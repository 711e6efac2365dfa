// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/wall_clock.h"

#include <charconv>
#include <cmath>
#include <format>
#include <limits>

namespace chrona::prices {
namespace {

using connect::DraftList;
using formats::JsonValue;
using schema::Frequency;

constexpr formats::WallTime kFirstTime = std::chrono::local_days(std::chrono::year(1900) / 1 / 1);

/// "1a. open (USD)" is open.
std::string_view bare(std::string_view name)
{
    if (const std::size_t dot = name.find(". "); dot != std::string_view::npos && dot <= 3)
        name.remove_prefix(dot + 2);
    return name.substr(0, name.find(" ("));
}

/// The numbers in front of names differ from one function to the next.
JsonValue member(JsonValue object, std::string_view name)
{
    for (const formats::JsonMember &each : object.members())
        if (bare(each.name) == name)
            return each.value;
    return {};
}

double numberAt(JsonValue object, std::string_view name)
{
    return connect::numberOf(member(object, name)).value_or(kNone);
}

Result<formats::JsonDocument> readReply(const connect::RawItem &item)
{
    auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return document;
    const JsonValue root = document->root();
    for (const std::string_view name : {"Note", "Information"})
        if (const auto text = root[name].asString())
            return std::unexpected(Error{
                ErrorCode::Exhausted, "Alpha Vantage says: " + std::string(text->substr(0, 300)),
                "wait until the rate allows more, or use another plan", true});
    if (const auto text = root["Error Message"].asString())
        return fail(ErrorCode::InvalidInput,
                    "Alpha Vantage says: " + std::string(text->substr(0, 300)));
    return document;
}

/// How long a bar lasts and by which clock it is dated.
struct Rhythm {
    Frequency frequency = Frequency::Day;
    Duration length{0}; ///< within the day only
    formats::Zone zone = formats::kNewYork;
    bool allDay = false; ///< currencies: a day is one in UTC
};

Result<Rhythm> rhythmOf(std::string_view name, JsonValue meta)
{
    Rhythm rhythm;
    if (name.contains("Weekly"))
        rhythm.frequency = Frequency::Week;
    else if (name.contains("Monthly"))
        rhythm.frequency = Frequency::Month;
    else if (const std::size_t at = name.find("min)"); at != std::string_view::npos) {
        int minutes = 0;
        const std::size_t begin = name.rfind('(', at) + 1;
        (void)std::from_chars(name.data() + begin, name.data() + at, minutes);
        if (minutes < 1 || minutes > 720)
            return fail(ErrorCode::InvalidInput, "the length of the bars is unknown");
        rhythm.length = std::chrono::minutes(minutes);
        rhythm.frequency = minutes == 1    ? Frequency::Minute
                           : minutes == 60 ? Frequency::Hour
                                           : Frequency::Irregular;
    }
    const std::string zone = connect::textOf(member(meta, "Time Zone"));
    const auto known = formats::zoneFrom(zone.empty() ? "US/Eastern" : zone);
    if (!known)
        return fail(ErrorCode::InvalidInput, "the time zone " + zone + " is unknown");
    rhythm.zone = *known;
    return rhythm;
}

schema::Instrument pairOf(const std::string &from, const std::string &to)
{
    schema::Instrument instrument;
    instrument.symbol = from + "/" + to;
    instrument.name = instrument.symbol;
    instrument.instrumentClass = schema::InstrumentClass::Currency;
    instrument.currency = to;
    instrument.calendar = schema::toString(schema::Calendar::AlwaysOpen);
    return instrument;
}

schema::Instrument instrumentOf(JsonValue meta, Rhythm &rhythm)
{
    const auto text = [&](std::string_view name) { return connect::textOf(member(meta, name)); };
    for (const auto &[from, to] :
         {std::pair("From Symbol", "To Symbol"), std::pair("Digital Currency Code", "Market Code")})
        if (!text(from).empty() && !text(to).empty()) {
            rhythm.allDay = true;
            return pairOf(text(from), text(to));
        }
    return sharesOf(text("Symbol"));
}

void addBar(DraftList &list, schema::InstrumentId instrument, const Rhythm &rhythm,
            const formats::JsonMember &entry)
{
    const std::string stamp(entry.name);
    const auto time = formats::parseWallTime(stamp);
    if (!time || *time < kFirstTime)
        return list.reject(stamp, "the time is none");
    schema::PriceBar bar;
    bar.instrument = instrument;
    bar.frequency = rhythm.frequency;
    if (rhythm.length > Duration(0)) {
        bar.opensAt = formats::instantFrom(rhythm.zone, *time);
        bar.times.observedAt = bar.opensAt + rhythm.length;
    } else {
        const Date day = std::chrono::floor<std::chrono::days>(Instant(time->time_since_epoch()));
        const auto calendar =
            rhythm.allDay ? schema::Calendar::AlwaysOpen : schema::Calendar::NewYork;
        const auto held = schema::sessionOn(calendar, day);
        const auto session = held.value_or(schema::ordinarySessionOn(calendar, day));
        bar.opensAt = session.opensAt;
        bar.times.observedAt = session.closesAt;
    }
    bar.times.basis = schema::AvailabilityBasis::Assumed;
    bar.times.assumedLag = kPublishedAfter;
    bar.open = numberAt(entry.value, "open");
    bar.high = numberAt(entry.value, "high");
    bar.low = numberAt(entry.value, "low");
    bar.close = numberAt(entry.value, "close");
    bar.volume = numberAt(entry.value, "volume");
    bar.adjustedClose = numberAt(entry.value, "adjusted close");
    if (std::isnan(bar.close))
        return list.reject(stamp, "the close is no number");
    list.bar(bar);
}

} // namespace

Drafts readAlphaVantageBars(const connect::RawItem &item)
{
    const auto document = readReply(item);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    const JsonValue meta = root["Meta Data"];
    for (const formats::JsonMember &series : root.members()) {
        if (!series.name.contains("Time Series") || series.value.kind() != JsonValue::Kind::Object)
            continue;
        auto rhythm = rhythmOf(series.name, meta);
        if (!rhythm)
            return std::unexpected(rhythm.error());
        DraftList list;
        const auto instrument = list.instrument(instrumentOf(meta, *rhythm));
        for (const formats::JsonMember &entry : series.value.members())
            addBar(list, instrument, *rhythm, entry);
        return list.take();
    }
    return fail(ErrorCode::InvalidInput, "the payload holds no time series");
}

Drafts readAlphaVantageQuote(const connect::RawItem &item)
{
    const auto document = readReply(item);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue json = document->root()["Global Quote"];
    const std::string symbol = connect::textOf(member(json, "symbol"));
    const auto day = parseDate(connect::textOf(member(json, "latest trading day")));
    if (symbol.empty() || !day)
        return fail(ErrorCode::InvalidInput, "the payload holds no quote");
    const auto held = schema::sessionOn(schema::Calendar::NewYork, *day);
    DraftList list;
    (void)list.instrument(sharesOf(symbol));
    schema::Quote quote;
    quote.venue = "alphavantage";
    quote.symbol = symbol;
    quote.receivedAt = item.fetchedAt;
    // Of the day only the date is told: until its close the price is that of the moment.
    const Instant close =
        held.value_or(schema::ordinarySessionOn(schema::Calendar::NewYork, *day)).closesAt;
    quote.exchangeAt = item.fetchedAt > Instant{} ? std::min(close, item.fetchedAt) : close;
    quote.bid = quote.ask = quote.size = kNone;
    quote.last = numberAt(json, "price");
    quote.volume24h = numberAt(json, "volume");
    list.quote(std::move(quote));
    return list.take();
}

Drafts readAlphaVantageRate(const connect::RawItem &item)
{
    const auto document = readReply(item);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue json = document->root()["Realtime Currency Exchange Rate"];
    const auto text = [&](std::string_view name) { return connect::textOf(member(json, name)); };
    const std::string from = text("From_Currency Code"), to = text("To_Currency Code");
    const auto time = formats::parseWallTime(text("Last Refreshed"));
    const auto zone = formats::zoneFrom(text("Time Zone"));
    if (from.empty() || to.empty() || !time || !zone)
        return fail(ErrorCode::InvalidInput, "the payload holds no exchange rate");
    DraftList list;
    (void)list.instrument(pairOf(from, to));
    schema::Quote quote;
    quote.venue = "alphavantage";
    quote.symbol = from + "/" + to;
    quote.receivedAt = item.fetchedAt;
    quote.exchangeAt = formats::instantFrom(*zone, *time);
    quote.last = numberAt(json, "Exchange Rate");
    quote.bid = numberAt(json, "Bid Price");
    quote.ask = numberAt(json, "Ask Price");
    quote.size = quote.volume24h = kNone;
    list.quote(std::move(quote));
    return list.take();
}

} // namespace chrona::prices
