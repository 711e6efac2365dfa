// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The one place that knows iconv and uchardet (ADR 0036).
namespace chrona::formats {

/// Bytes of a charset as UTF-8; nullopt where the charset is unknown or the bytes do not fit it.
[[nodiscard]] std::optional<std::string> fromCharset(std::string_view bytes,
                                                     std::string_view charset);

/// Of one byte for a character, as those of European writing are; false for those not known.
[[nodiscard]] bool isSingleByte(std::string_view charset);

/// What the bytes look like; empty where nothing is likely. Reads the first 256 KiB at most.
[[nodiscard]] std::string guessCharset(std::string_view bytes);

[[nodiscard]] bool isUtf8(std::string_view bytes);
[[nodiscard]] bool isAscii(std::string_view bytes);

/// UTF-8 with U+FFFD for what is not, or nullopt where so much is damaged that it was never UTF-8.
[[nodiscard]] std::optional<std::string> mendedUtf8(std::string_view bytes);

} // namespace chrona::formats
