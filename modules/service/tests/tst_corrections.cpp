// SPDX-License-Identifier: AGPL-3.0-or-later
#include "learned_topics.h"
#include "news_world.h"

#include "chrona/storage/correction_store.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow = NewsWorld::kNow;
constexpr const char *kBank = "Central bank raises interest rates to fight inflation";

} // namespace

/// What people say teaches, and holds against what engines find.
class TestCorrections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void correctionsRetrainAndAreShown();
    void pinnedReportsStayInTheirStory();

private:
    std::unique_ptr<storage::TestDatabase> m_database;
};

void TestCorrections::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestCorrections::correctionsRetrainAndAreShown()
{
    NewsWorld world(*m_database);
    LearnedTopics topics;
    constexpr const char *kPlaces[] = {"Abville", "Corstadt", "Dunbrook", "Eldson",
                                       "Farwick", "Gorton",   "Harlow",   "Ipsley"};
    const auto learn = [&](Instant now) {
        return learnFromCorrections(world.connection(), now).value();
    };
    QVERIFY(!learn(kNow).isAnew); // nothing to learn from
    std::vector<std::string> titles;
    for (const char *place : kPlaces) {
        titles.push_back(std::format("{} beekeepers exhibit hives near the mill", place));
        titles.push_back(std::format("{} council elects a speaker after vote", place));
    }
    for (const std::string &title : titles)
        world.tell({title});
    for (const std::string &title : titles)
        QVERIFY(storage::saveCorrection(
            world.connection(), {world.idOf(title), schema::CorrectionKind::Topic, "",
                                 title.contains("beekeepers") ? "trade" : "politics", kNow}));
    const auto made = learn(kNow + 1s);
    QVERIFY(made.isAnew);
    QCOMPARE(made.corrections, 16);
    QVERIFY2(
        made.topicIsUsed,
        std::format("{} {} {}", made.topicScore, made.topicBaseline, made.topicAgreement).c_str());
    QVERIFY(!learn(kNow + 2s).isAnew);
    const auto scores = storage::loadModelScores(world.connection());
    QCOMPARE(scores->size(), 1U);
    QVERIFY(scores->front().score > scores->front().baseline);
    QVERIFY(topics.load(world.connection()));
    const auto guess = topics.topicOf({"Jarrow beekeepers count hives", "", ""});
    QVERIFY(guess && guess->topic == schema::Topic::Trade);
    // Taken back, it is forgotten.
    for (const std::string &title : titles)
        QVERIFY(storage::removeCorrection(
            world.connection(), {world.idOf(title), schema::CorrectionKind::Topic, "", "", kNow}));
    QVERIFY(learn(kNow + 3s).isAnew);
    QVERIFY(storage::loadModelScores(world.connection())->empty());
    QVERIFY(topics.load(world.connection()));
    QVERIFY(!topics.topicOf({"Jarrow beekeepers count hives", "", ""}));
}

void TestCorrections::pinnedReportsStayInTheirStory()
{
    NewsWorld world(*m_database);
    world.tell({"Abville harbour strike halts ferries to Corstadt",
                "Ferries to Corstadt halted as Abville harbour strike begins", kBank});
    constexpr std::string_view kStrike = "Abville harbour strike halts ferries to Corstadt";
    constexpr std::string_view kFerries =
        "Ferries to Corstadt halted as Abville harbour strike begins";
    const std::int64_t strike = world.storyOf(kStrike);
    QCOMPARE(world.storyOf(kFerries), strike);
    const auto say = [&](std::string_view title, std::string value) {
        QVERIFY(storage::saveCorrection(
            world.connection(),
            {world.idOf(title), schema::CorrectionKind::Story, "", std::move(value), kNow}));
    };
    say(kFerries, "apart");
    say(kBank, std::to_string(strike));
    QVERIFY(world.refresh());
    QVERIFY(world.storyOf(kFerries) != strike);
    QCOMPARE(world.storyOf(kBank), strike);
    // A report that comes later does not undo it.
    world.tell({"Abville harbour strike goes on, ferries idle"});
    QVERIFY(world.storyOf(kFerries) != strike);
    QCOMPARE(world.storyOf(kBank), strike);
    QVERIFY(storage::removeCorrection(
        world.connection(), {world.idOf(kFerries), schema::CorrectionKind::Story, "", "", kNow}));
    QVERIFY(world.refresh());
    QCOMPARE(world.storyOf(kFerries), strike);
}

QTEST_GUILESS_MAIN(TestCorrections)
#include "tst_corrections.moc"
