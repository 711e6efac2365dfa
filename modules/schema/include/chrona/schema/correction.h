// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

/// What of an event a person has put right. Numbers are stored and sent: append only.
enum class CorrectionKind : std::uint8_t { Topic, Story, Entity, Relevance };
[[nodiscard]] std::string_view toString(CorrectionKind kind);
[[nodiscard]] std::optional<CorrectionKind> correctionKindFrom(std::string_view text);

/// A person's word about one event. It outranks what engines find, also when the event is
/// normalised again or revised, until it is taken back.
struct Correction {
    EventId event;
    CorrectionKind kind = CorrectionKind::Topic;
    std::string subject; ///< of Entity: its key; else empty
    /// Topic: its name ("inflation", "none"). Story: the number of the story it belongs to, or
    /// "apart". Entity: "add" or "remove". Relevance: "relevant" or "irrelevant".
    std::string value;
    Instant madeAt{};
    friend bool operator==(const Correction &, const Correction &) = default;
};

/// The story that an event tells alone, having been put apart. Not the one that is named after it.
[[nodiscard]] ClusterId apartClusterIdFor(EventId event);
[[nodiscard]] Faults validate(const Correction &correction);

} // namespace chrona::schema
