// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace chrona::storage {

/// Splits a script at the semicolons that end statements: not those in quotes, dollar quotes or
/// comments. Pieces that hold nothing but blanks and comments are left out.
[[nodiscard]] std::vector<std::string_view> splitStatements(std::string_view script);

} // namespace chrona::storage
