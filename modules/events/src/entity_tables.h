// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/entity.h"

#include <span>
#include <string_view>

namespace chrona::events {

/// A body and what it is called. Aliases are separated by '|'; one in capitals must stand in
/// capitals in the text ("WHO" is not "who").
struct KnownBody {
    std::string_view key;
    std::string_view name;
    schema::EntityKind kind;
    std::string_view aliases; ///< beside the name
    std::string_view country; ///< ISO 3166-1; empty: of many countries
};
[[nodiscard]] std::span<const KnownBody> knownBodies();

/// A reason to link one of the default targets; those by topic are in schema.
struct BodyExposure {
    std::string_view key;
    std::string_view symbol;
    float weight;
};
[[nodiscard]] std::span<const BodyExposure> bodyExposures();

struct WordExposure {
    std::string_view words; ///< phrases separated by '|'
    std::string_view symbol;
    float weight;
};
[[nodiscard]] std::span<const WordExposure> wordExposures();

} // namespace chrona::events
