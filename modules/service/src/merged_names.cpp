// SPDX-License-Identifier: AGPL-3.0-or-later
#include "merged_names.h"

#include <algorithm>

namespace chrona::service {

MergedNames::MergedNames(std::span<const storage::KeptMerge> merges)
{
    const auto add = [this](schema::EntityId entity, schema::EntityId standsAs,
                            const std::string &key) {
        if (m_standIns.try_emplace(entity, standsAs).second)
            m_groups[standsAs].push_back(key);
    };
    // The last of a way is named by those that lead straight to it.
    for (const storage::KeptMerge &one : merges)
        if (one.merge.into == one.standsAs)
            add(one.standsAs, one.standsAs, one.intoKey);
    for (const storage::KeptMerge &one : merges)
        add(one.merge.entity, one.standsAs, one.key);
}

Result<MergedNames> MergedNames::load(storage::Connection &connection)
{
    return storage::loadMerges(connection)
        .transform(
            [](const std::vector<storage::KeptMerge> &merges) { return MergedNames(merges); });
}

std::vector<std::string> MergedNames::keysFor(std::string_view key) const
{
    std::vector<std::string> keys{std::string(key)};
    if (const auto found = m_standIns.find(schema::entityIdFor(key)); found != m_standIns.end())
        std::ranges::copy_if(m_groups.at(found->second), std::back_inserter(keys),
                             [key](const std::string &other) { return other != key; });
    return keys;
}

void MergedNames::widen(std::vector<std::string> &keys) const
{
    if (m_standIns.empty())
        return;
    std::vector<std::string> wide;
    for (const std::string &key : keys)
        for (std::string &one : keysFor(key))
            if (!std::ranges::contains(wide, one))
                wide.push_back(std::move(one));
    keys = std::move(wide);
}

} // namespace chrona::service
