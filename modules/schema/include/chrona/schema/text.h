// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

/// Position of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, nothing above
/// U+10FFFF, no overlong forms); nullopt where all is well.
[[nodiscard]] std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

/// Why a text cannot be stored: too long, not UTF-8, or a control character other than tab and line
/// ends (Postgres holds no NUL, and terminals obey the others). Empty where it can.
[[nodiscard]] std::string whyNotText(std::string_view text, std::size_t bytesMax);

/// A foreign text as it may be shown anywhere: one line, single blanks, without control characters
/// and without marks that turn its direction or hide in it; bad UTF-8 becomes U+FFFD. Longer than
/// bytesMax: cut between characters and ended by an ellipsis.
[[nodiscard]] std::string plainLine(std::string_view text, std::size_t bytesMax);

/// In lower case, for comparing: Latin, Greek and Cyrillic letters, one code point for another. The
/// rest stays, bad UTF-8 too.
[[nodiscard]] std::string foldCase(std::string_view text);

} // namespace chrona::schema
