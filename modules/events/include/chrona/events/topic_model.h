// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/events/topics.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::events {

struct LabelledText {
    TopicText text;
    std::string_view label;
    float weight = 1; ///< against others; how large all of them are says nothing
};

struct LabelGuess {
    std::string_view label; ///< lives as long as the model
    float confidence = 0;   ///< its share of probability, 0–1
};

/// A classifier for somebody's own labels, learned from examples of them.
///
/// A softmax regression over hashed words and pairs of words, and over what the built-in list of
/// words says about a text, which is what carries over to stories that no example tells. Examples
/// are first grouped into stories and each story counts once, however often it was reported.
///
/// Training is deterministic: the same examples in the same order give the same bytes. A trained
/// model is immutable; any thread.
class TopicModel {
public:
    static constexpr std::size_t kLabelsMax = 64;
    static constexpr std::size_t kExamplesMax = 500'000;

    /// Fails with InvalidInput without two labels, with too many labels or examples, or with a
    /// label that is longer than 200 bytes.
    [[nodiscard]] static Result<TopicModel> train(std::span<const LabelledText> examples);

    [[nodiscard]] LabelGuess predict(const TopicText &text) const;
    [[nodiscard]] std::span<const std::string> labels() const { return m_labels; }

    /// Versioned bytes: 4 for each label of each word that was seen.
    [[nodiscard]] std::string serialise() const;
    /// Fails with Corrupt on anything that serialise() did not write.
    [[nodiscard]] static Result<TopicModel> read(std::string_view bytes);

private:
    std::vector<std::string> m_labels;
    std::vector<float> m_weights; ///< of each feature for each label, features first
};

} // namespace chrona::events
