// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/story_clusters.h"

#include "chrona/events/near_duplicates.h"
#include "chrona/events/publisher_family.h"

#include "graph_groups.h"
#include "recent_terms.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace chrona::events {
namespace {

/// Of a headline's vector with another; below it likeness is chance.
constexpr float kStoryCosineMin = 0.08F;
constexpr std::size_t kNeighboursMax = 32;
/// Settling costs what the window holds: after so great a part of it is new, it costs each headline
/// the same, however many the window holds.
constexpr std::size_t kSettleShare = 8;
/// Ties that chance would have between two headlines, by the product of their degrees.
constexpr double kExpectedRate = 1.0 / 8000;

struct Entry {
    std::uint64_t item = 0;
    std::uint64_t story = 0;
    std::optional<std::uint64_t> duplicateOf;
    Instant published;
    std::uint64_t family = 0;
    std::vector<Neighbour> earlier; ///< those before it, with faded similarity
    float similarity = 1;
};

/// In a small window chance ties more of it together: there the rate is that of its own weight.
double expectedRate(const std::vector<GraphEdge> &ties)
{
    double degrees = 0;
    for (const GraphEdge &tie : ties)
        degrees += 2 * double(tie.weight);
    return degrees > 0 ? std::max(kExpectedRate, 1 / degrees) : kExpectedRate;
}

double hoursBetween(Instant a, Instant b)
{
    const Duration apart = a < b ? b - a : a - b;
    return std::chrono::duration<double, std::ratio<3600>>(apart).count();
}

} // namespace

struct StoryClusters::State {
    explicit State(const StoryOptions &given)
        : options(given), terms({given.window, given.headlinesMax, 256}),
          duplicates({given.window, NearDuplicateOptions{}.overlapMin})
    {
    }

    std::uint64_t add(const Headline &headline);
    void settle();
    std::vector<GraphEdge> edges() const;
    void keepNumbers(const std::vector<std::uint32_t> &groups);
    void measureSimilarity(const std::vector<GraphEdge> &ties);

    StoryOptions options;
    RecentTerms terms;
    NearDuplicates duplicates;
    std::deque<Entry> entries; ///< of the window
    std::vector<StoryMember> final;
    std::uint64_t storiesSoFar = 0;
    std::size_t unsettled = 0;
};

namespace {

StoryMember memberOf(const Entry &entry)
{
    return {entry.item, entry.story, entry.duplicateOf, entry.similarity};
}

} // namespace

std::uint64_t StoryClusters::State::add(const Headline &headline)
{
    const auto words = wordsOf(headlineBody(headline.title, headline.publisher));
    const TermVector vector = terms.vectorOf(words);
    Entry entry;
    entry.published = headline.published;
    entry.family = wordHash(publisherFamily(headline.publisher));
    entry.story = storiesSoFar++;
    entry.earlier = terms.nearest(vector, kStoryCosineMin, kNeighboursMax);
    const double halfLife =
        std::chrono::duration<double, std::ratio<3600>>(options.halfLife).count();
    for (Neighbour &near : entry.earlier) {
        const double apart = hoursBetween(terms.timeOf(near.item), headline.published);
        near.cosine *= float(std::exp2(-apart / halfLife));
    }
    entry.item = terms.add(vector, headline.published);
    entry.duplicateOf = duplicates.add(entry.item, words, headline.published);
    entries.push_back(std::move(entry));
    if (++unsettled >= std::max(kSettleItems, entries.size() / kSettleShare))
        settle();
    return terms.endItem() - 1;
}

std::vector<GraphEdge> StoryClusters::State::edges() const
{
    std::size_t count = 0;
    for (const Entry &entry : entries)
        count += entry.earlier.size();
    std::vector<GraphEdge> ties;
    ties.reserve(count);
    const std::uint64_t first = entries.empty() ? 0 : entries.front().item;
    for (const Entry &entry : entries)
        for (const Neighbour &near : entry.earlier)
            if (near.item >= first)
                ties.push_back({std::uint32_t(entry.item - first), std::uint32_t(near.item - first),
                                near.cosine});
    return ties;
}

/// A new group takes the number that most of its headlines had, unless a larger group did.
void StoryClusters::State::keepNumbers(const std::vector<std::uint32_t> &groups)
{
    struct Claim {
        std::uint32_t headlines;
        std::uint32_t group;
        std::uint64_t story;
    };
    std::vector<Claim> claims;
    claims.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i)
        claims.push_back({1, groups[i], entries[i].story});
    std::ranges::sort(claims, {}, [](const Claim &c) { return std::pair(c.group, c.story); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (kept > 0 && claims[kept - 1].group == claims[i].group &&
            claims[kept - 1].story == claims[i].story)
            ++claims[kept - 1].headlines;
        else
            claims[kept++] = claims[i];
    }
    claims.resize(kept);
    std::ranges::stable_sort(claims, [](const Claim &a, const Claim &b) {
        return a.headlines != b.headlines ? a.headlines > b.headlines : a.story < b.story;
    });
    // Groups are numbered from 0 on; none is larger than there are headlines.
    std::vector<std::optional<std::uint64_t>> storyOf(entries.size());
    std::unordered_set<std::uint64_t> taken;
    taken.reserve(claims.size());
    for (const Claim &claim : claims)
        if (!storyOf[claim.group] && taken.insert(claim.story).second)
            storyOf[claim.group] = claim.story;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::optional<std::uint64_t> &story = storyOf[groups[i]];
        if (!story)
            story = storiesSoFar++;
        entries[i].story = *story;
    }
}

/// Weight of a headline's ties within its story, of all its ties.
void StoryClusters::State::measureSimilarity(const std::vector<GraphEdge> &ties)
{
    std::vector<float> within(entries.size()), all(entries.size());
    std::vector<std::uint64_t> stories;
    stories.reserve(entries.size());
    for (const Entry &entry : entries)
        stories.push_back(entry.story);
    for (const GraphEdge &tie : ties) {
        const bool inside = stories[tie.a] == stories[tie.b];
        for (const std::uint32_t end : {tie.a, tie.b}) {
            all[end] += tie.weight;
            within[end] += inside ? tie.weight : 0;
        }
    }
    for (std::size_t i = 0; i < entries.size(); ++i)
        entries[i].similarity = all[i] > 0 ? within[i] / all[i] : 1;
}

void StoryClusters::State::settle()
{
    unsettled = 0;
    const auto ties = edges();
    keepNumbers(groupsOf(entries.size(), ties, expectedRate(ties) * options.resolution));
    measureSimilarity(ties);
    while (!entries.empty() && entries.front().item < terms.firstItem()) {
        final.push_back(memberOf(entries.front()));
        entries.pop_front();
    }
}

StoryClusters::StoryClusters(const StoryOptions &options)
    : m_state(std::make_unique<State>(options))
{
}
StoryClusters::~StoryClusters() = default;
StoryClusters::StoryClusters(StoryClusters &&) noexcept = default;
StoryClusters &StoryClusters::operator=(StoryClusters &&) noexcept = default;

std::uint64_t StoryClusters::add(const Headline &headline)
{
    return m_state->add(headline);
}

void StoryClusters::settle()
{
    m_state->settle();
}

std::vector<StoryMember> StoryClusters::members() const
{
    std::vector<StoryMember> all;
    for (const Entry &entry : m_state->entries)
        all.push_back(memberOf(entry));
    return all;
}

std::vector<Story> StoryClusters::stories() const
{
    std::map<std::uint64_t, std::pair<Story, std::unordered_set<std::uint64_t>>> found;
    std::unordered_map<std::uint64_t, float> best;
    for (const Entry &entry : m_state->entries) {
        auto &[story, families] = found[entry.story];
        if (story.headlines++ == 0) {
            story.story = entry.story;
            story.firstAt = story.lastAt = entry.published;
        }
        story.firstAt = std::min(story.firstAt, entry.published);
        story.lastAt = std::max(story.lastAt, entry.published);
        families.insert(entry.family);
        float strength = 0;
        for (const Neighbour &near : entry.earlier)
            strength += near.cosine;
        const auto [place, first] = best.try_emplace(entry.story, -1.0F);
        if (first || strength > place->second) {
            place->second = strength;
            story.representative = entry.item;
        }
    }
    std::vector<Story> all;
    for (auto &[number, entry] : found) {
        entry.first.publisherFamilies = std::uint32_t(entry.second.size());
        all.push_back(entry.first);
    }
    return all;
}

std::vector<StoryMember> StoryClusters::takeFinal()
{
    return std::exchange(m_state->final, {});
}

} // namespace chrona::events
