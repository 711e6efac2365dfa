// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/text_encoding.h"
#include "chrona/schema/text.h"

using namespace chrona;
using namespace chrona::formats;

/// Whatever a document and its header claim, what comes out is UTF-8 and bounded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t headerBytes = std::min<std::size_t>(data[0] % 64, size - 1);
    const std::string_view header = fuzz::textOf(data + 1, headerBytes);
    const std::string_view bytes = fuzz::textOf(data + 1 + headerBytes, size - 1 - headerBytes);
    const auto read = decodeXmlText({.bytes = bytes, .contentType = header});
    fuzz::mustHold(read.has_value());
    fuzz::mustHold(!schema::firstInvalidUtf8(read->text));
    fuzz::mustHold(read->text.size() <= 4 * bytes.size() + 4 && !read->encoding.empty());
    return 0;
}
