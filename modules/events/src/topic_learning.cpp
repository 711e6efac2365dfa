// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/topic_learning.h"

#include "chrona/events/story_clusters.h"

#include "headline_words.h"

#include <algorithm>
#include <format>
#include <set>

namespace chrona::events {
namespace {

constexpr std::size_t kFolds = 5;
/// A person's word against one that was only assumed.
constexpr float kAssumedWeight = 0.1F;
constexpr double kAgreementMin = 0.75;
/// Fewer assumed texts say nothing of the rest of the world and are left out.
constexpr std::size_t kAssumedMin = 20;

/// Which fold each text is in; texts of one story in the same.
std::vector<std::size_t> foldsOf(std::span<const LabelledText> texts)
{
    StoryClusters clusters;
    for (const LabelledText &text : texts)
        clusters.add({text.text.title, text.text.publisher, Instant{}});
    clusters.settle();
    std::vector<std::size_t> folds(texts.size());
    for (const auto &part : {clusters.takeFinal(), clusters.members()})
        for (const StoryMember &member : part)
            folds[member.item] = mixed(member.story + 1) % kFolds;
    return folds;
}

struct Tally {
    std::size_t right = 0, all = 0;
    void count(bool isRight)
    {
        right += isRight ? 1 : 0;
        ++all;
    }
    [[nodiscard]] double share() const { return all > 0 ? double(right) / double(all) : 0; }
};

struct CrossValidation {
    Tally learned, builtIn, agreeing;
};

bool hasTwoLabels(std::span<const LabelledText> examples)
{
    return std::ranges::any_of(
        examples, [&](const LabelledText &one) { return one.label != examples.front().label; });
}

/// `all` are the corrections, `corrected` of them, and then what is assumed.
Result<CrossValidation> crossValidate(std::span<const LabelledText> all, std::size_t corrected,
                                      const BuiltInLabel &builtIn)
{
    const auto folds = foldsOf(all);
    CrossValidation sums;
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        std::vector<LabelledText> seen;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (folds[i] != fold)
                seen.push_back(all[i]);
        if (seen.size() == all.size())
            continue;
        std::optional<TopicModel> model;
        if (!seen.empty() && hasTwoLabels(seen)) {
            auto made = TopicModel::train(seen);
            if (!made)
                return std::unexpected(made.error());
            model = std::move(*made);
        }
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (folds[i] != fold)
                continue;
            const bool right = model && model->predict(all[i].text).label == all[i].label;
            if (i >= corrected) {
                sums.agreeing.count(right);
                continue;
            }
            sums.learned.count(right);
            sums.builtIn.count(builtIn(all[i].text) == all[i].label);
        }
    }
    return sums;
}

} // namespace

bool LearnedLabels::isBetter() const
{
    return corrections >= kCorrectionsMin && score > baseline && agreement >= kAgreementMin;
}

Result<LearnedLabels> learnLabels(std::span<const LabelledText> corrected,
                                  std::span<const LabelledText> assumed,
                                  const BuiltInLabel &builtIn)
{
    if (corrected.size() < kCorrectionsMin)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} corrections are too few to learn from, {} are needed",
                                corrected.size(), kCorrectionsMin));
    if (assumed.size() < kAssumedMin)
        assumed = {};
    std::vector<LabelledText> all(corrected.begin(), corrected.end());
    for (LabelledText text : assumed) {
        text.weight = kAssumedWeight;
        all.push_back(text);
    }
    auto model = TopicModel::train(all);
    if (!model)
        return std::unexpected(model.error());
    const auto sums = crossValidate(all, corrected.size(), builtIn);
    if (!sums)
        return std::unexpected(sums.error());
    return LearnedLabels{std::move(*model),
                         corrected.size(),
                         all.size(),
                         sums->learned.share(),
                         sums->builtIn.share(),
                         assumed.empty() ? 1.0 : sums->agreeing.share()};
}

} // namespace chrona::events
