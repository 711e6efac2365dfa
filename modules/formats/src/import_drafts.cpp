// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_drafts.h"

#include "chrona/formats/json.h"
#include "chrona/formats/json_writer.h"
#include "chrona/schema/calendar.h"
#include "chrona/schema/text.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::formats {
namespace {

namespace event_column {
enum : std::size_t {
    Type,
    Title,
    ObservedAt,
    PublishedAt,
    SourceRef,
    Lat,
    Lon,
    Region,
    Entities,
    Confidence,
    Severity,
    Attributes
};
}
namespace bar_column {
enum : std::size_t { Symbol, Date, Open, High, Low, Close, Volume, AdjustedClose, Currency };
}
namespace observation_column {
enum : std::size_t { Series, ObservedAt, Value, PublishedAt, Vintage, Unit, Region };
}
namespace quote_column {
enum : std::size_t { Venue, Symbol, ReceivedMs, ExchangeMs, Bid, Ask, Last, Size, Volume24h };
}

/// The backfill rule: what is imported today was not known only today.
schema::FactTimes factTimes(Instant observedAt, std::optional<StatedTime> published,
                            const ImportOptions &options)
{
    schema::FactTimes times;
    times.observedAt = observedAt;
    times.ingestedAt = options.importedAt;
    if (published) {
        // A bare date does not say when on that day; its end is safe for whatever is computed
        // later.
        constexpr Duration kToEndOfDay = std::chrono::days(1) - Duration{1};
        times.publishedAt = published->instant + (published->isDate ? kToEndOfDay : Duration{0});
        times.basis = schema::AvailabilityBasis::Stated;
    } else if (options.assumedLag) {
        times.basis = schema::AvailabilityBasis::Assumed;
        times.assumedLag = *options.assumedLag;
    }
    return times;
}

/// A name for machines: text without blanks.
void requireKey(ImportRow &row, std::size_t column)
{
    constexpr std::size_t kKeyBytesMax = 200;
    if (!row.require(column))
        return;
    if (std::string reason = schema::whyNotText(row.text(column), kKeyBytesMax); !reason.empty())
        row.fault(column, std::move(reason));
    else if (row.text(column).find_first_of(" \t\r\n") != std::string_view::npos)
        row.fault(column, "holds a blank");
}

schema::Attributes readAttributes(ImportRow &row, std::size_t column)
{
    schema::Attributes attributes;
    if (!row.has(column))
        return attributes;
    const auto document = JsonDocument::parse(row.text(column));
    if (!document || document->root().kind() != JsonValue::Kind::Object) {
        row.fault(column, "is not a JSON object");
        return attributes;
    }
    for (const auto [name, value] : document->root().members()) {
        using Kind = JsonValue::Kind;
        schema::AttributeValue typed;
        switch (value.kind()) {
        case Kind::Missing:
        case Kind::Null: continue;
        case Kind::Bool: typed = *value.asBool(); break;
        case Kind::Integer: typed = *value.asInteger(); break;
        case Kind::Double: typed = *value.asDouble(); break;
        case Kind::String: typed = std::string(*value.asString()); break;
        case Kind::Array:
        case Kind::Object: typed = value.toJson(); break;
        }
        if (!schema::set(attributes, name, std::move(typed)))
            row.fault(column, std::format("names '{}' twice", name.substr(0, 40)));
    }
    return attributes;
}

std::vector<std::string> splitEntities(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const auto name = trimmed(text.substr(0, end)); !name.empty())
            names.emplace_back(name);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

schema::Geometry readPlace(ImportRow &row, schema::Geometry geometry)
{
    using namespace event_column;
    const auto latitude = row.number(Lat);
    const auto longitude = row.number(Lon);
    if (row.has(Lat) != row.has(Lon))
        row.fault(row.has(Lat) ? Lon : Lat, "is missing while its partner is there");
    if (!latitude || !longitude)
        return geometry;
    const bool latitudeIsSound = std::abs(*latitude) <= 90;
    const bool longitudeIsSound = std::abs(*longitude) <= 180;
    if (!latitudeIsSound)
        row.fault(Lat, std::format("is {}, must be between -90 and 90", *latitude));
    if (!longitudeIsSound)
        row.fault(Lon, std::format("is {}, must be between -180 and 180", *longitude));
    if (!latitudeIsSound || !longitudeIsSound)
        return {};
    return schema::Geometry::at({*longitude, *latitude});
}

void appendPath(std::string &bytes, const std::vector<schema::GeoPoint> &path)
{
    bytes.append(reinterpret_cast<const char *>(path.data()), path.size() * sizeof path[0]);
    bytes += '|';
}

/// Of all that the row says, so that an import of the corrected file is seen as a revision.
Hash128 contentHashOf(const ImportRow &row, const schema::Geometry &geometry)
{
    std::string bytes;
    for (std::size_t column = 0; column < columnsOf(ImportKind::Events).size(); ++column) {
        bytes += std::to_string(row.text(column).size());
        bytes += ':';
        bytes += row.text(column);
    }
    appendPath(bytes, geometry.points);
    for (const auto &line : geometry.lines)
        appendPath(bytes, line);
    for (const schema::Polygon &polygon : geometry.areas) {
        for (const schema::Ring &ring : polygon)
            appendPath(bytes, ring);
    }
    return hashOf({bytes});
}

float shareOr(ImportRow &row, std::size_t column, float otherwise)
{
    return static_cast<float>(row.number(column).value_or(otherwise));
}

} // namespace

std::optional<EventDraft> readEvent(ImportRow &row, const ImportOptions &options,
                                    schema::Geometry geometry, const std::string &featureId)
{
    using namespace event_column;
    EventDraft draft;
    schema::Event &event = draft.event;
    if (row.require(Type)) {
        const auto type = schema::eventTypeFrom(row.text(Type));
        if (!type)
            row.fault(Type, std::format("is '{}', which is no type of event",
                                        row.text(Type).substr(0, 40)));
        event.type = type.value_or(schema::EventType::Other);
    }
    event.title = row.text(Title);
    const auto published = row.time(PublishedAt);
    if (const auto observed = row.time(ObservedAt))
        event.times = factTimes(observed->instant, published, options);
    else if (!row.has(ObservedAt))
        row.fault(ObservedAt, "is missing");
    event.geometry = readPlace(row, std::move(geometry));
    event.region = row.text(Region);
    event.source = options.source;
    event.sourceRef = row.has(SourceRef) ? row.text(SourceRef) : std::string_view(featureId);
    event.confidence = shareOr(row, Confidence, 1);
    event.severity = shareOr(row, Severity, 0);
    event.attributes = readAttributes(row, Attributes);
    event.synthetic = options.synthetic;
    draft.entities = splitEntities(row.text(Entities));
    if (draft.entities.size() > 500)
        row.fault(Entities, "are more than 500");
    row.faults(schema::validate(event));
    if (!row.isSound())
        return std::nullopt;
    event.contentHash = contentHashOf(row, event.geometry);
    event.id = schema::eventIdFor(event);
    return draft;
}

namespace {

/// The day of a daily bar: a bare date, or its midnight as some programs write it.
std::optional<Date> readBarDate(ImportRow &row)
{
    using bar_column::Date;
    if (!row.require(Date))
        return std::nullopt;
    const auto time = row.time(Date);
    if (!time)
        return std::nullopt;
    const auto day = std::chrono::floor<std::chrono::days>(time->instant);
    if (time->instant != Instant(day)) {
        row.fault(Date, "is a time of day; a daily bar has a bare date");
        return std::nullopt;
    }
    return day;
}

std::optional<schema::Session> sessionOfBar(ImportRow &row, const std::string &symbol,
                                            chrona::Date day, std::string_view calendarCode,
                                            bool isKnown)
{
    const auto calendar = schema::calendarFrom(calendarCode);
    if (!calendar) {
        row.fault(
            bar_column::Symbol,
            std::format("{} trades by the calendar '{}', which is unknown", symbol, calendarCode));
        return std::nullopt;
    }
    const auto closure = schema::closureOn(*calendar, day);
    // Where the calendar is only a guess, a day on which it has no trading proves the guess wrong
    // and not the row.
    if (!closure.empty() && isKnown) {
        row.fault(bar_column::Date, std::format("{} had no trading on {}: {}", calendarCode,
                                                formatDate(day), closure));
        return std::nullopt;
    }
    return schema::ordinarySessionOn(*calendar, day);
}

} // namespace

std::optional<BarDraft> readBar(ImportRow &row, const ImportOptions &options)
{
    using namespace bar_column;
    BarDraft draft;
    draft.symbol = row.text(Symbol);
    draft.currency = row.text(Currency);
    requireKey(row, Symbol);
    const auto known = options.calendars.find(draft.symbol);
    const bool isKnown = known != options.calendars.end();
    draft.calendar = isKnown ? known->second : options.defaultCalendar;
    schema::PriceBar &bar = draft.bar;
    bar.instrument = schema::instrumentIdFor(draft.symbol);
    if (const auto day = readBarDate(row)) {
        if (const auto session = sessionOfBar(row, draft.symbol, *day, draft.calendar, isKnown)) {
            bar.opensAt = session->opensAt;
            bar.times = factTimes(session->closesAt, std::nullopt, options);
        }
    }
    bar.open = row.numberOrNan(Open);
    bar.high = row.numberOrNan(High);
    bar.low = row.numberOrNan(Low);
    bar.close = row.require(Close) ? row.numberOrNan(Close) : 0;
    bar.volume = row.numberOrNan(Volume);
    bar.adjustedClose = row.numberOrNan(AdjustedClose);
    const bool isCode =
        draft.currency.size() == 3 &&
        std::ranges::all_of(draft.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (row.has(Currency) && !isCode)
        row.fault(Currency, "is not an ISO 4217 code");
    if (row.isSound())
        row.faults(schema::validate(bar));
    return row.isSound() ? std::optional(std::move(draft)) : std::nullopt;
}

std::optional<ObservationDraft> readObservation(ImportRow &row, const ImportOptions &options)
{
    using namespace observation_column;
    ObservationDraft draft;
    draft.series = row.text(Series);
    draft.unit = row.text(Unit);
    draft.region = row.text(Region);
    requireKey(row, Series);
    row.require(ObservedAt);
    const auto published = row.time(PublishedAt);
    // A vintage says since when the value was known, as a release date does.
    const auto vintage = row.time(Vintage);
    schema::Observation &observation = draft.observation;
    observation.series = schema::seriesIdFor(draft.series);
    observation.value = row.numberOrNan(Value);
    if (const auto observed = row.time(ObservedAt))
        observation.times = factTimes(observed->instant, published ? published : vintage, options);
    if (!row.isSound())
        return std::nullopt;
    // The series as the service will make it: its unit and region must hold as well.
    schema::Series series;
    series.key = series.name = draft.series;
    series.id = observation.series;
    series.unit = draft.unit;
    series.region = draft.region;
    row.faults(schema::validate(series));
    row.faults(schema::validate(observation));
    return row.isSound() ? std::optional(std::move(draft)) : std::nullopt;
}

std::optional<schema::Quote> readQuote(ImportRow &row)
{
    using namespace quote_column;
    // Far from where milliseconds would overflow as microseconds.
    constexpr std::int64_t kMillisecondsMax = 253'402'300'799'999; // end of the year 9999
    const auto moment = [&](std::size_t column) {
        auto value = row.integer(column);
        if (value && (*value < 0 || *value > kMillisecondsMax)) {
            row.fault(column, std::format("is {}, no time in milliseconds since 1970", *value));
            value.reset();
        }
        return Instant(std::chrono::milliseconds(value.value_or(0)));
    };
    schema::Quote quote;
    quote.venue = row.text(Venue);
    quote.symbol = row.text(Symbol);
    row.require(ReceivedMs);
    quote.receivedAt = moment(ReceivedMs);
    quote.exchangeAt = row.has(ExchangeMs) ? moment(ExchangeMs) : quote.receivedAt;
    quote.bid = row.numberOrNan(Bid);
    quote.ask = row.numberOrNan(Ask);
    quote.last = row.numberOrNan(Last);
    quote.size = row.numberOrNan(Size);
    quote.volume24h = row.numberOrNan(Volume24h);
    if (row.isSound())
        row.faults(schema::validate(quote));
    return row.isSound() ? std::optional(std::move(quote)) : std::nullopt;
}

std::string propertyText(const schema::Attributes &properties, std::string_view name)
{
    const schema::AttributeValue *value = schema::find(properties, name);
    if (value == nullptr)
        return {};
    if (const auto *text = std::get_if<std::string>(value))
        return *text;
    std::string json;
    JsonWriter writer(json);
    std::visit([&writer](const auto &content) { writer.value(content); }, *value);
    return json;
}

std::optional<schema::Boundary> readBoundary(ImportRow &row, const ImportOptions &options,
                                             GeoFeature feature, std::string set)
{
    schema::Boundary boundary;
    boundary.set = std::move(set);
    const std::string idPath =
        options.idProperty.empty() ? "id" : std::format("properties.{}", options.idProperty);
    boundary.code = options.idProperty.empty()
                        ? feature.id
                        : propertyText(feature.properties, options.idProperty);
    boundary.code = trimmed(boundary.code);
    if (boundary.code.empty())
        row.fault(idPath, "is missing");
    const std::string nameProperty = options.nameProperty.empty() ? "name" : options.nameProperty;
    boundary.name = trimmed(propertyText(feature.properties, nameProperty));
    if (boundary.name.empty() && options.nameProperty.empty())
        boundary.name = boundary.code;
    else if (boundary.name.empty())
        row.fault(std::format("properties.{}", nameProperty), "is missing");
    if (feature.geometry.kind != schema::Geometry::Kind::Areas)
        row.fault(std::string("geometry"), "is no area");
    if (!row.isSound())
        return std::nullopt;
    boundary.id = schema::boundaryIdFor(boundary.set, boundary.code);
    boundary.labelAt = schema::anchorOf(feature.geometry);
    boundary.areas = std::move(feature.geometry.areas);
    row.faults(schema::validate(boundary));
    return row.isSound() ? std::optional(std::move(boundary)) : std::nullopt;
}

} // namespace chrona::formats
