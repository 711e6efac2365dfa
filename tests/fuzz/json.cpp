// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/json.h"
#include "chrona/formats/json_writer.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// What was read can be written and reads back as the same; any text makes a valid JSON string.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto document = JsonDocument::parse(text)) {
        const std::string once = document->root().toJson();
        const auto again = JsonDocument::parse(once);
        mustHold(again.has_value());
        mustHold(again->root().toJson() == once);
    }
    std::string quoted = "[";
    appendJsonString(quoted, text);
    quoted += ']';
    mustHold(JsonDocument::parse(quoted).has_value());
    return 0;
}
