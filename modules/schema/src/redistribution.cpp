// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/redistribution.h"

#include "enum_names.h"

#include <algorithm>
#include <format>
#include <set>

namespace chrona::schema {
namespace {

constexpr auto kReasons = enumNames<Withheld>("terms_forbid", "own_use_only", "terms_unknown");

std::string_view because(Withheld reason)
{
    switch (reason) {
    case Withheld::TermsForbid: return "its terms do not let it be passed on";
    case Withheld::OwnUseOnly: return "it was fetched with your own key, for your own use";
    case Withheld::TermsUnknown: break;
    }
    return "its terms are not known here";
}

} // namespace

std::string_view toString(Withheld reason)
{
    return kReasons.nameOf(reason);
}

std::optional<Withheld> withheldBy(Redistribution redistribution)
{
    // What a later version may add is not known to allow anything.
    const bool mayLeave = redistribution == Redistribution::Allowed ||
                          redistribution == Redistribution::WithAttribution;
    return mayLeave ? std::nullopt : std::optional(Withheld::TermsForbid);
}

std::optional<Withheld> withheldBy(const Source &source)
{
    if (source.mode == IngestMode::OwnKeyLocal)
        return Withheld::OwnUseOnly;
    return withheldBy(source.redistribution);
}

ExportGate::ExportGate(std::span<const Source> registry)
{
    for (const Source &source : registry)
        m_sources[source.id] = {.name = source.name,
                                .key = source.key,
                                .attribution = source.attribution,
                                .withheld = withheldBy(source)};
}

bool ExportGate::admits(SourceId source)
{
    if (source.isNull())
        return true;
    const auto [place, isNew] = m_sources.try_emplace(source);
    Entry &entry = place->second;
    if (isNew) {
        entry.name = "a source without an entry";
        entry.withheld = Withheld::TermsUnknown;
    }
    ++(entry.withheld ? entry.stayed : entry.admitted);
    return !entry.withheld;
}

std::vector<ExportGate::Stayed> ExportGate::stayed() const
{
    std::vector<Stayed> all;
    for (const auto &[id, entry] : m_sources)
        if (entry.stayed > 0)
            all.push_back({entry.name, entry.key, *entry.withheld, entry.stayed});
    std::ranges::sort(all, [](const Stayed &a, const Stayed &b) {
        return a.source != b.source ? a.source < b.source : a.key < b.key;
    });
    return all;
}

std::string ExportGate::sentence(const Stayed &stayed)
{
    return std::format("{} of {}{}: {}", stayed.count, stayed.source,
                       stayed.key.empty() ? std::string() : std::format(" ({})", stayed.key),
                       because(stayed.reason));
}

std::vector<std::string> ExportGate::attributions() const
{
    std::set<std::string> all;
    for (const auto &[id, entry] : m_sources)
        if (entry.admitted > 0 && !entry.attribution.empty())
            all.insert(entry.attribution);
    return {all.begin(), all.end()};
}

} // namespace chrona::schema
