// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/csv.h"
#include "chrona/formats/period.h"
#include "chrona/schema/targets.h"

#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace chrona::prices {
namespace {

using connect::DraftList;

/// Corrections come until the evening after; then a day's prices count as known.

/// One day, from JSON or CSV: the text or number of a field by its name.
struct DayOfPrices {
    std::string date;
    double open = kNone, high = kNone, low = kNone, close = kNone, volume = kNone,
           adjustedClose = kNone;
};

struct Field {
    std::string_view name;
    double DayOfPrices::*member;
};
constexpr std::array<Field, 6> kFields{{{"open", &DayOfPrices::open},
                                        {"high", &DayOfPrices::high},
                                        {"low", &DayOfPrices::low},
                                        {"close", &DayOfPrices::close},
                                        {"volume", &DayOfPrices::volume},
                                        {"adjClose", &DayOfPrices::adjustedClose}}};

void addDay(DraftList &list, schema::InstrumentId instrument, const DayOfPrices &day)
{
    // "2015-01-02T00:00:00.000Z" is the exchange's day and no moment.
    const auto date = parseDate(std::string_view(day.date).substr(0, 10));
    if (!date || *date < std::chrono::sys_days(std::chrono::year(1900) / 1 / 1))
        return list.reject(day.date, "the date is none");
    if (std::isnan(day.close))
        return list.reject(day.date, "the close is missing");
    const auto session = schema::ordinarySessionOn(schema::Calendar::NewYork, *date);
    const auto held = schema::sessionOn(schema::Calendar::NewYork, *date);
    schema::PriceBar bar;
    bar.instrument = instrument;
    bar.opensAt = session.opensAt;
    bar.times.observedAt = held ? held->closesAt : session.closesAt;
    bar.times.basis = schema::AvailabilityBasis::Assumed;
    bar.times.assumedLag = kPublishedAfter;
    bar.open = day.open;
    bar.high = day.high;
    bar.low = day.low;
    bar.close = day.close;
    bar.volume = day.volume;
    bar.adjustedClose = day.adjustedClose;
    list.bar(bar);
}

Result<schema::InstrumentId> instrumentOf(const connect::RawItem &item, DraftList &list)
{
    const std::string symbol = tiingoSymbolOf(item);
    if (symbol.empty())
        return fail(ErrorCode::InvalidInput,
                    "the reply does not say which symbol it is about, and neither do its address "
                    "and name");
    return list.instrument(sharesOf(symbol));
}

class TiingoCsvSink final : public formats::CsvSink {
public:
    TiingoCsvSink(DraftList &list, schema::InstrumentId instrument)
        : m_list(list), m_instrument(instrument)
    {
    }

    void row(const formats::CsvRow &row) override
    {
        if (m_columns.empty()) {
            for (std::size_t i = 0; i < row.fields.size(); ++i)
                m_columns.emplace(row.fields[i], i);
            return;
        }
        DayOfPrices day;
        const auto field = [&](std::string_view name) -> std::string_view {
            const auto column = m_columns.find(name);
            return column != m_columns.end() && column->second < row.fields.size()
                       ? row.fields[column->second]
                       : std::string_view();
        };
        day.date = field("date");
        for (const Field &each : kFields) {
            if (field(each.name).empty())
                continue;
            const auto number = formats::parseNumber(field(each.name));
            if (!number)
                return m_list.reject(day.date, std::string(each.name) + ": " + number.error().what);
            day.*each.member = *number;
        }
        addDay(m_list, m_instrument, day);
    }
    void fault(const formats::CsvFault &fault) override
    {
        m_list.reject("line " + std::to_string(fault.line), fault.reason);
    }
    [[nodiscard]] bool isTable() const
    {
        return m_columns.contains("date") && m_columns.contains("close");
    }

private:
    DraftList &m_list;
    schema::InstrumentId m_instrument;
    std::map<std::string, std::size_t, std::less<>> m_columns;
};

} // namespace

schema::Instrument sharesOf(std::string_view symbol)
{
    for (const auto &target : schema::defaultTargets())
        if (target.symbol == symbol)
            return schema::instrumentFor(target);
    schema::Instrument instrument;
    instrument.symbol = symbol;
    instrument.name = symbol;
    instrument.currency = "USD";
    instrument.calendar = schema::toString(schema::Calendar::NewYork);
    return instrument;
}

std::string tiingoSymbolOf(const connect::RawItem &item)
{
    constexpr std::string_view kPath = "/tiingo/daily/";
    std::string_view name;
    if (const std::size_t at = item.url.find(kPath); at != std::string::npos) {
        name = std::string_view(item.url).substr(at + kPath.size());
        name = name.substr(0, name.find_first_of("/?"));
    } else {
        name = item.sourceRef;
        name = name.substr(name.find_last_of("/\\") + 1);
        name = name.substr(0, name.find('.'));
    }
    std::string symbol;
    for (const char c : name)
        symbol += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return symbol;
}

Drafts readTiingoJson(const connect::RawItem &item)
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->root();
    if (root.kind() != formats::JsonValue::Kind::Array) {
        const std::string detail = connect::textOf(root["detail"]);
        return fail(ErrorCode::InvalidInput,
                    detail.empty() ? "the payload is no list of prices" : "Tiingo says: " + detail);
    }
    DraftList list;
    const auto instrument = instrumentOf(item, list);
    if (!instrument)
        return std::unexpected(instrument.error());
    for (const auto json : root.items()) {
        DayOfPrices day;
        day.date = connect::textOf(json["date"]);
        for (const Field &field : kFields)
            day.*field.member = connect::numberOf(json[field.name]).value_or(kNone);
        addDay(list, *instrument, day);
    }
    return list.take();
}

Drafts readTiingoCsv(const connect::RawItem &item)
{
    DraftList list;
    const auto instrument = instrumentOf(item, list);
    if (!instrument)
        return std::unexpected(instrument.error());
    TiingoCsvSink sink(list, *instrument);
    formats::CsvReader reader;
    auto done = reader.push(item.payload, sink);
    if (done)
        done = reader.finish(sink);
    if (!done)
        return std::unexpected(done.error());
    if (!sink.isTable())
        return fail(ErrorCode::InvalidInput, "the payload is no table of prices");
    return list.take();
}

} // namespace chrona::prices
