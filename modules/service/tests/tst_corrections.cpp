// SPDX-License-Identifier: AGPL-3.0-or-later
#include "beekeeper_headlines.h"
#include "learned_topics.h"
#include "news_world.h"

#include "chrona/storage/cluster_store.h"
#include "chrona/storage/correction_store.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;
using events::test::kPolitics;
using events::test::kTrade;

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
    void whatIsSaidWhileStoriesAreMadeIsNotLost();

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
    const auto learn = [&](Instant now) {
        return learnFromCorrections(world.connection(), now).value();
    };
    QVERIFY(!learn(kNow).isAnew); // nothing to learn from
    for (const char *title : kTrade)
        world.tell({title});
    for (const char *title : kPolitics)
        world.tell({title});
    QVERIFY(world.isSound());
    const auto say = [&](const char *title, const char *topic) {
        return storage::saveCorrection(
                   world.connection(),
                   {world.idOf(title), schema::CorrectionKind::Topic, "", topic, kNow})
            .has_value();
    };
    for (const char *title : kTrade)
        QVERIFY(say(title, "trade"));
    for (const char *title : kPolitics)
        QVERIFY(say(title, "politics"));
    const auto made = learn(kNow + 1s);
    QVERIFY(made.isAnew);
    QCOMPARE(made.corrections, 24);
    QVERIFY2(
        made.topicIsUsed,
        std::format("{} {} {}", made.topicScore, made.topicBaseline, made.topicAgreement).c_str());
    QVERIFY(!learn(kNow + 2s).isAnew);
    const auto scores = storage::loadModelScores(world.connection());
    QCOMPARE(scores->size(), 1U);
    QVERIFY(scores->front().score > scores->front().baseline);
    QVERIFY(topics.load(world.connection()));
    const auto guess = topics.topicOf({"Beekeeper loses hives in Tarrant", "", ""});
    QVERIFY(guess && guess->topic == schema::Topic::Trade);
    // Taken back, it is forgotten.
    QVERIFY(world.connection().exec("DELETE FROM chrona_world.correction WHERE value = 'trade'"));
    QVERIFY(storage::removeCorrection(
        world.connection(),
        {world.idOf(kPolitics[0]), schema::CorrectionKind::Topic, "", "", kNow}));
    QVERIFY(learn(kNow + 3s).isAnew);
    QVERIFY(storage::loadModelScores(world.connection())->empty());
    QVERIFY(topics.load(world.connection()));
    QVERIFY(!topics.topicOf({"Beekeeper loses hives in Tarrant", "", ""}));
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
    QCOMPARE(world.storyOf(kFerries), world.storyOf(kStrike));
}

void TestCorrections::whatIsSaidWhileStoriesAreMadeIsNotLost()
{
    NewsWorld world(*m_database);
    world.tell({kBank, kPolitics[0]});
    const auto stale = [&] {
        return storage::findStaleDays(world.connection(), kNow - std::chrono::days(30)).value();
    };
    QVERIFY(stale().empty());
    const auto say = [&](std::string value) {
        return storage::saveCorrection(world.connection(),
                                       {world.idOf(kBank), schema::CorrectionKind::Story, "",
                                        std::move(value), kNow})
            .has_value();
    };
    QVERIFY(say("apart"));
    const auto begun = stale();
    QCOMPARE(begun.size(), 1U);
    const Instant day = begun[0].day;
    auto members =
        storage::loadMembers(world.connection(), day, day + std::chrono::days(1)).value();
    // Another word of the person comes between what was read and what is stored.
    QVERIFY(say(std::to_string(world.storyOf(kPolitics[0]))));
    QVERIFY(storage::storeClusterDay(world.connection(), {day, std::move(members), begun[0]}));
    QCOMPARE(stale().size(), 1U);
    QVERIFY(world.refresh());
    QCOMPARE(world.storyOf(kBank), world.storyOf(kPolitics[0]));
    QVERIFY(stale().empty());
}

QTEST_GUILESS_MAIN(TestCorrections)
#include "tst_corrections.moc"
