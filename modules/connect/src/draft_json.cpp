// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/draft.h"

#include "json_writer.h"

#include "chrona/base/hash.h"

#include <algorithm>

namespace chrona::connect {
namespace {

template <class Tag> std::string idText(Id<Tag> id)
{
    return std::to_string(id.value);
}

void writeInstant(JsonWriter &json, std::string_view key, std::optional<Instant> value)
{
    json.key(key);
    if (value)
        json.text(formatInstant(*value));
    else
        json.null();
}

std::string_view nameOf(schema::AvailabilityBasis basis)
{
    switch (basis) {
    case schema::AvailabilityBasis::Stated: return "stated";
    case schema::AvailabilityBasis::Assumed: return "assumed";
    case schema::AvailabilityBasis::Measured: break;
    }
    return "measured";
}

std::string_view nameOf(schema::EventState state)
{
    switch (state) {
    case schema::EventState::Revised: return "revised";
    case schema::EventState::Retracted: return "retracted";
    case schema::EventState::Active: break;
    }
    return "active";
}

std::string_view nameOf(schema::VintageRule rule)
{
    switch (rule) {
    case schema::VintageRule::Final: return "final";
    case schema::VintageRule::Rebased: return "rebased";
    case schema::VintageRule::Revised: break;
    }
    return "revised";
}

void writeTimes(JsonWriter &json, const schema::FactTimes &times)
{
    writeInstant(json, "observed_at", times.observedAt);
    writeInstant(json, "published_at", times.publishedAt);
    writeInstant(json, "ingested_at",
                 times.ingestedAt == Instant{} ? std::nullopt : std::optional(times.ingestedAt));
    json.key("basis").text(nameOf(times.basis));
    json.key("assumed_lag_s").number(std::chrono::duration<double>(times.assumedLag).count());
}

void writeAttributes(JsonWriter &json, const schema::Attributes &attributes)
{
    json.key("attributes").beginObject();
    for (const auto &attribute : attributes) {
        json.key(attribute.key);
        std::visit(
            [&json](const auto &value) {
                using Value = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<Value, bool>)
                    json.boolean(value);
                else if constexpr (std::is_same_v<Value, std::int64_t>)
                    json.integer(value);
                else if constexpr (std::is_same_v<Value, double>)
                    json.number(value);
                else
                    json.text(value);
            },
            attribute.value);
    }
    json.endObject();
}

void writePoint(JsonWriter &json, schema::GeoPoint point)
{
    json.beginArray();
    json.number(point.longitude);
    json.number(point.latitude);
    json.endArray();
}

void writePoints(JsonWriter &json, const std::vector<schema::GeoPoint> &points)
{
    json.beginArray();
    for (const auto point : points)
        writePoint(json, point);
    json.endArray();
}

void writeAreas(JsonWriter &json, const schema::MultiPolygon &areas)
{
    json.beginArray();
    for (const auto &polygon : areas) {
        json.beginArray();
        for (const auto &ring : polygon)
            writePoints(json, ring);
        json.endArray();
    }
    json.endArray();
}

/// As GeoJSON: always the multi form, so that readers have one case a kind.
void writeGeometry(JsonWriter &json, const schema::Geometry &geometry)
{
    using Kind = schema::Geometry::Kind;
    json.key("geometry");
    if (geometry.kind == Kind::None) {
        json.null();
        return;
    }
    json.beginObject();
    if (geometry.kind == Kind::Point && geometry.points.size() == 1) {
        json.key("type").text("Point");
        writePoint(json.key("coordinates"), geometry.points.front());
    } else if (geometry.kind == Kind::Point) {
        json.key("type").text("MultiPoint");
        writePoints(json.key("coordinates"), geometry.points);
    } else if (geometry.kind == Kind::Lines) {
        json.key("type").text("MultiLineString");
        json.key("coordinates").beginArray();
        for (const auto &line : geometry.lines)
            writePoints(json, line);
        json.endArray();
    } else {
        json.key("type").text("MultiPolygon");
        writeAreas(json.key("coordinates"), geometry.areas);
    }
    json.endObject();
}

void writeEntityLinks(JsonWriter &json, const std::vector<schema::EventEntity> &entities)
{
    json.key("entities").beginArray();
    for (const auto &link : entities) {
        json.beginObject();
        json.key("entity").text(idText(link.entity));
        json.key("role").text(toString(link.role));
        json.key("weight").number(link.weight);
        json.endObject();
    }
    json.endArray();
}

void writeFields(JsonWriter &json, const schema::Event &event)
{
    json.key("id").text(idText(event.id));
    json.key("event_type").text(toString(event.type));
    json.key("category").text(toString(categoryOf(event.type)));
    json.key("title").text(event.title);
    json.key("summary").text(event.summary);
    writeTimes(json, event.times);
    writeInstant(json, "ends_at", event.endsAt);
    writeGeometry(json, event.geometry);
    json.key("region").text(event.region);
    writeEntityLinks(json, event.entities);
    json.key("source").text(idText(event.source));
    json.key("source_ref").text(event.sourceRef);
    json.key("url").text(event.url);
    json.key("content_hash").text(toHex(event.contentHash.bytes));
    json.key("confidence").number(event.confidence);
    json.key("severity").number(event.severity);
    writeAttributes(json, event.attributes);
    json.key("state").text(nameOf(event.state));
    json.key("revision").integer(event.revision);
    json.key("synthetic").boolean(event.synthetic);
}

void writeFields(JsonWriter &json, const schema::Observation &observation)
{
    json.key("series").text(idText(observation.series));
    writeTimes(json, observation.times);
    json.key("value").number(observation.value);
}

void writeFields(JsonWriter &json, const schema::PriceBar &bar)
{
    json.key("instrument").text(idText(bar.instrument));
    json.key("frequency").text(toString(bar.frequency));
    writeInstant(json, "opens_at", bar.opensAt);
    writeTimes(json, bar.times);
    json.key("open").number(bar.open);
    json.key("high").number(bar.high);
    json.key("low").number(bar.low);
    json.key("close").number(bar.close);
    json.key("volume").number(bar.volume);
    json.key("adjusted_close").number(bar.adjustedClose);
}

void writeFields(JsonWriter &json, const schema::Quote &quote)
{
    json.key("venue").text(quote.venue);
    json.key("symbol").text(quote.symbol);
    writeInstant(json, "received_at", quote.receivedAt);
    writeInstant(json, "exchange_at", quote.exchangeAt);
    json.key("bid").number(quote.bid);
    json.key("ask").number(quote.ask);
    json.key("last").number(quote.last);
    json.key("size").number(quote.size);
    json.key("volume_24h").number(quote.volume24h);
}

void writeFields(JsonWriter &json, const schema::Entity &entity)
{
    json.key("id").text(idText(entity.id));
    json.key("kind").text(toString(entity.kind));
    json.key("key").text(entity.key);
    json.key("name").text(entity.name);
    json.key("aliases").beginArray();
    for (const auto &alias : entity.aliases)
        json.text(alias);
    json.endArray();
    json.key("external_ids").beginArray();
    for (const auto &external : entity.externalIds) {
        json.beginObject();
        json.key("scheme").text(external.scheme);
        json.key("value").text(external.value);
        json.endObject();
    }
    json.endArray();
    json.key("location");
    if (entity.location)
        writePoint(json, *entity.location);
    else
        json.null();
    writeAttributes(json, entity.attributes);
    json.key("synthetic").boolean(entity.synthetic);
}

void writeFields(JsonWriter &json, const schema::Series &series)
{
    json.key("id").text(idText(series.id));
    json.key("key").text(series.key);
    json.key("name").text(series.name);
    json.key("unit").text(series.unit);
    json.key("frequency").text(toString(series.frequency));
    json.key("region").text(series.region);
    json.key("vintage_rule").text(nameOf(series.vintageRule));
    json.key("source").text(idText(series.source));
    json.key("metric").text(series.metric);
    json.key("synthetic").boolean(series.synthetic);
}

void writeFields(JsonWriter &json, const schema::Instrument &instrument)
{
    json.key("id").text(idText(instrument.id));
    json.key("symbol").text(instrument.symbol);
    json.key("name").text(instrument.name);
    json.key("instrument_class").text(toString(instrument.instrumentClass));
    json.key("currency").text(instrument.currency);
    json.key("calendar").text(instrument.calendar);
    json.key("entity").text(idText(instrument.entity));
    json.key("is_target").boolean(instrument.isTarget);
    json.key("synthetic").boolean(instrument.synthetic);
}

void writeFields(JsonWriter &json, const Rejected &rejected)
{
    json.key("source_ref").text(rejected.sourceRef);
    json.key("reason").text(rejected.reason);
}

} // namespace

std::string_view typeOf(const Draft &draft)
{
    struct Names {
        std::string_view operator()(const schema::Event &) const { return "event"; }
        std::string_view operator()(const schema::Observation &) const { return "observation"; }
        std::string_view operator()(const schema::PriceBar &) const { return "bar"; }
        std::string_view operator()(const schema::Quote &) const { return "quote"; }
        std::string_view operator()(const schema::Entity &) const { return "entity"; }
        std::string_view operator()(const schema::Series &) const { return "series"; }
        std::string_view operator()(const schema::Instrument &) const { return "instrument"; }
        std::string_view operator()(const Rejected &) const { return "rejected"; }
    };
    return std::visit(Names{}, draft);
}

std::string draftToJson(const Draft &draft)
{
    JsonWriter json;
    json.beginObject();
    json.key("type").text(typeOf(draft));
    std::visit([&json](const auto &value) { writeFields(json, value); }, draft);
    json.endObject();
    return json.take();
}

} // namespace chrona::connect
