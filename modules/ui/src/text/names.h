// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/event.h"
#include "chrona/schema/source.h"

#include <QString>

namespace chrona::ui {

/// The user's words for what the service sends as numbers and keys.
[[nodiscard]] QString categoryName(schema::EventCategory category);
[[nodiscard]] QString typeName(schema::EventType type);
/// For a number that a newer service may send.
[[nodiscard]] QString typeName(std::uint8_t type);
[[nodiscard]] QString basisName(schema::AvailabilityBasis basis);
[[nodiscard]] QString basisHint(schema::AvailabilityBasis basis);
[[nodiscard]] QString stateName(schema::SourceState state);
[[nodiscard]] QString modeName(schema::IngestMode mode);
[[nodiscard]] QString roleName(schema::EntityRole role);

/// A source's snake_case key as words: "depth_km" → "Depth km".
[[nodiscard]] QString attributeName(std::string_view key);

/// The sentence that a person reads for a failure, and what can be done about it.
struct FailureText {
    QString cause;
    QString remedy;
};
[[nodiscard]] FailureText failureText(const Error &error);

/// The category of a type number from outside; what is unknown counts as news.
[[nodiscard]] schema::EventCategory categoryOfNumber(std::uint8_t type);

[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace chrona::ui
