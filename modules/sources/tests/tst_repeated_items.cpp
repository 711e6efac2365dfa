// SPDX-License-Identifier: AGPL-3.0-or-later
#include "normaliser_fixture.h"

#include "chrona/events/canonical_event.h"
#include "chrona/storage/event_store.h"

#include <format>

using namespace chrona;
using sources::Normaliser;

/// What a source says again: no work where nothing is new, and no word lost where something is.
class TestRepeatedItems : public NormaliserFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { begin(); }
    void repeatsGoNoFurtherThanMemory();
    void returnToEarlierWordsIsARevision();
    void whatAnotherNormaliserStoredIsHeeded();
    void whatWasRolledBackIsNotTakenForStored();
};

/// What a feed repeats is neither enriched nor stored again, and counts as a duplicate all the
/// same.
void TestRepeatedItems::repeatsGoNoFurtherThanMemory()
{
    int enriched = 0;
    Normaliser consumer({*m_library, canonicalise,
                         [this](auto batch) { m_told.push_back(std::move(batch)); },
                         [&enriched](schema::Event &) {
                             ++enriched;
                             return std::vector<schema::Entity>();
                         }});
    append(quakeFeed({{"us1"}, {"us2"}}));
    QCOMPARE(consume(consumer).events.accepted, 2);
    append(quakeFeed({{"us1"}, {"us2"}, {"us3"}}));
    const auto report = consume(consumer);
    QCOMPARE(report.events.accepted, 1);
    QCOMPARE(report.events.duplicates, 2);
    QCOMPARE(enriched, 3);
    QCOMPARE(m_told.back().events.size(), 1U);
    append(quakeFeed({{"us2"}, {"us1"}})); // an item of nothing new is no poison
    const auto again = consume(consumer);
    QCOMPARE(again.quarantined, 0);
    QCOMPARE(again.events.duplicates, 2);
    QCOMPARE(enriched, 3);
}

/// Within a batch, from one to the next, and in the one that is read while another is stored.
void TestRepeatedItems::returnToEarlierWordsIsARevision()
{
    constexpr std::int64_t kUpdated = 1'795'247'000'000;
    int items = 0; // each under a name of its own: the log keeps no payload that repeats itself
    const auto say = [&](double magnitude, std::string status = "reviewed") {
        append(quakeFeed({{"us1", magnitude, kUpdated, std::move(status)}}),
               std::format("feed-{}", items++));
    };
    for (const double magnitude : {5.0, 5.4, 5.0, 5.0, 5.4})
        say(magnitude);
    Normaliser consumer({*m_library, canonicalise, {}}, 1); // an item a batch
    const auto first = consume(consumer);
    QCOMPARE(first.events.accepted, 1);
    QCOMPARE(first.events.revised, 3);
    QCOMPARE(first.events.duplicates, 1);
    QCOMPARE(stored().front().title, std::string("M 5.4 - Testville"));
    say(5.4, "deleted");
    say(5.4);
    say(5.4, "deleted");
    QCOMPARE(consume(consumer).events.revised, 3);
    QVERIFY(stored().front().state == schema::EventState::Retracted);
    QCOMPARE(stored().front().revision, 7U);
    auto wide = normaliser();
    for (const double magnitude : {5.0, 5.4, 5.0})
        say(magnitude);
    QCOMPARE(consume(wide).events.revised, 3);
    QCOMPARE(stored().front().title, std::string("M 5 - Testville"));
}

void TestRepeatedItems::whatAnotherNormaliserStoredIsHeeded()
{
    auto mine = normaliser();
    auto theirs = normaliser();
    append(quakeFeed({{"us1", 5}}));
    QCOMPARE(consume(mine).events.accepted, 1);
    append(quakeFeed({{"us1", 6}}));
    QCOMPARE(consume(theirs).events.revised, 1);
    append(quakeFeed({{"us1", 5}})); // what is known here of it was said last, but not what stands
    QCOMPARE(consume(mine).events.revised, 1);
    QCOMPARE(stored().front().title, std::string("M 5 - Testville"));
    // The same where nothing but a word tells of it.
    schema::Event other = stored().front();
    other.title = "M 7 - Testville";
    other.contentHash = events::contentHashOf(other);
    CHECKED(done, storage::storeEvents(*m_connection, std::span(&other, 1)));
    mine.forgetKnown();
    append(quakeFeed({{"us1", 5}, {"us2"}}));
    QCOMPARE(consume(mine).events.revised, 1);
    QCOMPARE(stored().size(), 2U);
}

/// A batch that fails goes to the database again, all of it.
void TestRepeatedItems::whatWasRolledBackIsNotTakenForStored()
{
    auto consumer = normaliser();
    append(quakeFeed({{"us1"}}));
    QCOMPARE(consume(consumer).events.accepted, 1);
    append(quakeFeed({{"us1"}, {"us2"}}));
    CHECKED(closed, m_connection->refuseWrites(std::make_shared<const Error>(
                        ErrorCode::Exhausted, "the disk is full", "", true)));
    const auto refused = consumer.step(*m_connection);
    QVERIFY(!refused.has_value());
    CHECKED(open, m_connection->refuseWrites(nullptr));
    const auto report = consume(consumer);
    QCOMPARE(report.events.accepted, 1);
    QCOMPARE(stored().size(), 2U);
}

QTEST_GUILESS_MAIN(TestRepeatedItems)
#include "tst_repeated_items.moc"
