// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How all enrichment sees a headline: one way to split, fold and stem, so that a word of a table
/// and a word of a headline meet. Pure, any thread.
namespace chrona::events {

struct Word {
    std::string folded;       ///< lower case, Latin letters without accents, no apostrophes
    std::uint64_t exact = 0;  ///< of `folded`
    std::uint64_t stem = 0;   ///< of `folded` without its English ending
    std::uint32_t begin = 0;  ///< first byte in the text that was split
    std::uint32_t end = 0;    ///< behind its last byte
    bool capital = false;     ///< begins with a capital letter
    bool number = false;      ///< begins with a digit
    bool filler = false;      ///< carries no topic: "the", "says", "update"
    bool opensClause = false; ///< first of the text or behind a mark that ends a clause
};

/// Not more than this many words of a text are looked at, so that no text costs more than a
/// paragraph does.
inline constexpr std::size_t kWordsMax = 96;

/// Bytes that are not UTF-8 separate words.
[[nodiscard]] std::vector<Word> wordsOf(std::string_view text);

/// A title without what desks and aggregators put around it: "UPDATE 1-", "BREAKING:", "Reuters:"
/// and " - Publisher" or " | Publisher" at the end. Part of `title`; never empty where it is not.
[[nodiscard]] std::string_view headlineBody(std::string_view title, std::string_view publisher);

/// 64 bits that spread well; not for what must withstand chosen collisions.
[[nodiscard]] std::uint64_t wordHash(std::string_view text);
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}
/// Of a sequence of words.
[[nodiscard]] constexpr std::uint64_t joined(std::uint64_t first, std::uint64_t second)
{
    return mixed(first * 0x9e3779b97f4a7c15ULL + second);
}

} // namespace chrona::events
