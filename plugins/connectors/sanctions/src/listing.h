// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::sanctions {

inline constexpr std::size_t kPayloadBytesMax = 256 << 20;

/// One record of a list: who is listed, by whom, under what, since when.
struct Listing {
    schema::Entity subject; ///< key, kind, name, aliases, external ids, attributes
    std::string reference;  ///< the list's own name for the record
    std::string authority;  ///< "OFAC SDN": whose list it is
    std::string programs;   ///< parted by blanks
    schema::FactTimes times;
};

/// The subject and, behind it, the event that it is listed. Comparing the events of two snapshots
/// of a list by source_ref gives what was added and what was removed.
void appendDrafts(Listing listing, std::vector<connect::Draft> &drafts);

/// Adds a name once, cut to what an alias may be; the subject's own name is none.
void addAlias(schema::Entity &subject, std::string_view alias);

/// Lower-case letters, digits and single hyphens: "1, Part 1" → "1-part-1".
[[nodiscard]] std::string slugOf(std::string_view text);

[[nodiscard]] std::string_view trimmed(std::string_view text);

using Drafts = Result<std::vector<connect::Draft>>;
[[nodiscard]] Drafts readOfacSdn(const connect::RawItem &item);
[[nodiscard]] Drafts readOfacAddresses(const connect::RawItem &item);
[[nodiscard]] Drafts readOfacNames(const connect::RawItem &item);
[[nodiscard]] Drafts readOfacComments(const connect::RawItem &item);
[[nodiscard]] Drafts readUnList(std::string_view payload);
[[nodiscard]] Drafts readCanadaList(std::string_view payload);

} // namespace chrona::sanctions
