// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/topic_model.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

namespace chrona::events {

/// What built-in rules say of a text; the label lives as long as the rules.
using BuiltInLabel = std::function<std::string_view(const TopicText &)>;

/// A model of people's labels, and how good it is.
struct LearnedLabels {
    TopicModel model;
    std::size_t corrections = 0, examples = 0;
    /// Of the corrections, the share told rightly by models that had not seen their story; and by
    /// the built-in rules.
    double score = 0, baseline = 0;
    /// Of texts that the built-in rules are sure of, and that were held out: the share where the
    /// model says the same. One that unlearns the rest of the world is no gain.
    double agreement = 1;

    /// Better than the built-in rules, and on enough corrections that this is no accident.
    [[nodiscard]] bool isBetter() const;
};

/// Learns labels that people gave, together with texts of which the built-in rules are sure, which
/// count less. Both are told apart by story, so that a held-out text has no twin in what is learned
/// from. Deterministic; some seconds for ten thousand texts.
///
/// Fails with InvalidInput on fewer than `kCorrectionsMin` corrections or fewer than two labels.
inline constexpr std::size_t kCorrectionsMin = 8;
[[nodiscard]] Result<LearnedLabels> learnLabels(std::span<const LabelledText> corrected,
                                                std::span<const LabelledText> assumed,
                                                const BuiltInLabel &builtIn);

} // namespace chrona::events
