// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/topic_model.h"

#include <QTest>

#include <array>

using namespace chrona;
using namespace chrona::events;
using schema::Topic;

namespace {

/// Invented headlines of two kinds; each story has words of its own.
std::vector<LabelledText> examples()
{
    static constexpr std::array kRows{
        std::pair{"Harvest of plums fails in the north", "garden"},
        std::pair{"Plum harvest fails, growers say", "garden"},
        std::pair{"Roses suffer from greenfly after a mild winter", "garden"},
        std::pair{"How to prune roses in March", "garden"},
        std::pair{"Tulips bloom three weeks early", "garden"},
        std::pair{"Ferry runs aground off the island", "sea"},
        std::pair{"Island ferry runs aground with fifty aboard", "sea"},
        std::pair{"Trawler crew saved from the waves", "sea"},
        std::pair{"Harbour pilots vote for longer breaks", "sea"},
        std::pair{"Lighthouse on the cape goes dark", "sea"},
    };
    std::vector<LabelledText> all;
    for (const auto &[title, label] : kRows)
        all.push_back({{title, "", ""}, label});
    return all;
}

} // namespace

class TestTopics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builtInTopics_data();
    void builtInTopics();
    void confidenceGrowsWithEvidence();
    void topicsHaveWordsAndCategories();
    void modelLearns();
    void trainingIsDeterministic();
    void modelSurvivesStorage();
    void damagedModelsAreRefused();
    void impossibleExamplesAreRefused();
    void hostileTextIsHarmless();
};

void TestTopics::builtInTopics_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("topic");
    const auto row = [](const char *title, Topic topic) {
        QTest::newRow(title) << QString::fromUtf8(title) << static_cast<int>(topic);
    };
    row("ECB leaves key interest rate unchanged", Topic::MonetaryPolicy);
    row("Consumer prices rise as core inflation quickens", Topic::Inflation);
    row("Jobless claims fall to lowest since spring", Topic::Employment);
    row("GDP shrinks, economy slips into recession", Topic::Growth);
    row("Parliament passes budget with higher deficit", Topic::Fiscal);
    row("New tariffs on steel imports take effect", Topic::Trade);
    row("OFAC adds three banks to sanctions list", Topic::Sanctions);
    row("Airstrike kills militants near the border", Topic::Conflict);
    row("Foreign ministers meet for peace talks at UN summit", Topic::Diplomacy);
    row("Senate vote on election law delayed", Topic::Politics);
    row("OPEC agrees to cut crude output", Topic::Energy);
    row("Hurricane makes landfall, thousands evacuated", Topic::Disasters);
    row("Vaccine trial shows promise against malaria", Topic::Health);
    row("New smartphone runs Android with faster chip", Topic::Technology);
    row("Quarterly profit beats guidance, CEO to step down", Topic::Companies);
    row("Stocks slide on Wall Street as bond yields jump", Topic::Markets);
    row("Striker scores twice as club wins the cup final", Topic::None);
    row("Actress walks the red carpet at film premiere", Topic::None);
    row("Qwzx vbnm plk", Topic::None);
    row("", Topic::None);
}

void TestTopics::builtInTopics()
{
    QFETCH(const QString, title);
    QFETCH(const int, topic);
    const std::string text = title.toStdString();
    const auto guess = classifyTopic({text, "", ""});
    QCOMPARE(QByteArray(schema::toString(guess.topic).data()),
             QByteArray(schema::toString(static_cast<Topic>(topic)).data()));
    QVERIFY(guess.confidence >= 0 && guess.confidence <= 1);
}

void TestTopics::confidenceGrowsWithEvidence()
{
    const auto little = classifyTopic({"Oil", "", ""});
    const auto much = classifyTopic({"Oil: OPEC cuts crude output, Brent barrel jumps", "", ""});
    const auto mixed = classifyTopic({"Oil and the election", "", ""});
    QVERIFY(much.confidence > little.confidence);
    QVERIFY(little.confidence > mixed.confidence);
    QCOMPARE(classifyTopic({"Nothing of note", "", ""}).confidence, 0.0F);
    const auto helped = classifyTopic({"Minister speaks", "on crude, OPEC and pipelines", ""});
    QVERIFY(helped.topic == Topic::Energy);
}

void TestTopics::topicsHaveWordsAndCategories()
{
    for (std::size_t i = 0; i < schema::kTopicCount; ++i) {
        const auto topic = static_cast<Topic>(i);
        QVERIFY(schema::topicFrom(schema::toString(topic)) == topic);
        QVERIFY(schema::toString(schema::categoryOf(topic)) != "unknown");
    }
    QVERIFY(!schema::topicFrom("weather"));
    QVERIFY(schema::categoryOf(Topic::Energy) == schema::EventCategory::Energy);
    QCOMPARE(schema::entityKeyOf(Topic::MonetaryPolicy), std::string("topic:monetary_policy"));
}

void TestTopics::modelLearns()
{
    const auto model = TopicModel::train(examples());
    QVERIFY2(model, model ? "" : model.error().what.c_str());
    QCOMPARE(model->labels().size(), std::size_t{2});
    QCOMPARE(model->predict({"Plums and roses in the garden", "", ""}).label,
             std::string_view("garden"));
    QCOMPARE(model->predict({"A ferry and a trawler near the cape", "", ""}).label,
             std::string_view("sea"));
    const auto sure = model->predict({"Ferry runs aground", "", ""}).confidence;
    QVERIFY(sure > 0.5F && sure <= 1);
}

void TestTopics::trainingIsDeterministic()
{
    const auto rows = examples();
    QVERIFY(TopicModel::train(rows)->serialise() == TopicModel::train(rows)->serialise());
}

void TestTopics::modelSurvivesStorage()
{
    const auto model = TopicModel::train(examples());
    const auto again = TopicModel::read(model->serialise());
    QVERIFY2(again, again ? "" : again.error().what.c_str());
    const TopicText text{"Ferry aground in the tulips", "", ""};
    QCOMPARE(again->predict(text).label, model->predict(text).label);
    QCOMPARE(again->predict(text).confidence, model->predict(text).confidence);
    QVERIFY(again->serialise() == model->serialise());
}

void TestTopics::damagedModelsAreRefused()
{
    const std::string whole = TopicModel::train(examples())->serialise();
    for (std::size_t size = 0; size < whole.size(); size += size < 64 ? 1 : 97) {
        const auto read = TopicModel::read(std::string_view(whole).substr(0, size));
        QVERIFY2(!read && read.error().code == ErrorCode::Corrupt,
                 qPrintable(QString::number(size)));
    }
    QVERIFY(!TopicModel::read(whole + "x"));
    std::string other = whole;
    other[6] = '9';
    QVERIFY(!TopicModel::read(other));
    // The number of labels, far beyond what is allowed.
    other = whole;
    other[11] = '\x7f';
    QVERIFY(!TopicModel::read(other));
    // The last weight becomes NaN.
    other = whole;
    other.replace(whole.size() - 8, 4, std::string("\xff\xff\xff\x7f", 4));
    QVERIFY(!TopicModel::read(other));
}

void TestTopics::impossibleExamplesAreRefused()
{
    const auto refused = [](std::vector<LabelledText> rows) {
        const auto model = TopicModel::train(rows);
        return !model && model.error().code == ErrorCode::InvalidInput;
    };
    QVERIFY(refused({}));
    QVERIFY(refused({{{"one", "", ""}, "a"}, {{"two", "", ""}, "a"}}));
    QVERIFY(refused({{{"one", "", ""}, "a"}, {{"two", "", ""}, ""}}));
    const std::string name(201, 'x');
    QVERIFY(refused({{{"one", "", ""}, "a"}, {{"two", "", ""}, name}}));
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= TopicModel::kLabelsMax; ++i)
        names.push_back(std::to_string(i));
    std::vector<LabelledText> rows;
    for (const std::string &label : names)
        rows.push_back({{"title", "", ""}, label});
    QVERIFY(refused(rows));
}

void TestTopics::hostileTextIsHarmless()
{
    std::string bytes;
    for (int i = 0; i < 100'000; ++i)
        bytes += char(i * 7919 >> 3);
    const std::string cut = "Caf\xC3";
    const auto model = TopicModel::train(examples());
    for (const std::string_view text : {std::string_view(bytes), std::string_view(cut)}) {
        const auto topic = classifyTopic({text, text, text});
        QVERIFY(topic.confidence >= 0 && topic.confidence <= 1);
        const auto label = model->predict({text, text, text});
        QVERIFY(label.confidence > 0 && label.confidence <= 1);
    }
}

QTEST_APPLESS_MAIN(TestTopics)
#include "tst_topics.moc"
