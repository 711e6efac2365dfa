// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/features/vintages.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What a definition takes from a timeline: for each member and bucket, when which statement began
/// and ceased to count.
namespace chrona::features {

struct Change {
    std::uint32_t member;
    std::uint32_t bucket;
    std::int64_t knownAt;    ///< microseconds; not before the bucket's end
    std::uint32_t statement; ///< position in the timeline
    bool begins;             ///< or ceases
    bool isPart;             ///< of Share: also counts above the line
};

struct ChangeList {
    std::vector<std::string> members; ///< by name
    std::vector<Change> changes;      ///< by member, bucket, knownAt, statement, end before begin
    std::vector<Change> totals;       ///< of Share over topics or entities: count for every member
};

/// Fails as buildVintages does.
[[nodiscard]] Result<ChangeList> changesOf(const Definition &definition,
                                           const EventTimeline &timeline, const Buckets &buckets);

} // namespace chrona::features
