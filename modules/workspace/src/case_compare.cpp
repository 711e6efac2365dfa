// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/case_compare.h"

#include <algorithm>
#include <iterator>

namespace chrona::workspace {
namespace {

using schema::CaseItem;
using schema::CaseItemKind;
using schema::PinTarget;

/// What it is called is the person's.
PinTarget bare(PinTarget target)
{
    target.label.clear();
    return target;
}

std::vector<const CaseItem *> pinsOf(const schema::Investigation &investigation)
{
    std::vector<const CaseItem *> pins;
    for (const CaseItem &item : investigation.items)
        if (item.kind == CaseItemKind::Pin && !item.removed)
            pins.push_back(&item);
    return pins;
}

const CaseItem *same(const std::vector<const CaseItem *> &pins, const PinTarget &target)
{
    const PinTarget wanted = bare(target);
    const auto found = std::ranges::find_if(
        pins, [&](const CaseItem *pin) { return bare(pin->target) == wanted; });
    return found == pins.end() ? nullptr : *found;
}

std::vector<std::string> tagsOf(const schema::Investigation &investigation)
{
    std::vector<std::string> tags;
    for (const CaseItem &item : investigation.items)
        if (!item.removed)
            tags.insert(tags.end(), item.tags.begin(), item.tags.end());
    std::ranges::sort(tags);
    tags.erase(std::ranges::unique(tags).begin(), tags.end());
    return tags;
}

} // namespace

CaseComparison compare(const schema::Investigation &first, const schema::Investigation &second)
{
    CaseComparison comparison;
    const auto ours = pinsOf(first), theirs = pinsOf(second);
    for (const CaseItem *pin : ours) {
        const CaseItem *other = same(theirs, pin->target);
        (other ? comparison.both : comparison.onlyFirst).push_back(pin->target);
        const bool isKept = other && pin->evidence != Hash128{} && other->evidence != Hash128{};
        if (isKept && pin->evidence != other->evidence)
            comparison.seenOtherwise.push_back(pin->target);
    }
    for (const CaseItem *pin : theirs)
        if (!same(ours, pin->target))
            comparison.onlySecond.push_back(pin->target);
    std::ranges::set_intersection(tagsOf(first), tagsOf(second),
                                  std::back_inserter(comparison.sharedTags));
    return comparison;
}

} // namespace chrona::workspace
