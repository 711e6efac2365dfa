// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_drafts.h"

#include "alert_places.h"

#include "chrona/connect/draft_list.h"

#include <algorithm>
#include <array>
#include <format>
#include <utility>

namespace chrona::alerts {
namespace {

using connect::addText;
using formats::CapAlert;
using formats::CapInfo;
using schema::EventType;

constexpr std::size_t kTitleBytesMax = 1000;
constexpr std::size_t kSummaryBytesMax = 16'000;

bool isEnglish(const CapInfo &info)
{
    return info.language.empty() || info.language.starts_with("en");
}

/// The blocks that say the same alert in the language that is shown: English where there is one,
/// else the first. A message may hold several of one language for areas of different severity.
std::vector<const CapInfo *> shownInfos(const CapAlert &alert)
{
    std::vector<const CapInfo *> shown;
    if (alert.infos.empty())
        return shown;
    auto chosen = std::ranges::find_if(alert.infos, isEnglish);
    if (chosen == alert.infos.end())
        chosen = alert.infos.begin();
    for (const CapInfo &info : alert.infos)
        if (info.language == chosen->language)
            shown.push_back(&info);
    // The gravest first: it gives title, times and words.
    std::ranges::stable_sort(shown, std::ranges::greater{},
                             [](const CapInfo *info) { return info->severity; });
    return shown;
}

/// Words of what shook, in the language that is shown.
EventType geologicalType(std::string_view event)
{
    if (event.contains("arthquake"))
        return EventType::Earthquake;
    return event.contains("olcan") ? EventType::Volcano : EventType::Disaster;
}

EventType typeOf(const CapInfo &info)
{
    constexpr std::array<std::pair<std::string_view, EventType>, 8> kTypes{
        {{"Fire", EventType::Wildfire},
         {"Health", EventType::Health},
         {"Infra", EventType::Outage},
         {"CBRNE", EventType::Disaster},
         {"Env", EventType::Disaster},
         {"Safety", EventType::Other},
         {"Security", EventType::Other},
         {"Rescue", EventType::Other}}};
    const auto is = [&info](std::string_view category) {
        return std::ranges::find(info.categories, category) != info.categories.end();
    };
    if (info.categories.empty() || is("Met"))
        return EventType::WeatherAlert;
    if (is("Geo"))
        return geologicalType(info.event);
    for (const auto &[category, type] : kTypes)
        if (is(category))
            return type;
    return EventType::Other;
}

schema::Geometry geometryOf(const std::vector<const CapInfo *> &infos)
{
    schema::Geometry geometry;
    for (const CapInfo *info : infos)
        for (const formats::CapArea &area : info->areas) {
            geometry.areas.insert(geometry.areas.end(), area.polygons.begin(), area.polygons.end());
            for (const formats::CapCircle &circle : area.circles) {
                if (circle.radiusKm > 0)
                    geometry.areas.push_back({formats::ringAround(circle)});
                else
                    geometry.points.push_back(circle.centre);
            }
        }
    if (!geometry.areas.empty()) {
        geometry.kind = schema::Geometry::Kind::Areas;
        geometry.points.clear();
    } else if (!geometry.points.empty()) {
        geometry.kind = schema::Geometry::Kind::Point;
    }
    return geometry;
}

/// Over: the message says that the danger has passed.
bool isOver(const CapInfo &info)
{
    return info.urgency == formats::CapUrgency::Past ||
           std::ranges::find(info.responses, "AllClear") != info.responses.end();
}

std::string joined(const std::vector<std::string> &list, std::string_view separator)
{
    std::string out;
    for (const std::string &part : list)
        out += (out.empty() ? "" : std::string(separator)) + part;
    return out;
}

class Drafter {
public:
    explicit Drafter(const Alert &alert)
        : m_alert(alert), m_cap(alert.cap), m_infos(shownInfos(alert.cap)),
          m_places(placesOf(m_infos))
    {
    }

    std::vector<connect::Draft> draft()
    {
        readMessage();
        if (!m_infos.empty())
            readInfo(*m_infos.front());
        linkPlaces();
        m_drafts.push_back(connect::checkedDraft(std::move(m_event)));
        for (const schema::Fault &fault : m_cap.faults)
            m_drafts.emplace_back(
                connect::Rejected{m_cap.identifier, fault.field + ": " + fault.reason});
        return std::move(m_drafts);
    }

private:
    void readMessage()
    {
        m_event.type = EventType::WeatherAlert;
        m_event.sourceRef = m_cap.identifier;
        m_event.title = "Alert of " + m_cap.sender;
        m_event.times.observedAt = m_cap.sent;
        m_event.times.publishedAt = m_cap.sent;
        m_event.url = connect::webAddress(m_alert.url);
        auto &attributes = m_event.attributes;
        addText(attributes, "sender", m_cap.sender);
        addText(attributes, "status", toString(m_cap.status));
        addText(attributes, "message_type", toString(m_cap.message));
        addText(attributes, "note", m_cap.note);
        std::vector<std::string> earlier;
        for (const formats::CapReference &reference : m_cap.references)
            earlier.push_back(reference.identifier);
        addText(attributes, "references", joined(earlier, " "));
        // What was cancelled or sent in error holds no more; what was updated holds in its new
        // form.
        if (m_cap.message == formats::CapMessage::Cancel ||
            m_cap.message == formats::CapMessage::Error)
            m_event.state = schema::EventState::Retracted;
        else if (m_cap.message == formats::CapMessage::Update)
            m_event.state = schema::EventState::Revised;
    }

    void readInfo(const CapInfo &info)
    {
        m_event.type = typeOf(info);
        const std::string &place =
            info.areas.empty() ? m_cap.sender : info.areas.front().description;
        m_event.title = connect::cutText(
            !info.headline.empty() ? info.headline : info.event + ": " + place, kTitleBytesMax);
        std::string words = info.description;
        if (!info.instruction.empty())
            words += (words.empty() ? "" : "\n\n") + info.instruction;
        m_event.summary = connect::cutText(words, kSummaryBytesMax);
        if (m_event.url.empty())
            m_event.url = connect::webAddress(info.web);
        m_event.geometry = geometryOf(m_infos);
        if (m_event.geometry.kind == schema::Geometry::Kind::None)
            m_event.geometry = m_alert.geometry;
        readTimes(info);
        readWeight(info);
        readDetails(info);
    }

    void readTimes(const CapInfo &info)
    {
        m_event.times.observedAt = info.onset.value_or(info.effective.value_or(m_cap.sent));
        m_event.endsAt = m_alert.ends ? m_alert.ends : info.expires;
        if (!isOver(info))
            return;
        schema::set(m_event.attributes, "ended", true);
        if (!m_event.endsAt)
            m_event.endsAt = m_cap.sent;
    }

    void readWeight(const CapInfo &info)
    {
        constexpr std::array<float, 5> kConfidence{0.5F, 0.2F, 0.5F, 0.85F, 1.0F};
        const bool isReal = m_cap.status == formats::CapStatus::Actual;
        m_event.severity = isReal ? severityOf(info.severity, info.certainty, info.urgency) : 0.0F;
        m_event.confidence = isReal ? kConfidence[static_cast<std::size_t>(info.certainty)] : 0.0F;
    }

    void readDetails(const CapInfo &info)
    {
        auto &attributes = m_event.attributes;
        addText(attributes, "event", info.event);
        addText(attributes, "severity", toString(info.severity));
        addText(attributes, "certainty", toString(info.certainty));
        addText(attributes, "urgency", toString(info.urgency));
        addText(attributes, "category", joined(info.categories, " "));
        addText(attributes, "response", joined(info.responses, " "));
        addText(attributes, "language", info.language);
        addText(attributes, "sender_name", info.senderName);
        std::vector<std::string> areas;
        for (const formats::CapArea &area : info.areas)
            areas.push_back(area.description);
        addText(attributes, "area", joined(areas, "; "));
        for (const formats::CapValue &code : info.eventCodes)
            if (code.name == "SAME" || code.name == "NationalWeatherService")
                addText(attributes, code.name == "SAME" ? "same_event" : "nws_event", code.value);
        for (const formats::CapValue &parameter : info.parameters) {
            if (parameter.name == "VTEC")
                readVtec(parameter.value);
            else if (parameter.name == "awareness_level" || parameter.name == "awareness_type")
                addText(attributes, parameter.name, parameter.value);
        }
    }

    /// The year of the message belongs to the identity: numbers begin anew with each.
    void readVtec(const std::string &text)
    {
        addText(m_event.attributes, "vtec", text);
        const auto vtec = formats::readVtec(text);
        if (!vtec)
            return;
        const auto year =
            std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(m_cap.sent)).year();
        addText(m_event.attributes, "vtec_event",
                std::format("{}.{}.{}.{}.{}", vtec->office, vtec->phenomenon, vtec->significance,
                            vtec->number, static_cast<int>(year)));
        if (vtec->action == "CAN" || vtec->action == "EXP")
            schema::set(m_event.attributes, "ended", true);
    }

    void linkPlaces()
    {
        const schema::Entity topic = connect::topicEntity("weather-alert", "Weather alert");
        m_event.entities.push_back({topic.id, schema::EntityRole::Topic, 1});
        m_drafts.emplace_back(topic);
        addText(m_event.attributes, "ugc", joined(m_places.ugc, " "));
        addText(m_event.attributes, "same", joined(m_places.same, " "));
        addText(m_event.attributes, "geocodes", joined(m_places.other, " "));
        m_event.region = regionOf(m_places);
        // The code is the link: a draft of ours would put it in place of the name that others give.
        for (const std::string &code : m_places.regions)
            m_event.entities.push_back(
                {schema::entityIdFor("region:" + code), schema::EntityRole::Location, 1});
    }

    const Alert &m_alert;
    const CapAlert &m_cap;
    std::vector<const CapInfo *> m_infos;
    Places m_places;
    schema::Event m_event;
    std::vector<connect::Draft> m_drafts;
};

} // namespace

float severityOf(formats::CapSeverity severity, formats::CapCertainty certainty,
                 formats::CapUrgency urgency)
{
    // In the order of the words: Unknown, then from the least to the gravest.
    constexpr std::array<float, 5> kSeverity{0.3F, 0.25F, 0.5F, 0.75F, 1.0F};
    constexpr std::array<float, 5> kCertainty{0.8F, 0.4F, 0.75F, 0.95F, 1.0F};
    constexpr std::array<float, 5> kUrgency{0.8F, 0.3F, 0.8F, 0.9F, 1.0F};
    return kSeverity[static_cast<std::size_t>(severity)] *
           kCertainty[static_cast<std::size_t>(certainty)] *
           kUrgency[static_cast<std::size_t>(urgency)];
}

std::vector<connect::Draft> draftsOf(const Alert &alert)
{
    return Drafter(alert).draft();
}

} // namespace chrona::alerts
