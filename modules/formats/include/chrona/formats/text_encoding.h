// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace chrona::formats {

/// How sure it is that the text is what its writer meant.
enum class EncodingTrust : std::uint8_t {
    Declared, ///< read as it was declared, or as it must be without a declaration
    Guessed,  ///< the declaration was missing or lied
};

struct DecodedText {
    std::string text;     ///< UTF-8 without byte order mark
    std::string encoding; ///< the name it was read by, in lower case; of a guess, the detector's
    EncodingTrust trust = EncodingTrust::Declared;
};

/// A document's bytes and the Content-Type header that came with them; empty: there was none.
struct EncodedDocument {
    std::string_view bytes;
    std::string_view contentType;
};

/// The bytes of an XML document as UTF-8.
///
/// A byte order mark or the zero bytes of UTF-16 and UTF-32 decide; else the header's charset (RFC
/// 7303: the transport knows better than the document); else the XML declaration; else UTF-8, or
/// ASCII for text/*. Where the bytes do not fit what was declared, the next of these is tried, then
/// what the bytes look like, then Windows-1252, which fits anything. Damaged UTF-8 stays UTF-8 with
/// U+FFFD in the gaps. Pure, any thread.
/// Fails with InvalidInput on what is larger than 64 MiB.
[[nodiscard]] Result<DecodedText> decodeXmlText(const EncodedDocument &document);

/// A parameter of a Content-Type header ("charset"), quotes taken off; empty where there is none.
[[nodiscard]] std::string contentTypeParameter(std::string_view contentType, std::string_view name);
/// "application/rss+xml" of "Application/RSS+XML; charset=utf-8".
[[nodiscard]] std::string mediaType(std::string_view contentType);

} // namespace chrona::formats
