// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/events/topics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

/// Texts as vectors, to find what is like a text.
namespace chrona::events {

/// A direction, each dimension in a signed byte; its length says nothing.
using TextVector = std::vector<std::int8_t>;

/// Of the built-in vectors: the 32 fields of the list of words, and hashed words, names and parts
/// of words. No corpus went into them; they tell who and what, and hardly a paraphrase.
inline constexpr std::size_t kTextVectorSize = 512;
/// Changes whenever vectors of the same text would differ.
inline constexpr std::string_view kTextVectorModel = "built-in 1";

/// Pure and deterministic; any thread. Empty for a text without a word.
[[nodiscard]] TextVector vectorOf(const TopicText &text);
/// Of a model's vector; empty where that is all zeros or holds what is no number.
[[nodiscard]] TextVector quantised(std::span<const float> vector);
/// -1 to 1; 0 where one is empty or their sizes differ.
[[nodiscard]] double cosine(std::span<const std::int8_t> a, std::span<const std::int8_t> b);

struct VectorMatch {
    std::int64_t item = 0;
    double similarity = 0;
};

/// Vectors in memory, looked through one by one: exact, and quick enough for some ten thousands. A
/// full index forgets the vectors that were put in first. One thread at a time.
class VectorIndex {
public:
    explicit VectorIndex(std::size_t itemsMax = 50'000) : m_itemsMax(itemsMax) {}

    /// Replaces that of the same item. One of another size than the first's, or empty, is left out.
    void add(std::int64_t item, Instant at, std::span<const std::int8_t> vector);

    struct Query {
        std::span<const std::int8_t> vector;
        std::optional<Instant> from{}, to{}; ///< [from, to)
        std::size_t limit = 20;
        std::optional<std::int64_t> without{}; ///< this item is not found
    };
    /// Most alike first; equal ones by item. Only what has anything in common.
    [[nodiscard]] std::vector<VectorMatch> find(const Query &query) const;

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::size_t memoryBytes() const { return m_bytes.capacity(); }

private:
    struct Entry {
        std::int64_t item;
        Instant at;
        double length; ///< of its vector
    };
    std::size_t m_itemsMax;
    std::size_t m_dimensions = 0;
    std::vector<Entry> m_entries;     ///< a ring once it is full
    std::vector<std::int8_t> m_bytes; ///< of the entries, one after the other
    std::unordered_map<std::int64_t, std::size_t> m_placeOf;
    std::size_t m_next = 0; ///< where the next one goes once it is full
};

} // namespace chrona::events
