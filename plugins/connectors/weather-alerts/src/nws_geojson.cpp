// SPDX-License-Identifier: AGPL-3.0-or-later
#include "nws_geojson.h"

#include "alert_drafts.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/geo_feature.h"
#include "chrona/formats/json.h"
#include "chrona/formats/stated_time.h"

#include <format>

namespace chrona::alerts {
namespace {

using formats::JsonValue;

constexpr std::size_t kFeaturesMax = 50'000;

std::string text(JsonValue value)
{
    return std::string(value.asString().value_or(""));
}

/// One feature's properties as a CAP message, so that both are judged by one table. The first fault
/// of what every alert must have ends it.
class FeatureReader {
public:
    explicit FeatureReader(JsonValue feature)
        : m_feature(feature), m_properties(feature["properties"])
    {
    }

    std::vector<connect::Draft> read()
    {
        auto &cap = m_alert.cap;
        cap.identifier = text(m_properties["id"]);
        if (m_feature["type"].asString() != "Feature" || cap.identifier.empty())
            return rejected("it is not an alert: properties.id is missing");
        cap.sender = text(m_properties["sender"]);
        const auto sent = formats::readStatedTime(text(m_properties["sent"]));
        if (!sent)
            return rejected("properties.sent: " + sent.error().what);
        cap.sent = *sent;
        const auto status = formats::capStatusFrom(text(m_properties["status"]));
        const auto message = formats::capMessageFrom(text(m_properties["messageType"]));
        if (!status || !message)
            return rejected("properties.status or messageType is not one of CAP's words");
        cap.status = *status;
        cap.message = *message;
        cap.infos.push_back(readInfo());
        readReferences();
        readGeometry();
        m_alert.ends = time("ends");
        m_alert.url = text(m_properties["@id"]);
        return draftsOf(m_alert);
    }

private:
    std::vector<connect::Draft> rejected(std::string reason) const
    {
        std::string name = m_alert.cap.identifier;
        return {connect::Rejected{name.empty() ? text(m_feature["id"]) : name, std::move(reason)}};
    }

    formats::CapInfo readInfo()
    {
        formats::CapInfo info;
        info.language = text(m_properties["language"]);
        info.categories = {text(m_properties["category"])};
        info.event = text(m_properties["event"]);
        info.responses = {text(m_properties["response"])};
        info.urgency = word("urgency", formats::capUrgencyFrom);
        info.severity = word("severity", formats::capSeverityFrom);
        info.certainty = word("certainty", formats::capCertaintyFrom);
        info.effective = time("effective");
        info.onset = time("onset");
        info.expires = time("expires");
        info.senderName = text(m_properties["senderName"]);
        info.headline = text(m_properties["headline"]);
        info.description = text(m_properties["description"]);
        info.instruction = text(m_properties["instruction"]);
        info.web = text(m_properties["web"]);
        info.eventCodes = valuesOf(m_properties["eventCode"]);
        info.parameters = valuesOf(m_properties["parameters"]);
        formats::CapArea area;
        area.description = text(m_properties["areaDesc"]);
        area.geocodes = valuesOf(m_properties["geocode"]);
        info.areas.push_back(std::move(area));
        return info;
    }

    /// {"VTEC": ["…", "…"], "PIL": ["…"]}
    static std::vector<formats::CapValue> valuesOf(JsonValue lists)
    {
        std::vector<formats::CapValue> values;
        for (const auto &[name, list] : lists.members()) {
            if (const auto single = list.asString())
                values.push_back({std::string(name), std::string(*single)});
            for (const JsonValue value : list.items())
                values.push_back({std::string(name), text(value)});
        }
        return values;
    }

    void readReferences()
    {
        for (const JsonValue reference : m_properties["references"].items())
            m_alert.cap.references.push_back({text(reference["sender"]),
                                              text(reference["identifier"]),
                                              text(reference["sent"])});
    }

    /// Most alerts name zones and draw nothing.
    void readGeometry()
    {
        const JsonValue geometry = m_feature["geometry"];
        if (geometry.isNothing())
            return;
        auto document = formats::readGeoJson(geometry.toJson());
        if (document && document->faults.empty() && document->features.size() == 1)
            m_alert.geometry = std::move(document->features.front().geometry);
        else
            fault("geometry",
                  document ? schema::describe(document->faults) : document.error().what);
    }

    std::optional<Instant> time(std::string_view name)
    {
        const JsonValue value = m_properties[name];
        if (value.isNothing())
            return std::nullopt;
        const auto instant = formats::readStatedTime(text(value));
        if (instant)
            return *instant;
        fault(name, instant.error().what);
        return std::nullopt;
    }

    template <class Value>
    Value word(std::string_view name, std::optional<Value> (*readWord)(std::string_view))
    {
        const std::string stated = text(m_properties[name]);
        const auto known = readWord(stated);
        if (!known && !stated.empty())
            fault(name, std::format("\"{}\" is not one of CAP's words", stated.substr(0, 40)));
        return known.value_or(Value{});
    }

    void fault(std::string_view field, std::string reason)
    {
        m_alert.cap.faults.push_back({std::string(field), std::move(reason)});
    }

    JsonValue m_feature, m_properties;
    Alert m_alert;
};

void append(std::vector<connect::Draft> &all, std::vector<connect::Draft> more)
{
    for (connect::Draft &draft : more) {
        // One topic for all alerts of a payload is enough.
        const auto *entity = std::get_if<schema::Entity>(&draft);
        if (entity && !all.empty() && std::get_if<schema::Entity>(&all.front()) &&
            std::get<schema::Entity>(all.front()) == *entity)
            continue;
        all.push_back(std::move(draft));
    }
}

} // namespace

Result<std::vector<connect::Draft>> readNwsAlerts(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload, {.bytesMax = kPayloadBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    if (root["type"].asString() == "Feature")
        return FeatureReader(root).read();
    const JsonValue features = root["features"];
    if (root["type"].asString() != "FeatureCollection" || features.kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the payload is not a GeoJSON FeatureCollection");
    if (features.size() > kFeaturesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the payload has {} features, more than {}", features.size(),
                                kFeaturesMax));
    std::vector<connect::Draft> drafts;
    for (const JsonValue feature : features.items())
        append(drafts, FeatureReader(feature).read());
    return drafts;
}

Result<std::vector<connect::Draft>> readNwsPoint(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload, {.bytesMax = kPayloadBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    const JsonValue properties = root["properties"];
    const JsonValue coordinates = root["geometry"]["coordinates"];
    const JsonValue town = properties["relativeLocation"]["properties"];
    if (properties["gridId"].isNothing() || coordinates.size() != 2)
        return fail(ErrorCode::InvalidInput, "the payload is not an answer of /points");
    std::vector<double> place;
    for (const JsonValue number : coordinates.items())
        place.push_back(number.asDouble().value_or(1000));
    schema::Entity entity;
    entity.kind = schema::EntityKind::Location;
    entity.key = std::format("nws-point:{:.4f},{:.4f}", place[1], place[0]);
    entity.name = std::format("{}, {}", text(town["city"]), text(town["state"]));
    entity.location = schema::GeoPoint{place[0], place[1]};
    for (const char *key : {"gridId", "county", "forecastZone", "fireWeatherZone", "timeZone",
                            "radarStation", "forecastOffice"})
        if (const std::string value = text(properties[key]); !value.empty()) {
            std::string snake;
            for (const char *c = key; *c != 0; ++c)
                snake +=
                    *c < 'a' ? std::string("_") + static_cast<char>(*c + 32) : std::string(1, *c);
            connect::addText(entity.attributes, snake, value);
        }
    return std::vector<connect::Draft>{connect::checkedDraft(std::move(entity))};
}

} // namespace chrona::alerts
