// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chrona::events {

struct Word; // of the module's inside

struct NearDuplicateOptions {
    Duration window = std::chrono::hours(72);
    double overlapMin = 0.6; ///< of the sets of words: shared / all
};

/// Finds headlines that say the same in nearly the same words. Never folded are headlines whose
/// numbers or whose directions differ ("raises by 25 bp", "cuts by 50 bp"), however alike they are
/// otherwise.
///
/// Candidates come from MinHash signatures (24 bands of 3) and each is then compared word by word.
/// A headline is compared with the first of each group, so groups cannot drift. One thread at a
/// time; some 7 MiB, whatever passes: what is older than the last 16,384 firsts is forgotten.
class NearDuplicates {
public:
    explicit NearDuplicates(const NearDuplicateOptions &options = {});

    /// The item that this one repeats. Otherwise it is remembered as the first of its kind.
    std::optional<std::uint64_t> add(std::uint64_t item, std::string_view title,
                                     std::string_view publisher, Instant published);
    /// The same of a headline that the module has split already.
    std::optional<std::uint64_t> add(std::uint64_t item, std::span<const Word> words,
                                     Instant published);

private:
    static constexpr std::size_t kBands = 24;
    static constexpr std::size_t kRows = 3;
    using Signature = std::array<std::uint64_t, kBands>;

    struct First {
        std::uint64_t item = 0;
        Instant published;
        std::vector<std::uint64_t> words;   ///< sorted, distinct
        std::vector<std::uint64_t> meaning; ///< numbers and directions, sorted
    };
    [[nodiscard]] static First described(std::span<const Word> words);
    [[nodiscard]] static Signature signatureOf(const First &first);
    [[nodiscard]] bool same(const First &a, const First &b) const;

    NearDuplicateOptions m_options;
    std::vector<First> m_firsts;        ///< a ring
    std::uint64_t m_count = 0;          ///< of firsts so far; 1 + index stands in the slots
    std::vector<std::uint64_t> m_slots; ///< kBands tables; a newer one takes an older one's place
};

} // namespace chrona::events
