// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/place_names.h"
#include "chrona/events/topics.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::events {

/// An entity that an item is about, by its key ("country:US", "org:ecb", "instrument:TLT").
struct EntityLink {
    std::string key;
    std::string name;
    schema::EntityKind kind = schema::EntityKind::Organization;
    schema::EntityRole role = schema::EntityRole::Subject;
    float confidence = 0; ///< 0–1
    schema::EntityId id{}; ///< of the key; null where nobody has asked for it yet
};

/// What a text is linked to.
struct EntityMapping {
    std::vector<EntityLink> links; ///< surest first, each key once
    TopicGuess topic;
    std::string region;        ///< of the best place; empty: none named
    schema::Geometry geometry; ///< its point
    float placeConfidence = 0;
};

/// Links texts to countries, regions, cities, organisations, regulators, central banks, the topic
/// and those of the default targets that are exposed to it.
///
/// Exposure is a rule, not a finding: it says which prices a reader would look at, by the topic, by
/// the bodies named and by plain words ("crude" → USO). Immutable; any thread.
class EntityMapper {
public:
    explicit EntityMapper(PlaceNames places) : m_places(std::move(places)) {}

    /// With the topic that is given, a learned model's for instance; else by the list of words.
    [[nodiscard]] EntityMapping map(const TopicText &text,
                                    const std::optional<TopicGuess> &topic = {}) const;

private:
    PlaceNames m_places;
};

/// Puts the mapping into an event: links that it has not, and region and place where its source
/// gave none.
void apply(const EntityMapping &mapping, schema::Event &event);

} // namespace chrona::events
