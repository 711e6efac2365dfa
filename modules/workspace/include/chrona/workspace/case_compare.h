// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <string>
#include <vector>

namespace chrona::workspace {

/// What two investigations have in common and what only one of them has.
struct CaseComparison {
    std::vector<schema::PinTarget> both, onlyFirst, onlySecond; ///< pins, as each calls them
    std::vector<std::string> sharedTags;
    /// Things pinned in both whose kept content differs: what one saw is not what the other saw.
    std::vector<schema::PinTarget> seenOtherwise;
};

/// Removed items do not count. Pins are the same where they stand for the same thing, whatever they
/// are called. Pure.
[[nodiscard]] CaseComparison compare(const schema::Investigation &first,
                                     const schema::Investigation &second);

} // namespace chrona::workspace
