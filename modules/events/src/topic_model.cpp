// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/topic_model.h"

#include "chrona/events/story_clusters.h"

#include "headline_words.h"
#include "topic_features.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <format>
#include <map>
#include <numeric>
#include <unordered_map>

namespace chrona::events {
namespace {

constexpr std::size_t kLabelBytesMax = 200;
constexpr std::string_view kMagic = "CHRTPM1\n"; // a change of features or hashes changes it
constexpr float kWeightMax = 1e4F;

/// Few examples are gone through more often.
constexpr std::size_t kEpochsMin = 10;
constexpr std::size_t kStepsMin = 20'000;
constexpr float kStep = 0.03F;
constexpr float kShrink = 5e-3F;
/// Of the first step for a weight, so that a single headline does not settle it.
constexpr float kSquareBefore = 1e-2F;
/// How far rare labels are made up for: 0 not at all, 1 wholly.
constexpr float kLabelBalance = 0.3F;

struct Example {
    Features features;
    std::size_t label = 0;
    float weight = 1;
};

/// Which examples tell one story. Times are not asked: labels may have been given years later.
std::vector<std::uint64_t> storiesOf(std::span<const LabelledText> examples)
{
    StoryClusters clusters;
    for (const LabelledText &example : examples)
        clusters.add({example.text.title, example.text.publisher, Instant{}});
    clusters.settle();
    std::vector<std::uint64_t> stories(examples.size());
    for (const auto &part : {clusters.takeFinal(), clusters.members()})
        for (const StoryMember &member : part)
            stories[member.item] = member.story;
    return stories;
}

/// Each story counts once, then rare labels a little more; one on average.
void weigh(std::vector<Example> &examples, std::span<const std::uint64_t> stories,
           std::size_t labels)
{
    std::unordered_map<std::uint64_t, float> sizes;
    for (const std::uint64_t story : stories)
        sizes[story] += 1;
    std::vector<float> ofLabel(labels);
    for (std::size_t i = 0; i < examples.size(); ++i) {
        examples[i].weight /= sizes[stories[i]];
        ofLabel[examples[i].label] += examples[i].weight;
    }
    float sum = 0;
    for (Example &example : examples) {
        example.weight *= std::pow(ofLabel[example.label], -kLabelBalance);
        sum += example.weight;
    }
    for (Example &example : examples)
        example.weight *= float(examples.size()) / sum;
}

void softmax(std::span<float> scores)
{
    const float top = *std::ranges::max_element(scores);
    float sum = 0;
    for (float &score : scores) {
        score = std::exp(score - top);
        sum += score;
    }
    for (float &score : scores)
        score /= sum;
}

std::vector<float> scoresOf(std::span<const float> weights, std::size_t labels,
                            const Features &features)
{
    std::vector<float> scores(labels);
    for (const Feature &feature : features)
        for (std::size_t label = 0; label < labels; ++label)
            scores[label] += feature.value * weights[feature.index * labels + label];
    return scores;
}

/// Stochastic gradient with steps that shrink for each weight by itself (AdaGrad).
std::vector<float> fit(std::span<const Example> examples, std::size_t labels)
{
    std::vector<float> weights(kFeatureCount * labels);
    std::vector<float> squares(kFeatureCount * labels, kSquareBefore);
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::uint64_t draws = 0;
    const std::size_t epochs = std::max(kEpochsMin, kStepsMin / examples.size());
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[mixed(++draws) % i]);
        for (const std::size_t at : order) {
            const Example &example = examples[at];
            auto miss = scoresOf(weights, labels, example.features);
            softmax(miss);
            miss[example.label] -= 1;
            for (const Feature &feature : example.features)
                for (std::size_t label = 0; label < labels; ++label) {
                    const std::size_t w = feature.index * labels + label;
                    const float slope =
                        example.weight * (miss[label] * feature.value + kShrink * weights[w]);
                    squares[w] += slope * slope;
                    weights[w] -= kStep * slope / std::sqrt(squares[w]);
                }
        }
    }
    return weights;
}

Result<std::map<std::string_view, std::size_t>> labelsOf(std::span<const LabelledText> given)
{
    if (given.size() > TopicModel::kExamplesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} examples are more than the {} that a training takes",
                                given.size(), TopicModel::kExamplesMax));
    std::map<std::string_view, std::size_t> labels;
    for (const LabelledText &example : given) {
        if (example.label.empty() || example.label.size() > kLabelBytesMax)
            return fail(ErrorCode::InvalidInput, "a label is empty or longer than 200 bytes",
                        "leave that example out");
        if (!(example.weight > 0) || !std::isfinite(example.weight))
            return fail(ErrorCode::InvalidInput, "an example weighs nothing", "leave it out");
        labels.emplace(example.label, 0);
    }
    if (labels.size() < 2 || labels.size() > TopicModel::kLabelsMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the examples have {} different labels, must be 2 to {}",
                                labels.size(), TopicModel::kLabelsMax));
    std::size_t next = 0;
    for (auto &[label, index] : labels)
        index = next++;
    return labels;
}

void putNumber(std::string &out, std::uint32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        out += char(number >> shift & 0xFFU);
}

/// Takes numbers off the front of stored bytes; once they do not suffice, all reads give 0.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    std::string_view bytes(std::size_t size)
    {
        m_whole = m_whole && size <= m_rest.size();
        if (!m_whole)
            return {};
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }
    std::uint32_t number()
    {
        std::uint32_t value = 0;
        int shift = 0;
        for (const char c : bytes(4)) {
            value |= std::uint32_t(static_cast<unsigned char>(c)) << shift;
            shift += 8;
        }
        return value;
    }
    [[nodiscard]] bool whole() const { return m_whole; }
    [[nodiscard]] bool atEnd() const { return m_whole && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_whole = true;
};

std::unexpected<Error> corrupt(std::string_view what)
{
    return fail(ErrorCode::Corrupt, std::format("the stored topic model {}", what),
                "train it again");
}

} // namespace

Result<TopicModel> TopicModel::train(std::span<const LabelledText> given)
{
    const auto indexOf = labelsOf(given);
    if (!indexOf)
        return std::unexpected(indexOf.error());
    TopicModel model;
    for (const auto &[label, index] : *indexOf)
        model.m_labels.emplace_back(label);
    std::vector<Example> examples;
    examples.reserve(given.size());
    for (const LabelledText &example : given)
        examples.push_back({featuresOf(example.text), indexOf->at(example.label), example.weight});
    weigh(examples, storiesOf(given), model.m_labels.size());
    model.m_weights = fit(examples, model.m_labels.size());
    return model;
}

LabelGuess TopicModel::predict(const TopicText &text) const
{
    auto scores = scoresOf(m_weights, m_labels.size(), featuresOf(text));
    softmax(scores);
    const auto best = std::ranges::max_element(scores);
    return {m_labels[std::size_t(best - scores.begin())], *best};
}

std::string TopicModel::serialise() const
{
    std::string out(kMagic);
    putNumber(out, std::uint32_t(m_labels.size()));
    for (const std::string &label : m_labels) {
        putNumber(out, std::uint32_t(label.size()));
        out += label;
    }
    for (std::uint32_t index = 0; index < kFeatureCount; ++index) {
        const auto row = std::span(m_weights).subspan(index * m_labels.size(), m_labels.size());
        if (std::ranges::all_of(row, [](float weight) { return weight == 0; }))
            continue;
        putNumber(out, index);
        for (const float weight : row)
            putNumber(out, std::bit_cast<std::uint32_t>(weight));
    }
    putNumber(out, kFeatureCount);
    return out;
}

Result<TopicModel> TopicModel::read(std::string_view bytes)
{
    Reader in(bytes);
    if (in.bytes(kMagic.size()) != kMagic)
        return corrupt("is of another kind or version");
    const std::uint32_t labels = in.number();
    if (labels < 2 || labels > kLabelsMax)
        return corrupt("has an impossible number of labels");
    TopicModel model;
    for (std::uint32_t i = 0; i < labels; ++i) {
        const std::uint32_t size = in.number();
        if (size == 0 || size > kLabelBytesMax)
            return corrupt("has an impossible label");
        model.m_labels.emplace_back(in.bytes(size));
        if (i > 0 && model.m_labels[i - 1] >= model.m_labels[i])
            return corrupt("has labels out of order");
    }
    model.m_weights.resize(kFeatureCount * labels);
    std::uint32_t expected = 0;
    for (std::uint32_t index = in.number(); in.whole() && index != kFeatureCount;
         index = in.number()) {
        if (index < expected || index > kFeatureCount)
            return corrupt("has features out of order");
        expected = index + 1;
        for (std::uint32_t label = 0; label < labels; ++label) {
            const float weight = std::bit_cast<float>(in.number());
            if (!(std::abs(weight) <= kWeightMax))
                return corrupt("has an impossible weight");
            model.m_weights[index * labels + label] = weight;
        }
    }
    if (!in.atEnd())
        return corrupt("is cut off or longer than it says");
    return model;
}

} // namespace chrona::events
