// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace chrona::schema {

enum class Presence : std::uint8_t { Optional, Required };

/// Gathers the faults of one value, field by field.
class Checks {
public:
    void add(std::string_view field, std::string reason);
    void require(bool holds, std::string_view field, std::string_view reason);

    void text(std::string_view field, std::string_view value, std::size_t bytesMax,
              Presence presence);
    /// One word for machines: no blanks, no control characters, at most 200 bytes.
    void key(std::string_view field, std::string_view value, Presence presence);
    void regionCode(std::string_view field, std::string_view value, Presence presence);
    void webAddress(std::string_view field, std::string_view value, Presence presence);
    void instant(std::string_view field, Instant value);
    void share(std::string_view field, double value); ///< 0 to 1
    void finite(std::string_view field, double value);
    void nanOrFinite(std::string_view field, double value);
    void nanOrNotNegative(std::string_view field, double value);
    void point(std::string_view field, GeoPoint value);
    void times(const FactTimes &times);
    void attributes(const Attributes &attributes);
    /// Faults of a part, their fields under "prefix.".
    void part(std::string_view prefix, const Faults &faults);

    [[nodiscard]] Faults take() { return std::move(m_faults); }

private:
    Faults m_faults;
};

} // namespace chrona::schema
