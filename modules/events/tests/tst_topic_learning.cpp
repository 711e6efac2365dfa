// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/topic_learning.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::events;

namespace {

std::string_view builtIn(const TopicText &text)
{
    return schema::toString(classifyTopic(text).topic);
}

/// Texts that live as long as the test, with the label that somebody gave them.
struct Labelled {
    std::vector<std::string> titles;
    std::vector<std::string> labels;
    void add(std::string title, std::string label)
    {
        titles.push_back(std::move(title));
        labels.push_back(std::move(label));
    }
    [[nodiscard]] std::vector<LabelledText> texts() const
    {
        std::vector<LabelledText> all;
        for (std::size_t i = 0; i < titles.size(); ++i)
            all.push_back({{titles[i], "", ""}, labels[i]});
        return all;
    }
};

/// Somebody for whom beekeeping is trade: no built-in word says so.
Labelled beekeepers()
{
    constexpr std::string_view kPlaces[] = {"Abville", "Corstadt", "Dunbrook", "Eldson",
                                            "Farwick", "Gorton",   "Harlow",   "Ipsley"};
    constexpr std::string_view kDeeds[] = {"exhibit hives", "praise nectar", "mourn swarms"};
    Labelled all;
    for (std::size_t i = 0; i < 16; ++i)
        all.add(std::format("{} beekeepers {} near the mill", kPlaces[i % 8], kDeeds[i % 3]),
                "trade");
    for (const std::string_view place : kPlaces)
        all.add(std::format("{} parliament elects a speaker after vote", place), "politics");
    return all;
}

Labelled world()
{
    constexpr std::string_view kTitles[] = {
        "Central bank raises interest rates again", "Inflation slows as consumer prices ease",
        "Earthquake and floods destroy villages",   "Oil prices climb as OPEC cuts output",
        "Hospital fights outbreak of measles",      "Parliament votes on election law",
    };
    Labelled all;
    for (int copy = 0; copy < 6; ++copy)
        for (const std::string_view title : kTitles) {
            const std::string text = std::format("{} in quarter {}", title, copy);
            all.add(text, std::string(builtIn({text, "", ""})));
        }
    return all;
}

} // namespace

/// Labels of people are learned, and only used where they make things better.
class TestTopicLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void correctionsAreLearned();
    void sameExamplesGiveTheSameModel();
    void tooFewAreRefused();
    void labelsByChanceAreNotUsed();
    void weightIsWeighed();
};

void TestTopicLearning::correctionsAreLearned()
{
    const auto corrected = beekeepers();
    const auto assumed = world();
    const auto learned = learnLabels(corrected.texts(), assumed.texts(), builtIn);
    QVERIFY2(learned, learned ? "" : learned.error().what.c_str());
    QCOMPARE(learned->corrections, 24U);
    QCOMPARE(learned->examples, 60U);
    qInfo("score %.2f, built in %.2f, agreement %.2f", learned->score, learned->baseline,
          learned->agreement);
    QVERIFY(learned->score > learned->baseline + 0.3);
    QVERIFY(learned->isBetter());
    QCOMPARE(learned->model.predict({"Jarrow beekeepers count hives", "", ""}).label,
             std::string_view("trade"));
    // What nobody corrected is still told.
    QCOMPARE(learned->model.predict({"Central bank cuts interest rates", "", ""}).label,
             std::string_view("monetary_policy"));
}

void TestTopicLearning::sameExamplesGiveTheSameModel()
{
    const auto corrected = beekeepers();
    const auto one = learnLabels(corrected.texts(), {}, builtIn);
    const auto two = learnLabels(corrected.texts(), {}, builtIn);
    QVERIFY(one->model.serialise() == two->model.serialise());
    QCOMPARE(one->score, two->score);
}

void TestTopicLearning::tooFewAreRefused()
{
    const auto all = beekeepers();
    const auto texts = all.texts();
    const auto few = learnLabels(std::span(texts).first(kCorrectionsMin - 1), {}, builtIn);
    QVERIFY(!few);
    QCOMPARE(few.error().code, ErrorCode::InvalidInput);
    // One label alone says nothing.
    QVERIFY(!learnLabels(std::span(texts).first(16), {}, builtIn));
}

void TestTopicLearning::labelsByChanceAreNotUsed()
{
    Labelled noise;
    const auto assumed = world();
    // Right half of the time by the built-in rules, wrong without any pattern else.
    for (std::size_t i = 0; i < assumed.titles.size(); ++i)
        noise.add(assumed.titles[i], i % 2 == 0   ? assumed.labels[i]
                                     : i % 3 == 0 ? "health"
                                                  : "fiscal");
    const auto learned = learnLabels(noise.texts(), assumed.texts(), builtIn);
    QVERIFY(learned);
    QVERIFY(!learned->isBetter());
}

void TestTopicLearning::weightIsWeighed()
{
    std::vector<LabelledText> texts;
    for (const char *title : {"Zorp happens", "Blick happens"})
        texts.push_back({{title, "", ""}, "a", 1});
    texts.push_back({{"Zorp occurred", "", ""}, "b", 20});
    QCOMPARE(TopicModel::train(texts)->predict({"Zorp", "", ""}).label, std::string_view("b"));
    texts.back().weight = 0;
    QVERIFY(!TopicModel::train(texts));
}

QTEST_APPLESS_MAIN(TestTopicLearning)
#include "tst_topic_learning.moc"
