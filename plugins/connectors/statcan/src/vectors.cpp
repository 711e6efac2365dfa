// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/connect/payload.h"
#include "chrona/formats/period.h"
#include "chrona/formats/wall_clock.h"

#include <algorithm>
#include <format>
#include <limits>

namespace chrona::statcan {
namespace {

using connect::DraftList;
using connect::textOf;
using formats::JsonValue;

constexpr int kScaleMax = 12;

/// Times without a zone are Ottawa's.
std::optional<Instant> releasedAt(JsonValue json)
{
    const auto time = formats::parseWallTime(textOf(json["releaseTime"]));
    return time ? std::optional(formats::instantFrom(formats::kNewYork, *time)) : std::nullopt;
}

/// What the parts of an answer have in common: each may have failed by itself.
template <class Take> Drafts eachObject(JsonValue root, DraftList &list, Take take)
{
    const auto one = [&](JsonValue part) {
        const bool wrapped = !part["status"].isMissing();
        const JsonValue object = wrapped ? part["object"] : part;
        if (object.kind() == JsonValue::Kind::Object &&
            (!wrapped || part["status"].asString() == "SUCCESS"))
            return take(object);
        const std::string said = textOf(object);
        list.reject("",
                    "Statistics Canada says: " + (said.empty() ? textOf(part["status"]) : said));
    };
    if (root.kind() == JsonValue::Kind::Array)
        for (const JsonValue part : root.items())
            one(part);
    else if (root.kind() == JsonValue::Kind::Object)
        one(root);
    else
        return fail(ErrorCode::InvalidInput, "the payload is no answer of the Web Data Service");
    if (list.size() == 1 && root.kind() == JsonValue::Kind::Object) {
        auto drafts = list.take();
        if (const auto *rejected = std::get_if<connect::Rejected>(&drafts.front()))
            return fail(ErrorCode::InvalidInput, rejected->reason);
        return drafts;
    }
    return list.take();
}

void readPoint(DraftList &list, schema::SeriesId series, JsonValue point)
{
    const std::string stated = textOf(point["refPer"]);
    const auto day = parseDate(stated);
    if (!day)
        return list.reject(stated, "the reference period is no date");
    connect::StatedValue value{.observedAt = *day,
                               .value = std::numeric_limits<double>::quiet_NaN(),
                               .publishedAt = releasedAt(point)};
    if (!point["value"].isNothing() && textOf(point["value"]) != "") {
        const auto scale = point["scalarFactorCode"].asInteger().value_or(0);
        if (scale < 0 || scale > kScaleMax)
            return list.reject(stated, "the scalar factor is unknown");
        const auto number = scaled(textOf(point["value"]), static_cast<int>(scale));
        if (!number)
            return list.reject(stated, number.error().what);
        value.value = *number;
    }
    list.observe(series, value);
}

void readVector(DraftList &list, JsonValue object)
{
    const auto vector = object["vectorId"].asInteger();
    const JsonValue points = object["vectorDataPoint"];
    if (!vector || *vector <= 0 || points.kind() != JsonValue::Kind::Array)
        return list.reject(textOf(object["coordinate"]), "the vector has no id or no data points");
    schema::Series series;
    series.key = std::format("statcan:v{}", *vector);
    const std::string title = textOf(object["SeriesTitleEn"]);
    series.name = title.empty() ? std::format("Statistics Canada, table {}, {}",
                                              tableName(textOf(object["productId"])),
                                              textOf(object["coordinate"]))
                                : title;
    series.region = "CA";
    for (const JsonValue point : points.items()) {
        series.frequency = frequencyOf(point["frequencyCode"].asInteger().value_or(0));
        break;
    }
    const auto id = list.series(std::move(series));
    for (const JsonValue point : points.items())
        readPoint(list, id, point);
}

/// The same name from the list of a day and from a table's metadata: the second tells the title.
void addRelease(DraftList &list, JsonValue object, std::string title)
{
    const std::string product = textOf(object["productId"]);
    const auto at = releasedAt(object);
    if (product.empty() || !at)
        return list.reject(product, "the table has no number or no time of release");
    schema::Event event;
    event.type = schema::EventType::MacroRelease;
    event.sourceRef = std::format("table:{}:{}", product, textOf(object["releaseTime"]));
    event.title = title.empty() ? "Statistics Canada table " + tableName(product) + " released"
                                : std::move(title);
    event.times.observedAt = *at;
    event.times.publishedAt = *at;
    event.times.basis = schema::AvailabilityBasis::Stated;
    event.region = "CA";
    event.url = std::format("https://www150.statcan.gc.ca/t1/tbl1/en/tv.action?pid={}{}", product,
                            product.size() == 8 ? "01" : "");
    schema::set(event.attributes, "product_id", product);
    list.event(std::move(event));
}

} // namespace

std::string tableName(std::string_view productId)
{
    if (productId.size() < 8)
        return std::string(productId);
    return std::format("{}-{}-{}", productId.substr(0, 2), productId.substr(2, 2),
                       productId.substr(4, 4));
}

Result<double> scaled(std::string_view value, int exponent)
{
    if (auto plain = formats::parseNumber(value); !plain || exponent == 0)
        return plain;
    // Through the text, so that no digit appears that nobody wrote.
    if (const bool hasExponent = value.find_first_of("eE") != std::string_view::npos; !hasExponent)
        return formats::parseNumber(std::format("{}e{}", value, exponent));
    double factor = 1;
    for (int i = 0; i < exponent; ++i)
        factor *= 10;
    return formats::parseNumber(std::format("{}", *formats::parseNumber(value) * factor));
}

schema::Frequency frequencyOf(std::int64_t code)
{
    using schema::Frequency;
    switch (code) {
    case 1: return Frequency::Day;
    case 2: return Frequency::Week;
    case 6: return Frequency::Month;
    case 9: return Frequency::Quarter;
    case 12: return Frequency::Year;
    default: return Frequency::Irregular; // every two months, years, five years …
    }
}

Drafts readVectors(JsonValue root)
{
    DraftList list;
    return eachObject(root, list, [&](JsonValue object) { readVector(list, object); });
}

Drafts readCubeMetadata(JsonValue root)
{
    DraftList list;
    return eachObject(root, list, [&](JsonValue object) {
        addRelease(list, object, textOf(object["cubeTitleEn"]));
    });
}

Drafts readChangedCubes(JsonValue root)
{
    const JsonValue cubes = root["object"];
    if (cubes.kind() != JsonValue::Kind::Array) {
        const std::string said = textOf(cubes);
        return fail(ErrorCode::InvalidInput,
                    "Statistics Canada says: " + (said.empty() ? "no list of tables" : said));
    }
    DraftList list;
    for (const JsonValue cube : cubes.items())
        addRelease(list, cube, "");
    return list.take();
}

} // namespace chrona::statcan
