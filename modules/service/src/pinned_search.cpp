// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pinned_search.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <charconv>

namespace chrona::service {
namespace {

/// Terms between blanks; quotes hold one together and are taken off.
std::vector<std::string> termsOf(std::string_view text)
{
    std::vector<std::string> terms;
    std::string term;
    bool isQuoted = false, hasTerm = false;
    for (const char c : text) {
        if (c == '"') {
            isQuoted = !isQuoted;
            hasTerm = true;
        } else if (!isQuoted && (c == ' ' || c == '\t' || c == '\n')) {
            if (hasTerm)
                terms.push_back(std::move(term));
            term.clear();
            hasTerm = false;
        } else {
            term += c;
            hasTerm = true;
        }
    }
    if (hasTerm)
        terms.push_back(std::move(term));
    return terms;
}

std::vector<std::string> partsOf(std::string_view list)
{
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (comma > 0)
            parts.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return parts;
}

/// "50" and "0.5" are the same share.
std::optional<float> shareFrom(std::string_view text)
{
    float share = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), share);
    if (error != std::errc{} || end != text.data() + text.size() || share < 0 || share > 100)
        return std::nullopt;
    return share > 1 ? share / 100 : share;
}

} // namespace

bool isOfRegion(std::string_view code, std::string_view region)
{
    return code.starts_with(region) && (code.size() == region.size() || code[region.size()] == '-');
}

bool liesWithin(const schema::Event &event, const schema::PinTarget &target)
{
    const Instant at = event.times.observedAt;
    if ((target.begin && at < *target.begin) || (target.end && at >= *target.end) ||
        (target.types >> static_cast<unsigned>(event.type) & 1U) == 0)
        return false;
    if (!target.box)
        return true;
    if (event.geometry.kind == schema::Geometry::Kind::None)
        return false;
    return schema::doTouch(schema::boundsOf(event.geometry), *target.box);
}

PinnedSearch::PinnedSearch(const schema::PinTarget &target) : m_target(target)
{
    for (const std::string &term : termsOf(target.query))
        read(term);
}

void PinnedSearch::read(const std::string &term)
{
    const std::string_view text = term;
    const auto after = [text](std::string_view name) -> std::optional<std::string_view> {
        return text.starts_with(name) ? std::optional(text.substr(name.size())) : std::nullopt;
    };
    const auto readShare = [&](std::optional<std::string_view> value, float &into) {
        const auto share = value ? shareFrom(*value) : std::nullopt;
        if (share)
            into = *share;
        return share.has_value();
    };
    if (const auto regions = after("region:"))
        m_regions = partsOf(*regions);
    else if (const auto sources = after("source:"))
        m_sources = partsOf(*sources);
    else if (const auto others = after("-region:"))
        m_refusedRegions = partsOf(*others);
    else if (const auto unwanted = after("-source:"))
        m_refusedSources = partsOf(*unwanted);
    else if (readShare(after("severity>="), m_severityMin) ||
             readShare(after("confidence>="), m_confidenceMin))
        return;
    else if (text.starts_with('-') || text.contains(">=") || text.starts_with("type:") ||
             text.starts_with("category:") || text.starts_with("box:"))
        m_unknown.push_back(term);
    else if (!term.empty())
        m_words.push_back(schema::foldCase(term));
}

bool PinnedSearch::takes(const schema::Event &event, std::string_view sourceKey) const
{
    if (!liesWithin(event, m_target) || event.severity < m_severityMin ||
        event.confidence < m_confidenceMin ||
        (!m_sources.empty() && !std::ranges::contains(m_sources, sourceKey)) ||
        std::ranges::contains(m_refusedSources, sourceKey))
        return false;
    const auto isOf = [&event](const std::string &region) {
        return isOfRegion(event.region, region);
    };
    if ((!m_regions.empty() && std::ranges::none_of(m_regions, isOf)) ||
        std::ranges::any_of(m_refusedRegions, isOf))
        return false;
    if (m_words.empty())
        return true;
    const std::string title = schema::foldCase(event.title);
    return std::ranges::all_of(m_words,
                               [&title](const std::string &word) { return title.contains(word); });
}

} // namespace chrona::service
