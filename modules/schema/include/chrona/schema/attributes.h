// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chrona::schema {

/// Typed, flat, ordered by key: what a source says beyond the canonical fields
/// ("magnitude" 5.4, "actual" 3.1, "previous" 3.0). Keys are snake_case.
using AttributeValue = std::variant<bool, std::int64_t, double, std::string>;

struct Attribute {
    std::string key;
    AttributeValue value;
    friend bool operator==(const Attribute &, const Attribute &) = default;
};

using Attributes = std::vector<Attribute>;

[[nodiscard]] const AttributeValue *find(const Attributes &attributes, std::string_view key);
/// Puts a value at its place in the order, or replaces it; true when the key is new.
bool set(Attributes &attributes, std::string_view key, AttributeValue value);

} // namespace chrona::schema
