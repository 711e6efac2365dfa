// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Charsets that feeds declare and that not every iconv has.
namespace chrona::formats {

/// What a charset of one byte for a character means above ASCII: 128 characters; nullptr: it is
/// none of ours.
[[nodiscard]] const std::u16string_view *upperHalfOf(std::string_view charset);
/// As UTF-8.
[[nodiscard]] std::string fromUpperHalf(std::string_view bytes, std::u16string_view upperHalf);

/// HZ (RFC 1843), Chinese in seven bits, as the bytes of GB 2312; nullopt where it is not HZ.
[[nodiscard]] std::optional<std::string> gbFromHz(std::string_view bytes);

} // namespace chrona::formats
