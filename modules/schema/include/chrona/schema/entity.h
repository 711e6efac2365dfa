// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

enum class EntityKind : std::uint8_t {
    MarketInstrument, ///< an equity, fund, future, currency, cryptocurrency
    Sector,
    Organization,
    Country,  ///< external id scheme "iso3166-1"
    Region,   ///< a part of a country: "iso3166-2", "fips", "ugc", "same"
    Location, ///< a city, port, plant, venue
    RegulatoryBody,
    EventTopic,
    Person,
};

[[nodiscard]] std::string_view toString(EntityKind kind);
[[nodiscard]] std::optional<EntityKind> entityKindFrom(std::string_view text);

struct ExternalId {
    std::string scheme; ///< "iso3166-1", "lei", "cik", "ticker", "ofac", "geonames", …
    std::string value;
    friend bool operator==(const ExternalId &, const ExternalId &) = default;
};

struct Entity {
    EntityId id;
    EntityKind kind = EntityKind::Organization;
    std::string key;  ///< unique and stable: "country:US", "instrument:SPY", "topic:earthquake"
    std::string name; ///< as it is shown
    std::vector<std::string> aliases;
    std::vector<ExternalId> externalIds;
    std::optional<GeoPoint> location;
    Attributes attributes;
    bool synthetic = false;

    friend bool operator==(const Entity &, const Entity &) = default;
};

/// A person's word that two entities are one: what names `entity` is read as naming `into`. Nothing
/// that was said of either is changed, so that it can be taken back whole.
struct EntityMerge {
    EntityId entity, into;
    Instant madeAt{};
    friend bool operator==(const EntityMerge &, const EntityMerge &) = default;
};

/// The id that follows from the key, the same on every machine.
[[nodiscard]] EntityId entityIdFor(std::string_view key);
[[nodiscard]] Faults validate(const Entity &entity);

} // namespace chrona::schema
