// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/net/robots.h"

using namespace chrona;

/// robots.txt of strangers: any bytes are read, and any address gets an answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    const auto rules = net::RobotsRules::read(text, "Chrona");
    (void)rules.allow(text.substr(text.size() / 2));
    fuzz::mustHold(rules.allow("https://example.org/robots.txt"));
    if (const auto pause = rules.pause())
        fuzz::mustHold(*pause >= Duration(0) && *pause <= net::RobotsRules::kPauseMax);
    return 0;
}
