// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"
#include "chrona/schema/fault.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

/// What can be pointed at. Numbers are stored: append only.
enum class EvidenceKind : std::uint8_t {
    Event,
    Entity,
    Series,
    Instrument,
    Feature,
    Signal,
    Cluster,
    Source,
    Boundary,
    Note,
};
[[nodiscard]] std::string_view toString(EvidenceKind kind);
[[nodiscard]] std::optional<EvidenceKind> evidenceKindFrom(std::string_view text);

/// Points at something that a claim rests on.
struct Evidence {
    EvidenceKind kind = EvidenceKind::Event;
    std::int64_t id = 0;         ///< of that kind
    std::optional<Instant> asOf; ///< as it was known then; nullopt: as it is
    std::string label;           ///< as it was shown when it was pointed at
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

[[nodiscard]] Faults validate(const Evidence &evidence);

} // namespace chrona::schema
