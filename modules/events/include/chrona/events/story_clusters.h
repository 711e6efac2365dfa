// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::events {

struct Headline {
    std::string_view title;
    std::string_view publisher; ///< a name or a host; may be empty
    Instant published;
};

/// What became of one headline. Numbers count headlines in the order in which they were added.
struct StoryMember {
    std::uint64_t item = 0;
    std::uint64_t story = 0;                  ///< keeps its number while the story grows
    std::optional<std::uint64_t> duplicateOf; ///< an earlier headline that says the same
    float similarity = 1;                     ///< to the rest of its story, 0–1
};

struct Story {
    std::uint64_t story = 0;
    std::uint64_t representative = 0; ///< the headline that is closest to all others
    std::uint32_t headlines = 0;
    std::uint32_t publisherFamilies = 0; ///< corroboration: owners and wires, not feeds
    Instant firstAt, lastAt;
};

struct StoryOptions {
    Duration window = std::chrono::hours(72); ///< what is older takes no new headlines
    std::size_t headlinesMax = 20'000;        ///< bound of the window, whatever its length
    /// Similarity halves with every such distance in time: news of one story comes together.
    Duration halfLife = std::chrono::hours(8);
    double resolution = 0.6; ///< higher: more and smaller stories
};

/// Headlines → stories, one by one as they come.
///
/// Every headline is joined to the most similar ones of the window (tf-idf of stems and pairs of
/// stems, names twice, faded by distance in time); stories are the groups of that graph that hold
/// together more than chance would have it. They are found anew after each `kSettleItems`
/// headlines, in a large window after each eighth of it, and at settle(), so a story can take in
/// what was seen before its other half; numbers of stories follow the larger part. The result
/// depends on the order of headlines alone, not on the moments or sizes of batches. Headlines are
/// expected by `published`; late ones are taken as they come.
///
/// One thread at a time. Memory is bounded by the options and what comes between two settlings;
/// cost grows with words, not with the window.
class StoryClusters {
public:
    static constexpr std::size_t kSettleItems = 1024;

    explicit StoryClusters(const StoryOptions &options = {});
    ~StoryClusters();
    StoryClusters(StoryClusters &&) noexcept;
    StoryClusters &operator=(StoryClusters &&) noexcept;

    /// Returns the number of the headline.
    std::uint64_t add(const Headline &headline);
    /// Finds the stories of all that was added.
    void settle();

    /// The headlines of the window, as of the last settling.
    [[nodiscard]] std::vector<StoryMember> members() const;
    [[nodiscard]] std::vector<Story> stories() const;
    /// Headlines that have left the window since the last call: nothing about them changes again.
    [[nodiscard]] std::vector<StoryMember> takeFinal();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona::events
