// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// An instrument or an entity that somebody wants to hear about.
struct WatchItem {
    InstrumentId instrument; ///< null: an entity without prices
    EntityId entity;
    std::string note;
    Instant addedAt;
    friend bool operator==(const WatchItem &, const WatchItem &) = default;
};

struct Watchlist {
    WatchlistId id;
    std::string name;
    std::vector<WatchItem> items; ///< in the user's order
    std::uint32_t revision = 1;   ///< a stale write is refused
    Instant updatedAt;
    friend bool operator==(const Watchlist &, const Watchlist &) = default;
};

/// In what way an instrument depends on an entity. Numbers are stored: append only.
enum class ExposureKind : std::uint8_t {
    Revenue,
    Facility,
    Supplier,
    Customer,
    Holding,
    Regulation,
    Input
};
[[nodiscard]] std::string_view toString(ExposureKind kind);
[[nodiscard]] std::optional<ExposureKind> exposureKindFrom(std::string_view text);

enum class ExposureOrigin : std::uint8_t { User, Filing, Derived };
[[nodiscard]] std::string_view toString(ExposureOrigin origin);

struct Exposure {
    InstrumentId instrument;
    EntityId entity; ///< a country, region, commodity, organization …
    ExposureKind kind = ExposureKind::Revenue;
    double weight = 0; ///< −1 to 1: the share at stake; negative: gains when the entity suffers
    ExposureOrigin origin = ExposureOrigin::User;
    EventId evidence; ///< the filing it was read from; null: none
    std::string note;
    std::optional<Date> validFrom, validUntil; ///< [from, until)
    friend bool operator==(const Exposure &, const Exposure &) = default;
};

[[nodiscard]] Faults validate(const Watchlist &watchlist);
[[nodiscard]] Faults validate(const Exposure &exposure);

} // namespace chrona::schema
