// SPDX-License-Identifier: AGPL-3.0-or-later
#include "beekeeper_headlines.h"

#include "chrona/events/topic_learning.h"

#include <QTest>

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
    Labelled all;
    for (const char *title : test::kTrade)
        all.add(title, "trade");
    for (const char *title : test::kPolitics)
        all.add(title, "politics");
    return all;
}

/// Headlines of which the built-in list is sure.
Labelled world()
{
    constexpr const char *kTitles[] = {
        "Central bank raises interest rates again",
        "Fed signals rate cut as policy eases",
        "ECB keeps deposit rate unchanged",
        "Bank of England hikes rates by quarter point",
        "Reserve Bank holds cash rate steady",
        "Consumer prices rise faster than expected",
        "Inflation slows in eurozone",
        "CPI jumps on rents",
        "Producer prices fall for third month",
        "Core inflation eases",
        "Earthquake destroys villages",
        "Floods displace thousands",
        "Hurricane makes landfall",
        "Wildfire forces evacuations",
        "Tornado flattens town",
        "Oil prices climb as OPEC cuts output",
        "Gas pipeline shut for repair",
        "Brent crude slips",
        "Refinery outage lifts gasoline",
        "Coal plants close",
        "Hospital fights measles outbreak",
        "Cholera cases climb",
        "WHO warns of flu strain",
        "Cancer drug approved",
    };
    Labelled all;
    for (const char *title : kTitles)
        all.add(title, std::string(builtIn({title, "", ""})));
    return all;
}

} // namespace

/// Labels of people are learned, and only used where they make things better.
class TestTopicLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void correctionsAreLearned();
    void whatNobodyCorrectedIsStillTold();
    void sameExamplesGiveTheSameModel();
    void tooFewAreRefused();
    void labelsByChanceAreNotUsed();
    void weightIsWeighed();
};

void TestTopicLearning::correctionsAreLearned()
{
    const auto corrected = beekeepers();
    const auto learned = learnLabels(corrected.texts(), {}, builtIn);
    QVERIFY2(learned, learned ? "" : learned.error().what.c_str());
    QCOMPARE(learned->corrections, 24U);
    qInfo("score %.2f, built in %.2f", learned->score, learned->baseline);
    QVERIFY(learned->score > learned->baseline + 0.3);
    QVERIFY(learned->isBetter());
    QCOMPARE(learned->model.predict({"Beekeeper loses hives in Tarrant", "", ""}).label,
             std::string_view("trade"));
}

void TestTopicLearning::whatNobodyCorrectedIsStillTold()
{
    const auto corrected = beekeepers();
    const auto assumed = world();
    const auto learned = learnLabels(corrected.texts(), assumed.texts(), builtIn);
    QVERIFY(learned);
    QCOMPARE(learned->examples, 48U);
    QCOMPARE(learned->model.predict({"Beekeeper loses hives in Tarrant", "", ""}).label,
             std::string_view("trade"));
    QCOMPARE(learned->model.predict({"Central bank cuts interest rates", "", ""}).label,
             std::string_view("monetary_policy"));
    // Of so few assumed texts a held-out one is often not told: such a model is not used.
    QVERIFY(learned->agreement < 0.75 && !learned->isBetter());
    // Still fewer say nothing and are left out.
    const auto few = assumed.texts();
    QCOMPARE(learnLabels(corrected.texts(), std::span(few).first(10), builtIn)->examples, 24U);
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
    QVERIFY(few.error().code == ErrorCode::InvalidInput);
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
