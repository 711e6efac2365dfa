// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_writer.h"

#include "chrona/connect/draft.h"
#include "chrona/formats/json.h"
#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

std::string attributesJson(const schema::Attributes &attributes)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject();
    for (const schema::Attribute &attribute : attributes) {
        json.key(attribute.key);
        std::visit([&json](const auto &value) { json.value(value); }, attribute.value);
    }
    json.endObject();
    return text;
}

} // namespace

void EventWriter::begin()
{
    if (std::exchange(m_begun, true))
        return;
    if (m_format == QueryFormat::Csv)
        m_out
            << "type,title,observed_at,published_at,source_ref,lat,lon,region,confidence,severity,"
               "attributes,id,url,synthetic\n";
    else if (m_format == QueryFormat::GeoJson)
        m_out << R"({"type":"FeatureCollection","features":[)";
}

void EventWriter::write(const schema::Event &event)
{
    const bool first = !m_begun;
    begin();
    switch (m_format) {
    case QueryFormat::NdJson: m_out << connect::draftToJson(event) << "\n"; break;
    case QueryFormat::Csv: writeCsv(event); break;
    case QueryFormat::GeoJson:
        m_out << (first ? "\n" : ",\n");
        writeFeature(event);
        break;
    }
}

void EventWriter::finish()
{
    begin();
    if (m_format == QueryFormat::GeoJson)
        m_out << "\n]}\n";
}

void EventWriter::writeCsv(const schema::Event &event)
{
    std::string place = ",";
    if (event.geometry.kind != schema::Geometry::Kind::None) {
        const schema::GeoPoint anchor = schema::anchorOf(event.geometry);
        place = std::format("{},{}", anchor.latitude, anchor.longitude);
    }
    const auto &times = event.times;
    m_out << std::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", toString(event.type),
                         csvForeign(event.title), formatInstant(times.observedAt),
                         times.publishedAt ? formatInstant(*times.publishedAt) : std::string(),
                         csvForeign(event.sourceRef), place, csvField(event.region),
                         event.confidence, event.severity,
                         csvField(attributesJson(event.attributes)), event.id.value,
                         csvForeign(event.url), event.synthetic);
}

/// The canonical record as a feature: its geometry in front, everything else as properties.
void EventWriter::writeFeature(const schema::Event &event)
{
    const std::string record = connect::draftToJson(event);
    const auto parsed = formats::JsonDocument::parse(record);
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject().member("type", "Feature").member("id", std::to_string(event.id.value));
    const formats::JsonValue root = parsed ? parsed->root() : formats::JsonValue();
    json.key("geometry");
    if (root["geometry"].isNothing())
        json.null();
    else
        json.raw(root["geometry"].toJson());
    json.key("properties").beginObject();
    for (const auto &[name, value] : root.members())
        if (name != "geometry" && name != "type" && name != "id")
            json.key(name).raw(value.toJson());
    json.endObject().endObject();
    m_out << text;
}

} // namespace chrona::cli
