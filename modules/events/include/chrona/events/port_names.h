// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chrona::geo {
class Places;
}

namespace chrona::events {

struct Port {
    std::string name;    ///< "Rotterdam"
    std::string country; ///< ISO 3166-1 alpha-2; empty: nobody agrees
    schema::GeoPoint location;
    std::uint8_t rank = 0; ///< 3 the most important … 8
};

/// What else is known of where a port must lie.
struct PortHint {
    std::string_view region{};              ///< ISO 3166; empty: any
    std::optional<schema::GeoPoint> near{}; ///< of several of one name the nearest
};

/// Finds ports by what shipping calls them: "Rotterdam", "Port of Houston, Texas", "GENT". Accents
/// and case do not count, nor "Port of" before the name or "Port" and "Harbour" behind it, nor what
/// follows a comma. Immutable; any thread.
class PortNames {
public:
    /// From the data inside the program.
    [[nodiscard]] static Result<PortNames> shipped();
    explicit PortNames(const geo::Places &ports);

    /// nullptr where no port is called so, or several are and nothing says which.
    [[nodiscard]] const Port *find(std::string_view name, const PortHint &hint = {}) const;

private:
    [[nodiscard]] std::vector<const Port *> named(std::string_view name) const;

    std::vector<Port> m_ports;
    std::unordered_multimap<std::string, std::size_t> m_byName; ///< folded
};

/// "port:nl-rotterdam", the same on every machine.
[[nodiscard]] schema::Entity entityOf(const Port &port);

} // namespace chrona::events
