// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/geometry.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Where an entry was first published, if it says so.
struct FeedSource {
    std::string title;
    std::string link;
    friend bool operator==(const FeedSource &, const FeedSource &) = default;
};

/// One entry. Every text is a fragment of safe HTML (see html_text.h), also a title: what a feed
/// declares or plainly means to be text is escaped. htmlToText() gives the text for plain places.
/// Links are absolute where the document's address is known, and lead nowhere that runs a script.
struct FeedEntry {
    std::string id; ///< as the feed states it; brackets are %3C and %3E; may be empty
    std::string title;
    std::string link; ///< to the page for people
    std::optional<Instant> published;
    std::optional<Instant> updated; ///< where the feed states only one time: that one
    std::string summary;            ///< where the feed gives only the content: that
    std::string content;
    std::string author; ///< "Name (mail)" where both are given
    std::vector<std::string> categories;
    FeedSource source;
    schema::Geometry geo;
    schema::Attributes attributes; ///< statistics of central banks (cb:), keys "cb_…"
};

struct Feed {
    std::string id; ///< as FeedEntry::id
    std::string title;
    std::string link;
    std::optional<Instant> published;
    std::optional<Instant> updated; ///< where the feed states only one time: that one
    std::string encoding;           ///< see DecodedText::encoding
    bool malformed = false;         ///< ill-formed, cut, or in another encoding than it claims
    std::vector<FeedEntry> entries; ///< in the document's order
};

struct FeedLimits {
    std::size_t bytesMax = 64 << 20;
    std::size_t depthMax = 256;
    std::size_t entriesMax = 50'000;
};

/// What is known of a document besides its bytes. Both may be empty.
struct FeedContext {
    std::string_view documentUrl; ///< the base of relative links
    std::string_view contentType; ///< the header that came with it
};

/// Reads RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, CDF, and JSON Feed 1.x.
///
/// Reads on where XML is ill-formed and gives what is whole; an entry that the end cuts off is left
/// out. Entities never reach outside the document and never become markup. Pure, any thread, linear
/// in the length.
/// Fails with InvalidInput on what is no feed and on what exceeds a limit.
[[nodiscard]] Result<Feed> readFeed(std::string_view bytes, const FeedContext &context,
                                    const FeedLimits &limits = {});

} // namespace chrona::formats
