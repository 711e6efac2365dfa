// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// One feed of a reading list.
struct OpmlFeed {
    std::string title;               ///< plain text
    std::string url;                 ///< of the feed, http or https
    std::string homepage;            ///< may be empty
    std::vector<std::string> folder; ///< titles of the outlines around it, outermost first
    friend bool operator==(const OpmlFeed &, const OpmlFeed &) = default;
};

/// Reads the feeds of an OPML 1.0 or 2.0 list. Outlines without an address of a feed are folders;
/// one address is taken once. Reads on where XML is ill-formed. Pure, any thread.
/// Fails with InvalidInput on what is no OPML, is larger than 16 MiB, nested deeper than 64, or has
/// more than 10,000 feeds.
[[nodiscard]] Result<std::vector<OpmlFeed>> readOpml(std::string_view bytes);

} // namespace chrona::formats
