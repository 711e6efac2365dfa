// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/story_clusters.h"

#include <cstdint>
#include <memory>

namespace chrona::events {

struct NoveltyOptions {
    Duration window = std::chrono::hours(72);
    std::size_t headlinesMax = 20'000;
    Duration halfLife = std::chrono::hours(24); ///< what is older makes less stale
};

/// How much of a headline was not in the headlines before it: 1 nothing like it was seen lately, 0
/// word for word. One thread at a time; bounded by its options.
class Novelty {
public:
    explicit Novelty(const NoveltyOptions &options = {});
    ~Novelty();
    Novelty(Novelty &&) noexcept;
    Novelty &operator=(Novelty &&) noexcept;

    /// The novelty of this one, which is then known.
    double add(const Headline &headline);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What a costly step, a language model for instance, may be spent on.
struct AdmissionPolicy {
    double itemsPerHour = 120;
    double burst = 40;     ///< how many may pass at once after a quiet time
    double scoreMin = 0.2; ///< below it an item is never worth the step
};

struct Merit {
    double relevance = 0; ///< 0–1, to what the user follows
    double novelty = 0;   ///< 0–1
    [[nodiscard]] double score() const { return relevance * novelty; }
};

enum class Admission : std::uint8_t {
    Admitted,
    NotWorth, ///< too little, whatever the budget
    Deferred, ///< worth it, but the budget is kept for better ones; may be asked again
};

/// A budget that fills with time and is spent on the best: the emptier it is, the more an item must
/// be worth. Never more than burst + itemsPerHour × hours are admitted. A value; the caller has the
/// clock, and time that runs backwards adds nothing. Anything that is not a number counts as 0.
class AdmissionBudget {
public:
    AdmissionBudget(const AdmissionPolicy &policy, Instant now);

    [[nodiscard]] Admission decide(const Merit &merit, Instant now);
    [[nodiscard]] double left() const { return m_left; }

private:
    AdmissionPolicy m_policy;
    double m_left;
    Instant m_at;
};

} // namespace chrona::events
