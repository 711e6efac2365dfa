// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/period.h"
#include "chrona/formats/wall_clock.h"
#include "chrona/formats/xml.h"

#include <charconv>
#include <format>
#include <limits>
#include <optional>

namespace chrona::prices {
namespace {

using connect::DraftList;

/// "BC_10YEAR" is the name that the Treasury's own XML has; it makes the key of the series.
schema::Series seriesOf(std::string_view tenor)
{
    schema::Series series;
    series.key = "treasury:" + std::string(tenor);
    series.name = std::format("U.S. Treasury par yield, {}", tenor.substr(3));
    series.unit = "percent";
    series.frequency = schema::Frequency::Day;
    series.region = "US";
    series.vintageRule = schema::VintageRule::Final;
    return series;
}

/// The curve appears between half past three and six in the afternoon of its day.
Instant publishedOn(Date day)
{
    const formats::WallTime six(day.time_since_epoch() + std::chrono::hours(18));
    return formats::instantFrom(formats::kNewYork, six);
}

void observe(DraftList &list, std::string_view tenor, Date day, std::string_view text)
{
    double value = std::numeric_limits<double>::quiet_NaN();
    if (!text.empty() && text != "N/A") {
        const auto number = formats::parseNumber(text);
        if (!number)
            return list.reject(std::string(tenor) + " " + formatDate(day), number.error().what);
        value = *number;
    }
    list.observe(list.series(seriesOf(tenor)),
                 {.observedAt = day, .value = value, .assumedAt = publishedOn(day)});
}

void readProperties(DraftList &list, const formats::XmlElement &properties)
{
    const std::string_view stated = properties.childText("NEW_DATE");
    const auto day = parseDate(stated.substr(0, 10));
    if (!day)
        return list.reject(std::string(stated), "NEW_DATE is no date");
    for (const formats::XmlElement &value : properties.children) {
        // The thirty-year yield comes twice, once for display.
        if (!value.local.starts_with("BC_") || value.local.ends_with("DISPLAY"))
            continue;
        observe(list, value.local, *day, value.trimmedText());
    }
}

/// "1 Mo", "1.5 Month", "10 Yr" to BC_1MONTH, BC_1_5MONTH, BC_10YEAR.
std::optional<std::string> tenorOf(std::string_view header)
{
    const std::size_t blank = header.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    std::string number(header.substr(0, blank));
    for (char &c : number)
        if (c == '.')
            c = '_';
    const std::string_view unit = header.substr(blank + 1);
    if (unit == "Mo" || unit == "Month")
        return "BC_" + number + "MONTH";
    if (unit == "Yr" || unit == "Year")
        return "BC_" + number + "YEAR";
    return std::nullopt;
}

/// "01/02/2026", and ISO 8601 where the Treasury once changes its mind.
Result<Date> dateOf(std::string_view text)
{
    if (text.size() == 10 && text[2] == '/' && text[5] == '/')
        return parseDate(
            std::format("{}-{}-{}", text.substr(6), text.substr(0, 2), text.substr(3, 2)));
    return parseDate(text);
}

class CurveSink final : public formats::CsvSink {
public:
    explicit CurveSink(DraftList &list) : m_list(list) {}

    void row(const formats::CsvRow &row) override
    {
        if (m_tenors.empty()) {
            m_isTable = row.fields.front() == "Date";
            for (const std::string_view field : row.fields)
                m_tenors.push_back(tenorOf(field));
            return;
        }
        const auto day = dateOf(row.fields.front());
        if (!day)
            return m_list.reject(std::string(row.fields.front()), day.error().what);
        for (std::size_t i = 1; i < row.fields.size() && i < m_tenors.size(); ++i)
            if (m_tenors[i])
                observe(m_list, *m_tenors[i], *day, row.fields[i]);
    }
    void fault(const formats::CsvFault &fault) override
    {
        m_list.reject("line " + std::to_string(fault.line), fault.reason);
    }
    [[nodiscard]] bool isTable() const { return m_isTable; }

private:
    DraftList &m_list;
    std::vector<std::optional<std::string>> m_tenors;
    bool m_isTable = false;
};

} // namespace

Drafts readTreasuryXml(const connect::RawItem &item)
{
    DraftList list;
    bool isCurve = false;
    formats::XmlRecords records;
    records.isRecord = [&](formats::XmlName name, std::size_t depth) {
        isCurve |= depth == 1 && name.local == "feed";
        return name.local == "properties";
    };
    records.record = [&](const formats::XmlElement &element) { readProperties(list, element); };
    if (const auto done = formats::readXmlRecords(item.payload, records); !done)
        return std::unexpected(done.error());
    if (!isCurve)
        return fail(ErrorCode::InvalidInput, "the payload is no feed of yields");
    return list.take();
}

Drafts readTreasuryCsv(const connect::RawItem &item)
{
    DraftList list;
    CurveSink sink(list);
    formats::CsvReader reader;
    auto done = reader.push(item.payload, sink);
    if (done)
        done = reader.finish(sink);
    if (!done)
        return std::unexpected(done.error());
    if (!sink.isTable())
        return fail(ErrorCode::InvalidInput, "the payload is no table of yields");
    return list.take();
}

} // namespace chrona::prices
