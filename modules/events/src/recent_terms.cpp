// SPDX-License-Identifier: AGPL-3.0-or-later
#include "recent_terms.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chrona::events {
namespace {

constexpr std::size_t kSlots = 1 << 18;
/// So that the first headlines of a run do not take every word for a rare one.
constexpr float kHeadlinesBefore = 300;
constexpr std::uint32_t kHeadlinesFade = 200'000;
/// A pair of words says more than either, but it repeats what they say.
constexpr float kPairWeight = 0.5F;
constexpr std::uint64_t kSweepItems = 4096;
/// Who and where tells stories apart better than what is done. Measured without times on labelled
/// headlines, halves of the stories: 1.5 to 3 do about the same.
constexpr float kNameWeight = 2;

} // namespace

WordRarity::WordRarity() : m_counts(kSlots) {}

void WordRarity::add(std::span<const std::uint64_t> distinct)
{
    for (const std::uint64_t hash : distinct)
        ++m_counts[hash % kSlots];
    if (++m_headlines < kHeadlinesFade)
        return;
    m_headlines /= 2;
    for (std::uint32_t &count : m_counts)
        count /= 2;
}

float WordRarity::rarityOf(std::uint64_t hash) const
{
    const float seen = float(m_counts[hash % kSlots]);
    return std::log(1 + (float(m_headlines) + kHeadlinesBefore) / (seen + 1));
}

TermVector RecentTerms::vectorOf(std::span<const Word> words) const
{
    TermVector terms;
    const Word *before = nullptr;
    for (const Word &word : words) {
        if (word.filler || word.folded.size() < 2)
            continue;
        const float factor = word.capital ? kNameWeight : 1;
        terms.push_back({word.stem, factor * m_rarity.rarityOf(word.stem)});
        if (before != nullptr) {
            const std::uint64_t pair = joined(before->stem, word.stem);
            terms.push_back({pair, kPairWeight * m_rarity.rarityOf(pair)});
        }
        before = &word;
    }
    // Of a word that is there in both cases, the name.
    std::ranges::stable_sort(terms, [](const Term &a, const Term &b) {
        return a.hash != b.hash ? a.hash < b.hash : a.weight > b.weight;
    });
    const auto repeats = std::ranges::unique(terms, {}, &Term::hash);
    terms.erase(repeats.begin(), repeats.end());
    float squares = 0;
    for (const Term &term : terms)
        squares += term.weight * term.weight;
    const float scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
    for (Term &term : terms)
        term.weight *= scale;
    return terms;
}

std::vector<Neighbour> RecentTerms::nearest(const TermVector &vector, float cosineMin,
                                            std::size_t most)
{
    // Larger than the window, so that no two of it meet; a power of two, so that no sum divides.
    m_sums.resize(std::bit_ceil(m_options.itemsMax + 1));
    const std::uint64_t mask = m_sums.size() - 1;
    std::vector<std::uint64_t> &touched = m_touched;
    touched.clear();
    for (const Term &term : vector) {
        const auto found = m_postings.find(term.hash);
        if (found == m_postings.end())
            continue;
        for (const Posting &posting : found->second.entries) {
            if (posting.item < m_first)
                continue;
            float &sum = m_sums[posting.item & mask];
            if (sum == 0)
                touched.push_back(posting.item);
            sum += term.weight * posting.weight;
        }
    }
    std::vector<Neighbour> best;
    for (const std::uint64_t item : touched) {
        float &sum = m_sums[item & mask];
        if (sum >= cosineMin)
            best.push_back({item, std::min(sum, 1.0F)});
        sum = 0;
    }
    const auto closer = [](const Neighbour &a, const Neighbour &b) {
        return a.cosine != b.cosine ? a.cosine > b.cosine : a.item < b.item;
    };
    const std::size_t kept = std::min(most, best.size());
    std::partial_sort(best.begin(), best.begin() + std::ptrdiff_t(kept), best.end(), closer);
    best.resize(kept);
    return best;
}

std::uint64_t RecentTerms::add(const TermVector &vector, Instant at)
{
    std::vector<std::uint64_t> distinct;
    for (const Term &term : vector)
        distinct.push_back(term.hash);
    m_rarity.add(distinct);
    const std::uint64_t item = endItem();
    m_newest = std::max(m_newest, at);
    m_times.push_back(at);
    while (m_times.size() > m_options.itemsMax || m_newest - m_times.front() > m_options.window) {
        m_times.pop_front();
        ++m_first;
    }
    for (const Term &term : vector) {
        Postings &postings = m_postings[term.hash];
        if (postings.entries.size() < m_options.postingsMax) {
            postings.entries.push_back({item, term.weight});
            continue;
        }
        postings.entries[postings.next] = {item, term.weight};
        postings.next = (postings.next + 1) % m_options.postingsMax;
    }
    if (item - m_sweptAt >= kSweepItems)
        sweep();
    return item;
}

/// Words that only old headlines had.
void RecentTerms::sweep()
{
    m_sweptAt = endItem();
    std::erase_if(m_postings, [this](auto &entry) {
        Postings &postings = entry.second;
        if (postings.entries.size() < m_options.postingsMax)
            std::erase_if(postings.entries, [this](const Posting &p) { return p.item < m_first; });
        return std::ranges::all_of(postings.entries,
                                   [this](const Posting &p) { return p.item < m_first; });
    });
}

} // namespace chrona::events
