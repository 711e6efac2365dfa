// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/text_vector.h"

#include "headline_words.h"
#include "topic_lexicon.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::events {
namespace {

// How much each kind of part counts, as tried on labelled headlines: names are what a story turns
// on, fields bring together what shares no word, parts of words what differs in an ending.
constexpr float kNameValue = 2;
constexpr float kStemValue = 1;
constexpr float kPartValue = 0.15F;
constexpr float kFieldValueOfText = 0.5F;
constexpr float kSummaryShare = 0.4F;
constexpr std::size_t kPartBytes = 4;

using Sums = std::array<float, kTextVectorSize>;

void addHashed(std::uint64_t hash, float value, Sums &sums)
{
    constexpr std::size_t kHashedSize = kTextVectorSize - kFieldCount;
    const std::uint64_t spread = mixed(hash ^ 0x5bf03635ULL);
    // Two places of either sign: one chance meeting of two words is then no likeness yet.
    for (const std::uint64_t half : {spread & 0xffffffffU, spread >> 32})
        sums[kFieldCount + (half >> 1) % kHashedSize] += (half & 1) != 0 ? value : -value;
}

void addText(std::string_view text, float share, Sums &sums)
{
    const auto words = wordsOf(text);
    FieldScores fields{};
    scoreFields(words, 1, fields);
    for (std::size_t i = 0; i < kFieldCount; ++i)
        sums[i] += share * kFieldValueOfText * std::min(fields[i], 4.0F);
    for (const Word &word : words) {
        if (word.filler || word.folded.size() < 2)
            continue;
        const float value = share * (word.capital ? kNameValue : kStemValue);
        addHashed(word.stem, value, sums);
        if (word.number || word.folded.size() <= kPartBytes)
            continue;
        const std::string_view folded = word.folded;
        for (std::size_t at = 0; at + kPartBytes <= folded.size(); ++at)
            addHashed(joined(0x70617274, wordHash(folded.substr(at, kPartBytes))),
                      kPartValue * value, sums);
    }
}

std::int64_t dot(std::span<const std::int8_t> a, const std::int8_t *b)
{
    std::int32_t sum = 0; // 16,129 a dimension: enough for 130,000 of them
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += std::int32_t(a[i]) * std::int32_t(b[i]);
    return sum;
}

constexpr std::size_t kDimensionsMax = 16'384;

double lengthOf(std::span<const std::int8_t> vector)
{
    return std::sqrt(double(dot(vector, vector.data())));
}

} // namespace

TextVector quantised(std::span<const float> vector)
{
    float most = 0;
    for (const float value : vector) {
        if (!std::isfinite(value))
            return {};
        most = std::max(most, std::abs(value));
    }
    if (most == 0 || vector.size() > kDimensionsMax)
        return {};
    TextVector bytes(vector.size());
    for (std::size_t i = 0; i < vector.size(); ++i) {
        // To the nearest, halves outward, as lround() does; in double precision the half is exact.
        const auto part = double(127 * (vector[i] / most));
        bytes[i] = static_cast<std::int8_t>(static_cast<int>(part + std::copysign(0.5, part)));
    }
    return bytes;
}

TextVector vectorOf(const TopicText &text)
{
    Sums sums{};
    addText(headlineBody(text.title, text.publisher), 1, sums);
    addText(text.description, kSummaryShare, sums);
    return quantised(sums);
}

double cosine(std::span<const std::int8_t> a, std::span<const std::int8_t> b)
{
    if (a.empty() || a.size() != b.size() || a.size() > kDimensionsMax)
        return 0;
    const double lengths = lengthOf(a) * lengthOf(b);
    return lengths > 0 ? std::clamp(double(dot(a, b.data())) / lengths, -1.0, 1.0) : 0;
}

void VectorIndex::add(std::int64_t item, Instant at, std::span<const std::int8_t> vector)
{
    if (m_dimensions == 0)
        m_dimensions = vector.size() <= kDimensionsMax ? vector.size() : 0;
    const double length = vector.size() == m_dimensions ? lengthOf(vector) : 0;
    if (length == 0 || m_itemsMax == 0)
        return;
    std::size_t place = 0;
    if (const auto known = m_placeOf.find(item); known != m_placeOf.end()) {
        place = known->second;
    } else if (m_entries.size() < m_itemsMax) {
        place = m_entries.size();
        m_entries.emplace_back();
        m_bytes.resize(m_bytes.size() + m_dimensions);
    } else {
        place = m_next;
        m_next = (m_next + 1) % m_itemsMax;
        m_placeOf.erase(m_entries[place].item);
    }
    m_placeOf[item] = place;
    m_entries[place] = {item, at, length};
    std::ranges::copy(vector, m_bytes.begin() + std::ptrdiff_t(place * m_dimensions));
}

std::vector<VectorMatch> VectorIndex::find(const Query &query) const
{
    std::vector<VectorMatch> found;
    const double length = query.vector.size() == m_dimensions ? lengthOf(query.vector) : 0;
    if (length == 0)
        return found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        if ((query.from && entry.at < *query.from) || (query.to && entry.at >= *query.to) ||
            query.without == entry.item)
            continue;
        const auto product = dot(query.vector, m_bytes.data() + i * m_dimensions);
        if (product > 0)
            found.push_back({entry.item, double(product) / (length * entry.length)});
    }
    const std::size_t kept = std::min(query.limit, found.size());
    std::partial_sort(found.begin(), found.begin() + std::ptrdiff_t(kept), found.end(),
                      [](const VectorMatch &a, const VectorMatch &b) {
                          return a.similarity != b.similarity ? a.similarity > b.similarity
                                                              : a.item < b.item;
                      });
    found.resize(kept);
    return found;
}

} // namespace chrona::events
