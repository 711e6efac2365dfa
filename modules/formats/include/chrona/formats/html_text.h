// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// HTML as strangers write it, made safe to show and easy to read. Everything here is pure, linear
/// in the length of what is given, never fails, and may run on any thread.
namespace chrona::formats {

/// What may be shown: elements of text, lists, tables and pictures with harmless attributes, closed
/// in order, nested at most 200 deep. Scripts and styles go with all they hold; of any other
/// element that is not known to be harmless, the text stays. Links are resolved against the base,
/// and those that could run something lose their address.
///
/// Attributes are quoted and text is escaped anew from the parsed form, so nothing that was
/// malformed on the way in is left to be read differently on the way out.
/// sanitizeHtml(sanitizeHtml(x)) == sanitizeHtml(x), as long as the base is absolute or empty.
[[nodiscard]] std::string sanitizeHtml(std::string_view html, std::string_view baseUrl = {});

/// The text that a reader would see: references decoded, blocks and line breaks on lines of their
/// own, no markup.
[[nodiscard]] std::string htmlToText(std::string_view html);

/// Plain text as HTML that shows it.
[[nodiscard]] std::string textToHtml(std::string_view text);

/// Whether text that nobody declared to be HTML was meant as such: it closes an element that HTML
/// has, or holds a character reference, and no element that HTML does not know.
[[nodiscard]] bool looksLikeHtml(std::string_view text);

/// Where a character reference stands that nothing but itself says how it ends.
enum class ReferencePlace : unsigned char { Text, Attribute };

/// Reads the character reference at the front of `text` ("&eacute;", "&#233;", "&#xe9;"), appends
/// what it means and returns how many bytes it took; 0 where there is none. Numbers 128 to 159 mean
/// Windows-1252, as browsers take them; those that are no character become U+FFFD.
std::size_t decodeReference(std::string &out, std::string_view text,
                            ReferencePlace place = ReferencePlace::Text);

/// Appends text with every character reference decoded.
void appendDecoded(std::string &out, std::string_view text);

} // namespace chrona::formats
