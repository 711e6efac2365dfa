// SPDX-License-Identifier: AGPL-3.0-or-later
#include "check.h"

#include <format>

namespace chrona::discovery {

Status checkSearch(const AsOfPanel &panel, const Parameters &parameters)
{
    const auto refuse = [](std::string what) {
        return fail(ErrorCode::InvalidInput, std::move(what));
    };
    if (parameters.horizons.empty() || parameters.horizons.size() > 50)
        return refuse("between 1 and 50 horizons are searched");
    for (const std::size_t horizon : parameters.horizons)
        if (horizon < 1 || horizon > 250)
            return refuse(std::format("a horizon of {} days is not between 1 and 250", horizon));
    if (parameters.lagMax > 250)
        return refuse(std::format("a lag of {} days is more than 250", parameters.lagMax));
    if (!(parameters.q > 0 && parameters.q < 1) || !(parameters.shortListQ >= parameters.q))
        return refuse("the level q lies between 0 and 1, and the short list's not below it");
    if (parameters.blocks < 2 || parameters.blocks > 100)
        return refuse("between 2 and 100 blocks are used");
    if (panel.targetCount() == 0 || panel.featureCount() == 0)
        return refuse("there is nothing to test: a panel needs a feature and a target");
    if (panel.targetCount() > 10'000)
        return refuse("more than 10000 targets are not tested in one run");
    if (parameters.bootstrapDraws < 99 || parameters.bootstrapDraws > 1'000'000)
        return refuse("between 99 and 1000000 bootstrap draws are made");
    return {};
}

} // namespace chrona::discovery
