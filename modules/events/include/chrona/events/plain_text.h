// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chrona::events {

/// Text of one line: blanks of all kinds become one space, control and invisible formatting
/// characters go, bytes that are not UTF-8 become U+FFFD, and what is longer than bytesMax ends in
/// an ellipsis.
[[nodiscard]] std::string plainLine(std::string_view text, std::size_t bytesMax);

/// The same for several lines: single and double line ends stay.
[[nodiscard]] std::string plainText(std::string_view text, std::size_t bytesMax);

} // namespace chrona::events
