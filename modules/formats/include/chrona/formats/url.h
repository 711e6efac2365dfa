// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace chrona::formats {

/// A link as a document writes it, and the address that it counts from.
struct UrlReference {
    std::string_view base; ///< absolute; empty: there is none
    std::string_view link;
};

/// The absolute address that a link means (RFC 3986 §5.2). Blanks around it and line ends inside
/// go, as in browsers; blanks, quotes, angle brackets and control characters are percent-encoded,
/// so that an address can stand in any document. Without a base a relative link stays relative.
/// Pure, any thread; linear in the length of both.
[[nodiscard]] std::string resolveUrl(const UrlReference &reference);

/// The scheme of an address in lower case, empty for a relative one. Sees through what browsers
/// ignore: " java\nscript:" has the scheme "javascript".
[[nodiscard]] std::string urlScheme(std::string_view url);

/// Whether a value names a script to run, seen as browsers see it: without blanks, in any case.
[[nodiscard]] bool carriesScript(std::string_view text);

/// Whether a person may be led there: http, https and other schemes that run nothing. An address
/// that carries a script anywhere is unsafe whatever its scheme is. Relative addresses are safe.
[[nodiscard]] bool isSafeLink(std::string_view url);

/// Whether a picture, sound or film may be taken from there: http, https or relative.
[[nodiscard]] bool isSafeMedia(std::string_view url);

} // namespace chrona::formats
