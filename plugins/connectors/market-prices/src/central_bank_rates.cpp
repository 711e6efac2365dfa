// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/period.h"
#include "chrona/formats/wall_clock.h"
#include "chrona/formats/xml.h"

#include <algorithm>
#include <format>
#include <limits>

namespace chrona::prices {
namespace {

using connect::DraftList;
using formats::JsonValue;

bool isCurrency(std::string_view code)
{
    return code.size() == 3 &&
           std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Instant atClock(formats::Zone zone, Date day, Duration time)
{
    return formats::instantFrom(zone, formats::WallTime(day.time_since_epoch() + time));
}

void readDayOfRates(DraftList &list, const formats::XmlElement &cube)
{
    const auto day = parseDate(cube.attribute("time"));
    if (!day)
        return list.reject(std::string(cube.attribute("time")), "the day is no date");
    // About four o'clock in Frankfurt; a quarter more is on the safe side.
    const Instant published = atClock(*formats::zoneFrom("Europe/Berlin"), *day,
                                      std::chrono::hours(16) + std::chrono::minutes(15));
    for (const formats::XmlElement &rate : cube.children) {
        const std::string currency(rate.attribute("currency"));
        const auto value = formats::parseNumber(rate.attribute("rate"));
        if (!isCurrency(currency) || !value) {
            list.reject(currency + " " + formatDate(*day),
                        value ? "the currency has no code" : value.error().what);
            continue;
        }
        schema::Series series;
        series.key = "ecb:EUR" + currency;
        series.name = std::format("ECB reference rate, {} for one euro", currency);
        series.unit = currency + "/EUR";
        series.frequency = schema::Frequency::Day;
        series.vintageRule = schema::VintageRule::Final;
        list.observe(list.series(std::move(series)),
                     {.observedAt = *day, .value = *value, .assumedAt = published});
    }
}

/// FXUSDCAD and its likes are published at half past four of their day; of other groups no hour is
/// known.
bool isDailyRate(std::string_view name)
{
    return name.size() == 8 && name.starts_with("FX") && isCurrency(name.substr(2, 3)) &&
           isCurrency(name.substr(5));
}

schema::Series valetSeries(std::string_view name, JsonValue detail, const formats::Period &period)
{
    schema::Series series;
    series.key = "boc:" + std::string(name);
    const std::string label = connect::textOf(detail["label"]);
    series.name = label.empty() ? std::string(name) : label;
    series.frequency = period.frequency;
    series.region = "CA";
    if (isDailyRate(name)) {
        series.unit = std::format("{}/{}", name.substr(5), name.substr(2, 3));
        series.vintageRule = schema::VintageRule::Final;
    } else if (name.ends_with(".YLD") || label.contains("yield")) {
        series.unit = "percent";
    }
    return series;
}

void readValetDay(DraftList &list, JsonValue details, JsonValue observation)
{
    const std::string stated = connect::textOf(observation["d"]);
    const auto period = formats::parsePeriod(stated);
    if (!period)
        return list.reject(stated, period.error().what);
    const Date day = std::chrono::floor<std::chrono::days>(period->from);
    for (const formats::JsonMember &member : observation.members()) {
        if (member.name == "d")
            continue;
        const JsonValue text = member.value["v"];
        connect::StatedValue value{.observedAt = period->from,
                                   .value = std::numeric_limits<double>::quiet_NaN()};
        if (!text.isNothing() && text.asString() != "") {
            const auto number = connect::numberOf(text);
            if (!number) {
                list.reject(std::format("{} {}", member.name, stated), number.error().what);
                continue;
            }
            value.value = *number;
        }
        if (isDailyRate(member.name))
            value.assumedAt =
                atClock(formats::kNewYork, day, std::chrono::hours(16) + std::chrono::minutes(30));
        list.observe(list.series(valetSeries(member.name, details[member.name], *period)), value);
    }
}

} // namespace

Drafts readEcbRates(const connect::RawItem &item)
{
    DraftList list;
    bool isRates = false;
    formats::XmlRecords records;
    records.isRecord = [&](formats::XmlName name, std::size_t depth) {
        isRates |= depth == 1 && name.local == "Envelope";
        return depth == 3 && name.local == "Cube";
    };
    records.record = [&](const formats::XmlElement &cube) { readDayOfRates(list, cube); };
    if (const auto done = formats::readXmlRecords(item.payload, records); !done)
        return std::unexpected(done.error());
    if (!isRates)
        return fail(ErrorCode::InvalidInput, "the payload is no envelope of reference rates");
    return list.take();
}

Drafts readValet(const connect::RawItem &item)
{
    const auto document = connect::readJsonPayload(item.payload);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    if (const auto text = root["message"].asString(); text && root["observations"].isMissing())
        return fail(ErrorCode::InvalidInput, "Valet says: " + std::string(text->substr(0, 300)));
    if (root["observations"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload holds no observations");
    DraftList list;
    for (const JsonValue observation : root["observations"].items())
        readValetDay(list, root["seriesDetail"], observation);
    return list.take();
}

} // namespace chrona::prices
