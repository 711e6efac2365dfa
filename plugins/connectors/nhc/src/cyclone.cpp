// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cyclone.h"

#include "chrona/connect/draft_list.h"

#include <algorithm>
#include <format>

namespace chrona::nhc {

schema::Entity cycloneTopic()
{
    return connect::topicEntity("tropical-cyclone", "Tropical cyclone");
}

float severityOf(std::optional<double> windMph)
{
    constexpr double kNone = 23, kFull = 157;
    return static_cast<float>(
        std::clamp((windMph.value_or(0) - kNone) / (kFull - kNone), 0.0, 1.0));
}

connect::Draft draftOf(Cyclone cyclone)
{
    constexpr double kWindMphMax = 300, kPressureMbMin = 800, kPressureMbMax = 1100;
    if (cyclone.atcf.size() != 8)
        return connect::Rejected{cyclone.atcf, "the storm's ATCF id is not like AL092026"};
    if (cyclone.windMph && !(*cyclone.windMph >= 0 && *cyclone.windMph <= kWindMphMax))
        return connect::Rejected{cyclone.atcf, "the wind is not between 0 and 300 mph"};
    if (cyclone.pressureMb &&
        !(*cyclone.pressureMb >= kPressureMbMin && *cyclone.pressureMb <= kPressureMbMax))
        return connect::Rejected{cyclone.atcf, "the pressure is not between 800 and 1100 mb"};
    schema::Event event;
    event.type = schema::EventType::TropicalCyclone;
    event.sourceRef = std::move(cyclone.atcf);
    event.title = connect::cutText(
        cyclone.title.empty() ? cyclone.kind + " " + cyclone.name : cyclone.title, 1000);
    event.summary = connect::cutText(cyclone.summary, 16'000);
    event.url = connect::webAddress(cyclone.url);
    event.times.observedAt = cyclone.advisedAt;
    event.times.publishedAt = cyclone.publishedAt;
    event.geometry = schema::Geometry::at(cyclone.centre);
    event.severity = severityOf(cyclone.windMph);
    event.entities.push_back({cycloneTopic().id, schema::EntityRole::Topic, 1});
    event.attributes = std::move(cyclone.attributes);
    connect::addText(event.attributes, "storm_name", cyclone.name);
    connect::addText(event.attributes, "storm_type", cyclone.kind);
    connect::addNumber(event.attributes, "wind_mph", cyclone.windMph);
    connect::addNumber(event.attributes, "pressure_mb", cyclone.pressureMb);
    return connect::checkedDraft(std::move(event));
}

} // namespace chrona::nhc
