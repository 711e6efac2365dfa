// SPDX-License-Identifier: AGPL-3.0-or-later
#include "natural_event.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/geo_feature.h"
#include "chrona/formats/stated_time.h"

#include <algorithm>
#include <array>
#include <format>
#include <utility>

namespace chrona::eonet {
namespace {

using formats::JsonValue;
using schema::EventType;

constexpr std::size_t kTrackPointsMax = 10'000;

constexpr std::array<std::pair<std::string_view, EventType>, 6> kTypes{
    {{"wildfires", EventType::Wildfire},
     {"volcanoes", EventType::Volcano},
     {"severeStorms", EventType::TropicalCyclone},
     {"floods", EventType::Flood},
     {"earthquakes", EventType::Earthquake},
     {"snow", EventType::WeatherAlert}}};

std::string text(JsonValue value)
{
    return std::string(value.asString().value_or(""));
}

class Reader {
public:
    explicit Reader(JsonValue event) : m_json(event) {}

    connect::Draft read()
    {
        m_event.sourceRef = text(m_json["id"]);
        m_event.title = connect::cutText(text(m_json["title"]), 1000);
        m_event.summary = connect::cutText(text(m_json["description"]), 16'000);
        m_event.url = connect::webAddress(text(m_json["link"]));
        m_event.confidence = 0.9F;
        if (m_event.sourceRef.empty())
            fault("id is missing");
        readCategory();
        readTrack();
        readEnd();
        readSources();
        if (!m_fault.empty())
            return connect::Rejected{m_event.sourceRef, m_fault};
        return connect::checkedDraft(std::move(m_event));
    }

private:
    void fault(std::string reason)
    {
        if (m_fault.empty())
            m_fault = std::move(reason);
    }

    void readCategory()
    {
        m_event.type = EventType::Disaster;
        std::string names;
        for (const JsonValue category : m_json["categories"].items()) {
            const std::string id = text(category["id"]);
            names += (names.empty() ? "" : " ") + id;
            for (const auto &[known, type] : kTypes)
                if (known == id)
                    m_event.type = type;
        }
        connect::addText(m_event.attributes, "categories", names);
    }

    /// A track in time: one point, a line through several, or areas.
    void readTrack()
    {
        const JsonValue track = m_json["geometry"];
        if (track.size() == 0 || track.size() > kTrackPointsMax)
            return fault(std::format("geometry is not a list of 1 to {} places", kTrackPointsMax));
        std::vector<schema::GeoPoint> points;
        for (const JsonValue step : track.items()) {
            const auto time = formats::readStatedTime(text(step["date"]));
            if (!time)
                return fault("geometry.date: " + time.error().what);
            m_first = std::min(m_first.value_or(*time), *time);
            m_last = std::max(m_last.value_or(*time), *time);
            if (!readPlace(step, points))
                return;
            readMagnitude(step);
        }
        m_event.times.observedAt = *m_first;
        m_event.times.publishedAt = *m_last;
        if (m_event.geometry.kind != schema::Geometry::Kind::None)
            return;
        if (points.size() == 1) {
            m_event.geometry = schema::Geometry::at(points.front());
        } else {
            m_event.geometry.kind = schema::Geometry::Kind::Lines;
            m_event.geometry.lines = {std::move(points)};
        }
    }

    /// False after a fault.
    bool readPlace(JsonValue step, std::vector<schema::GeoPoint> &points)
    {
        const auto document = formats::readGeoJson(step.toJson());
        if (!document || !document->faults.empty() || document->features.size() != 1) {
            fault("geometry: " +
                  (document ? schema::describe(document->faults) : document.error().what));
            return false;
        }
        const schema::Geometry &place = document->features.front().geometry;
        if (place.kind == schema::Geometry::Kind::Point)
            points.push_back(place.points.front());
        else
            m_event.geometry = place; // the latest area stands for the event
        return true;
    }

    void readMagnitude(JsonValue step)
    {
        const JsonValue value = step["magnitudeValue"];
        if (value.isNothing())
            return;
        const auto magnitude = value.asDouble();
        if (!magnitude)
            return fault("magnitudeValue is not a number");
        connect::addNumber(m_event.attributes, "magnitude", magnitude);
        connect::addText(m_event.attributes, "magnitude_unit", text(step["magnitudeUnit"]));
        m_event.severity = std::max(m_event.severity, severityOf(*magnitude, step));
    }

    /// Storms in knots by the Saffir–Simpson steps, fires in acres; other units say nothing
    /// comparable.
    static float severityOf(double magnitude, JsonValue step)
    {
        const std::string unit = text(step["magnitudeUnit"]);
        const double full = unit == "kts" ? 140 : unit == "acres" ? 500'000 : 0;
        return full > 0 ? static_cast<float>(std::clamp(magnitude / full, 0.0, 1.0)) : 0.0F;
    }

    void readEnd()
    {
        const JsonValue closed = m_json["closed"];
        if (closed.isNothing())
            return;
        const auto time = formats::readStatedTime(text(closed));
        if (!time)
            return fault("closed: " + time.error().what);
        m_event.endsAt = *time;
    }

    void readSources()
    {
        std::string ids;
        for (const JsonValue source : m_json["sources"].items())
            ids += (ids.empty() ? "" : " ") + text(source["id"]);
        connect::addText(m_event.attributes, "sources", ids);
    }

    JsonValue m_json;
    schema::Event m_event;
    std::optional<Instant> m_first, m_last;
    std::string m_fault;
};

} // namespace

connect::Draft readNaturalEvent(formats::JsonValue event)
{
    return Reader(event).read();
}

} // namespace chrona::eonet
