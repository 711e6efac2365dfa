// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/attributes.h"

#include <string>
#include <string_view>

namespace chrona::storage {

/// Attributes as one flat JSON object for a jsonb column. jsonb keeps the digits of numbers: a
/// whole number without a point is an integer, one with a point a double, so types come back as
/// they were. InvalidInput for a double that JSON cannot hold.
[[nodiscard]] Result<std::string> attributesToJson(const schema::Attributes &attributes);

/// Sorted by key. Corrupt for what attributesToJson() does not write.
[[nodiscard]] Result<schema::Attributes> attributesFromJson(std::string_view json);

/// Appends a JSON string with its quotes.
void appendJsonString(std::string &to, std::string_view text);

} // namespace chrona::storage
