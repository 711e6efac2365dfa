// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "plan.h"
#include "random.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chrona::sample {

/// Fills "%x" slots of a pattern; a slot is one letter.
using Slots = std::initializer_list<std::pair<char, std::string_view>>;
[[nodiscard]] std::string filled(std::string_view pattern, Slots slots);
/// A number with so many decimals.
[[nodiscard]] std::string number(double value, int decimals);

/// Turns planned events into canonical ones. Immutable after construction: any thread.
class Narrator {
public:
    explicit Narrator(const World::Plan &plan);
    [[nodiscard]] schema::Event narrate(const PlannedEvent &planned) const;

private:
    struct Draft {
        const PlannedEvent &planned;
        Random random;
        schema::Event event;
    };
    struct Scene { ///< where something of a people's affair happens
        std::size_t country;
        std::string_view city;
        std::string_view region;
        schema::GeoPoint at;
    };

    void weatherAlert(Draft &draft, bool inCanada) const;
    [[nodiscard]] schema::Geometry trackOf(const Storm &storm) const;
    void cyclone(Draft &draft) const;
    void quake(Draft &draft) const;
    void volcano(Draft &draft) const;
    void flood(Draft &draft) const;
    void wildfire(Draft &draft) const;
    void disaster(Draft &draft) const;
    void conflict(Draft &draft, bool nearOil) const;
    void protest(Draft &draft, bool nearOil) const;
    void policy(Draft &draft, bool inUs) const;
    void legislation(Draft &draft) const;
    void sanction(Draft &draft) const;
    void speech(Draft &draft) const;
    void shipping(Draft &draft) const;
    void outage(Draft &draft) const;
    void health(Draft &draft) const;
    void filing(Draft &draft) const;
    void news(Draft &draft, bool isTechnology) const;
    void other(Draft &draft) const;
    void rateDecision(Draft &draft) const;
    void macroRelease(Draft &draft) const;
    void energyReport(Draft &draft) const;
    void calendarEntry(Draft &draft) const;
    void marketMove(Draft &draft) const;
    void tell(Draft &draft) const;

    [[nodiscard]] const Story *storyOf(const Draft &draft) const;
    [[nodiscard]] std::size_t countryOf(Draft &draft) const;
    [[nodiscard]] std::size_t topicOf(Draft &draft, std::size_t count) const;
    [[nodiscard]] std::size_t organizationOf(Draft &draft) const;
    [[nodiscard]] Scene sceneIn(Draft &draft, std::size_t country) const;
    /// region: of a country in the table
    [[nodiscard]] Scene sceneAt(Draft &draft, std::string_view region) const;
    void addTopic(Draft &draft, std::string_view topic) const;
    void addRegion(Draft &draft, std::string_view region) const;
    void addOrganization(Draft &draft, std::size_t organization, schema::EntityRole role) const;
    void addInstrument(Draft &draft, std::string_view symbol, schema::EntityRole role) const;
    void addPort(Draft &draft, std::string_view name) const;
    void addCentralBank(Draft &draft, std::string_view country) const;
    void placeAt(Draft &draft, schema::GeoPoint at, double jitterDegrees) const;

    const World::Plan &m_plan;
    std::vector<std::pair<std::string, schema::EntityId>> m_regionIds; ///< by code, ascending
    std::vector<std::pair<std::string, schema::EntityId>> m_topicIds;
    std::vector<std::pair<std::string, schema::EntityId>> m_instrumentIds;
    std::vector<std::pair<std::string, schema::EntityId>> m_sectorIds;
    std::vector<schema::SourceId> m_sourceIds;        ///< by stream
    std::vector<std::vector<std::size_t>> m_citiesOf; ///< by country
};

} // namespace chrona::sample
