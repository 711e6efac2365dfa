// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "headline_words.h"

#include "chrona/base/time.h"

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

namespace chrona::events {

struct Term {
    std::uint64_t hash = 0;
    float weight = 0; ///< of a vector of unit length
};
using TermVector = std::vector<Term>;

/// How rare words are, learned while headlines pass. Of fixed size: counters share slots, and old
/// headlines fade.
class WordRarity {
public:
    WordRarity();
    void add(std::span<const Term> distinct);
    [[nodiscard]] float rarityOf(std::uint64_t hash) const;

private:
    std::vector<std::uint32_t> m_counts;
    std::uint32_t m_headlines = 0;
};

struct Neighbour {
    std::uint64_t item = 0;
    float cosine = 0;
};

struct RecentTermsOptions {
    Duration window = std::chrono::hours(72);
    std::size_t itemsMax = 20'000;
    std::size_t postingsMax = 256; ///< looked at for each word, the most recent ones
};

/// tf-idf vectors of the headlines of a moving window, with an inverted index over them: the cost
/// of a headline depends on its words, not on the size of the window.
class RecentTerms {
public:
    explicit RecentTerms(const RecentTermsOptions &options) : m_options(options) {}

    /// The headline's vector; nothing is kept of it.
    [[nodiscard]] TermVector vectorOf(std::span<const Word> words) const;
    /// Those with the highest cosine, best first (ties: the older one), at most `most`.
    [[nodiscard]] std::vector<Neighbour> nearest(const TermVector &vector, float cosineMin,
                                                 std::size_t most);
    /// Takes the headline in as item number size-of-all-so-far. Old ones leave.
    std::uint64_t add(const TermVector &vector, Instant at);

    [[nodiscard]] std::uint64_t firstItem() const { return m_first; }
    [[nodiscard]] std::uint64_t endItem() const { return m_first + m_times.size(); }
    [[nodiscard]] Instant timeOf(std::uint64_t item) const { return m_times[item - m_first]; }

private:
    /// Half a cache line holds four: most of the time goes into walking them.
    struct Posting {
        std::uint32_t item; ///< the low half of its number
        float weight;
    };
    struct Postings {
        std::vector<Posting> entries; ///< a ring once it is full
        std::size_t next = 0;
    };
    /// How far behind the first item of the window; at least the window's size where it has left.
    [[nodiscard]] std::uint32_t ageOf(const Posting &posting) const
    {
        return posting.item - static_cast<std::uint32_t>(m_first);
    }
    void sweep();

    RecentTermsOptions m_options;
    WordRarity m_rarity;
    std::unordered_map<std::uint64_t, Postings> m_postings;
    std::deque<Instant> m_times;
    std::uint64_t m_first = 0;
    std::uint64_t m_sweptAt = 0;
    Instant m_newest = Instant::min();
    std::vector<float> m_sums;            ///< scratch of nearest(), by age, all zero between calls
    std::vector<std::uint32_t> m_touched; ///< scratch too: ages
    std::vector<std::uint64_t> m_closest; ///< and the cosine above the age
};

} // namespace chrona::events
