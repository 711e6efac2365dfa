// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"
#include "chrona/formats/cap.h"

#include <string>
#include <vector>

namespace chrona::alerts {

inline constexpr std::size_t kPayloadBytesMax = 64 << 20;

/// An alert, however it came, with what the message itself does not hold.
struct Alert {
    formats::CapAlert cap;
    std::string url;             ///< where a person can read it; empty: the message's own
    std::optional<Instant> ends; ///< of the event where the source tells it from the message's
    schema::Geometry geometry;   ///< used where the message draws no area
};

/// The event, with its topic and regions in front of it and one Rejected for each part of the
/// message that was left out.
[[nodiscard]] std::vector<connect::Draft> draftsOf(const Alert &alert);

/// How grave, 0–1: severity × certainty × urgency by the table in README.md.
[[nodiscard]] float severityOf(formats::CapSeverity severity, formats::CapCertainty certainty,
                               formats::CapUrgency urgency);

} // namespace chrona::alerts
