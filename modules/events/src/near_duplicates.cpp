// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/near_duplicates.h"

#include "headline_words.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

namespace chrona::events {
namespace {

constexpr std::size_t kFirsts = 1 << 14;
constexpr std::size_t kSlotsPerBand = 1 << 15;
/// Fewer words than this say too little: then all of them must be the same.
constexpr std::size_t kWordsForOverlap = 4;

/// Words that turn a headline round; those of one row mean the same.
constexpr std::string_view kDirections[] = {
    "up rise rises rising rose risen gain gains gained climb climbs climbed jump jumps jumped soar "
    "soars soared surge surges surged rally rallies rallied higher increase increases increased "
    "raise raises raised hike hikes hiked grow grows grew",
    "down fall falls falling fell fallen drop drops dropped decline declines declined slip slips "
    "slipped slide slides slid sink sinks sank plunge plunges plunged tumble tumbles tumbled lower "
    "decrease decreases decreased cut cuts shrink shrinks shrank",
    "not no never wont cant isnt doesnt dont didnt without denies deny denied rejects reject "
    "rejected refuses refused unlikely",
    "beat beats tops exceeds exceed",
    "miss misses missed",
    "buy buys",
    "sell sells",
    "win wins won",
    "lose loses lost",
    "upgrade upgrades upgraded",
    "downgrade downgrades downgraded",
    "hold holds unchanged steady",
    "start starts begin begins",
    "end ends stop stops halt halts",
    "approve approves approved",
    "block blocks blocked bar bars",
};

const std::unordered_map<std::uint64_t, std::uint64_t> &directions()
{
    static const auto table = [] {
        std::unordered_map<std::uint64_t, std::uint64_t> made;
        std::uint64_t row = 0;
        for (const std::string_view words : kDirections) {
            ++row;
            for (const Word &word : wordsOf(words))
                made.emplace(word.exact, row);
        }
        return made;
    }();
    return table;
}

void sortDistinct(std::vector<std::uint64_t> &values)
{
    std::ranges::sort(values);
    const auto repeats = std::ranges::unique(values);
    values.erase(repeats.begin(), repeats.end());
}

} // namespace

NearDuplicates::NearDuplicates(const NearDuplicateOptions &options)
    : m_options(options), m_firsts(kFirsts), m_slots(kBands * kSlotsPerBand)
{
}

NearDuplicates::First NearDuplicates::described(std::span<const Word> words)
{
    First first;
    first.words.reserve(words.size());
    for (const Word &word : words) {
        first.words.push_back(word.stem);
        if (word.number)
            first.meaning.push_back(word.exact);
        else if (const auto found = directions().find(word.exact); found != directions().end())
            first.meaning.push_back(found->second);
    }
    sortDistinct(first.words);
    sortDistinct(first.meaning);
    return first;
}

NearDuplicates::Signature NearDuplicates::signatureOf(const First &first)
{
    static constexpr auto kSeeds = [] {
        std::array<std::uint64_t, kBands * kRows> seeds{};
        for (std::size_t i = 0; i < seeds.size(); ++i)
            seeds[i] = mixed(1 + i);
        return seeds;
    }();
    Signature signature{};
    for (std::size_t band = 0; band < kBands; ++band) {
        std::uint64_t key = band;
        for (std::size_t row = 0; row < kRows; ++row) {
            const std::uint64_t seed = kSeeds[band * kRows + row];
            std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
            for (const std::uint64_t word : first.words)
                least = std::min(least, (word ^ seed) * std::uint64_t{0x9e3779b97f4a7c15ULL});
            key = joined(key, least);
        }
        signature[band] = key;
    }
    return signature;
}

bool NearDuplicates::same(const First &a, const First &b) const
{
    if (a.meaning != b.meaning)
        return false;
    if (std::min(a.words.size(), b.words.size()) < kWordsForOverlap)
        return a.words == b.words;
    std::size_t shared = 0;
    for (auto x = a.words.begin(), y = b.words.begin(); x != a.words.end() && y != b.words.end();) {
        shared += *x == *y ? 1 : 0;
        const bool xIsBehind = *x <= *y, yIsBehind = *y <= *x;
        x += xIsBehind ? 1 : 0;
        y += yIsBehind ? 1 : 0;
    }
    const auto all = double(a.words.size() + b.words.size() - shared);
    return double(shared) >= m_options.overlapMin * all;
}

std::optional<std::uint64_t> NearDuplicates::add(std::uint64_t item, std::string_view title,
                                                 std::string_view publisher, Instant published)
{
    return add(item, wordsOf(headlineBody(title, publisher)), published);
}

std::optional<std::uint64_t> NearDuplicates::add(std::uint64_t item, std::span<const Word> words,
                                                 Instant published)
{
    First first = described(words);
    if (first.words.empty())
        return std::nullopt;
    first.item = item;
    first.published = published;
    const Signature signature = signatureOf(first);
    // What is alike shares many bands: it is compared once.
    std::array<std::uint64_t, kBands> seen{};
    std::size_t seenCount = 0;
    const First *oldest = nullptr;
    for (std::size_t band = 0; band < kBands; ++band) {
        const std::uint64_t slot = m_slots[band * kSlotsPerBand + signature[band] % kSlotsPerBand];
        const auto seenEnd = seen.begin() + std::ptrdiff_t(seenCount);
        if (slot == 0 || slot + kFirsts <= m_count ||
            std::find(seen.begin(), seenEnd, slot) != seenEnd)
            continue;
        seen[seenCount++] = slot;
        const First &candidate = m_firsts[(slot - 1) % kFirsts];
        const Duration apart = candidate.published < published ? published - candidate.published
                                                               : candidate.published - published;
        if (apart <= m_options.window && same(candidate, first) &&
            (oldest == nullptr || candidate.item < oldest->item))
            oldest = &candidate;
    }
    if (oldest != nullptr)
        return oldest->item;
    m_firsts[m_count % kFirsts] = std::move(first);
    ++m_count;
    for (std::size_t band = 0; band < kBands; ++band)
        m_slots[band * kSlotsPerBand + signature[band] % kSlotsPerBand] = m_count;
    return std::nullopt;
}

} // namespace chrona::events
