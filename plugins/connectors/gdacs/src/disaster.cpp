// SPDX-License-Identifier: AGPL-3.0-or-later
#include "disaster.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/cap.h"
#include "chrona/formats/stated_time.h"

#include <array>
#include <format>
#include <utility>

namespace chrona::gdacs {
namespace {

using formats::XmlElement;
using schema::EventType;

constexpr std::string_view kGdacs = "http://www.gdacs.org";
constexpr std::string_view kGeo = "http://www.w3.org/2003/01/geo/wgs84_pos#";
constexpr std::string_view kGeoRss = "http://www.georss.org/georss";

constexpr std::array<std::pair<std::string_view, EventType>, 7> kTypes{
    {{"EQ", EventType::Earthquake},
     {"TC", EventType::TropicalCyclone},
     {"FL", EventType::Flood},
     {"VO", EventType::Volcano},
     {"DR", EventType::Disaster},
     {"WF", EventType::Wildfire},
     {"TS", EventType::Disaster}}};

class Reader {
public:
    explicit Reader(const XmlElement &item) : m_item(item) {}

    connect::Draft read()
    {
        readIdentity();
        readTimes();
        readPlace();
        readWeight();
        readDetails();
        if (!m_fault.empty())
            return connect::Rejected{m_event.sourceRef,
                                     std::format("line {}: {}", m_item.place.line, m_fault)};
        return connect::checkedDraft(std::move(m_event));
    }

private:
    [[nodiscard]] std::string_view gdacs(std::string_view local) const
    {
        return m_item.childText(formats::XmlName{kGdacs, local});
    }

    void fault(std::string reason)
    {
        if (m_fault.empty())
            m_fault = std::move(reason);
    }

    /// Episodes of one event share its name and are revisions of it.
    void readIdentity()
    {
        const std::string_view type = gdacs("eventtype");
        const std::string_view id = gdacs("eventid");
        m_event.sourceRef = m_item.childText("guid");
        if (m_event.sourceRef.empty() && !id.empty())
            m_event.sourceRef = std::string(type) + std::string(id);
        if (type.empty() || id.empty())
            return fault("gdacs:eventtype or gdacs:eventid is missing");
        m_event.type = EventType::Disaster;
        for (const auto &[code, known] : kTypes)
            if (code == type)
                m_event.type = known;
        m_event.title = connect::cutText(m_item.childText("title"), 1000);
        m_event.summary = connect::cutText(m_item.childText("description"), 16'000);
        m_event.url = connect::webAddress(m_item.childText("link"));
    }

    std::optional<Instant> time(std::string_view name, std::string_view text)
    {
        if (text.empty())
            return std::nullopt;
        const auto instant = formats::readStatedTime(text);
        if (instant)
            return *instant;
        fault(std::format("{}: {}", name, instant.error().what));
        return std::nullopt;
    }

    void readTimes()
    {
        const auto published = time("pubDate", m_item.childText("pubDate"));
        const auto from = time("gdacs:fromdate", gdacs("fromdate"));
        if (!from && !published)
            return fault("gdacs:fromdate and pubDate are missing");
        m_event.times.observedAt = from.value_or(published.value_or(Instant{}));
        m_event.times.publishedAt = published;
        m_event.endsAt = time("gdacs:todate", gdacs("todate"));
    }

    /// A bounding box alone says too little: a cyclone's spans an ocean.
    void readPlace()
    {
        if (const XmlElement *point = m_item.child(formats::XmlName{kGeo, "Point"}))
            return setPoint(
                std::format("{},{}", point->childText("lat"), point->childText("long")));
        if (const auto text = m_item.childText(formats::XmlName{kGeoRss, "point"}); !text.empty())
            return setPoint(text);
        const auto polygon = m_item.childText(formats::XmlName{kGeoRss, "polygon"});
        if (polygon.empty())
            return fault("it has neither a point nor a polygon");
        auto ring = formats::readCapPolygon(polygon);
        if (!ring)
            return fault("georss:polygon " + ring.error().what);
        m_event.geometry.kind = schema::Geometry::Kind::Areas;
        m_event.geometry.areas = {{std::move(*ring)}};
    }

    void setPoint(std::string_view text)
    {
        const auto place = formats::readCapCircle(std::string(text) + " 0");
        if (!place)
            return fault("the point " + place.error().what);
        m_event.geometry = schema::Geometry::at(place->centre);
    }

    void number(std::string_view key, std::string_view text)
    {
        if (text.empty())
            return;
        const auto value = connect::numberFrom(text);
        if (!value)
            return fault(std::format("{} is not a number", key));
        connect::addNumber(m_event.attributes, key, value);
    }

    void readWeight()
    {
        const std::string_view level = gdacs("alertlevel");
        m_event.severity = severityOf(level);
        auto &attributes = m_event.attributes;
        connect::addText(attributes, "alert_level", level);
        connect::addText(attributes, "episode_alert_level", gdacs("episodealertlevel"));
        number("alert_score", gdacs("alertscore"));
        number("episode_alert_score", gdacs("episodealertscore"));
        // What the publisher drafts by machine and has not looked at yet.
        m_event.confidence = gdacs("temporary") == "true" ? 0.5F : 0.9F;
    }

    /// <gdacs:severity unit="km/h" value="92.6">Tropical Storm …</gdacs:severity>
    void measured(std::string_view key)
    {
        const XmlElement *element = m_item.child(formats::XmlName{kGdacs, key});
        if (element == nullptr)
            return;
        const std::string name(key);
        number(name + "_value", element->attribute("value"));
        connect::addText(m_event.attributes, name + "_unit", element->attribute("unit"));
        connect::addText(m_event.attributes, name + "_text", element->trimmedText());
    }

    void readDetails()
    {
        auto &attributes = m_event.attributes;
        connect::addText(attributes, "event_id", gdacs("eventid"));
        connect::addText(attributes, "episode_id", gdacs("episodeid"));
        connect::addText(attributes, "gdacs_type", gdacs("eventtype"));
        connect::addText(attributes, "event_name", gdacs("eventname"));
        connect::addText(attributes, "glide", gdacs("glide"));
        connect::addText(attributes, "country", gdacs("country"));
        connect::addText(attributes, "iso3", gdacs("iso3"));
        connect::addText(attributes, "bbox", gdacs("bbox"));
        connect::addText(attributes, "cap", gdacs("cap"));
        measured("severity");
        measured("population");
        measured("vulnerability");
        if (const auto current = gdacs("iscurrent"); !current.empty())
            schema::set(attributes, "is_current", current == "true");
        m_event.entities.push_back({disasterTopic().id, schema::EntityRole::Topic, 1});
    }

    const XmlElement &m_item;
    schema::Event m_event;
    std::string m_fault;
};

} // namespace

schema::Entity disasterTopic()
{
    return connect::topicEntity("disaster", "Disaster");
}

float severityOf(std::string_view alertLevel)
{
    if (alertLevel == "Red")
        return 0.95F;
    if (alertLevel == "Orange")
        return 0.6F;
    return alertLevel == "Green" ? 0.25F : 0.0F;
}

connect::Draft readDisaster(const formats::XmlElement &item)
{
    return Reader(item).read();
}

} // namespace chrona::gdacs
