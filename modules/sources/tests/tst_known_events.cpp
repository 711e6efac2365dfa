// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/known_events.h"

#include <QTest>

#include <map>
#include <random>

using namespace chrona;
using sources::KnownEvents;

/// A memory in front of the database that may forget and must never be wrong.
class TestKnownEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameWordsAreARepeat();
    void otherWordsGoOn();
    void anEventWithoutAnIdGoesOn();
    void nothingIsKnownAfterForgetting();
    void neverTakesOtherWordsForARepeat_data();
    void neverTakesOtherWordsForARepeat();
    void keepsTheMostRecent();
};

namespace {
Hash128 words(std::uint8_t number)
{
    Hash128 hash;
    hash.bytes.back() = number;
    return hash;
}
} // namespace

void TestKnownEvents::sameWordsAreARepeat()
{
    KnownEvents known;
    QVERIFY(!known.isRepeat({7}, words(1)));
    QVERIFY(known.isRepeat({7}, words(1)));
    QVERIFY(known.isRepeat({7}, words(1)));
    QVERIFY(!known.isRepeat({8}, words(1)));
}

/// Above all the way back: what was said first is said anew after something else was.
void TestKnownEvents::otherWordsGoOn()
{
    KnownEvents known;
    QVERIFY(!known.isRepeat({7}, words(1)));
    QVERIFY(!known.isRepeat({7}, words(2)));
    QVERIFY(!known.isRepeat({7}, words(1)));
    QVERIFY(known.isRepeat({7}, words(1)));
}

void TestKnownEvents::anEventWithoutAnIdGoesOn()
{
    KnownEvents known;
    QVERIFY(!known.isRepeat({}, words(1)));
    QVERIFY(!known.isRepeat({}, words(1)));
    QVERIFY(!known.isRepeat({}, {}));
}

void TestKnownEvents::nothingIsKnownAfterForgetting()
{
    KnownEvents known;
    QVERIFY(!known.isRepeat({7}, words(1)));
    known.forgetAll();
    QVERIFY(!known.isRepeat({7}, words(1)));
    QVERIFY(known.isRepeat({7}, words(1)));
}

void TestKnownEvents::neverTakesOtherWordsForARepeat_data()
{
    QTest::addColumn<std::size_t>("bound");
    QTest::addColumn<std::int64_t>("events");
    QTest::newRow("room for none") << std::size_t{0} << std::int64_t{40};
    QTest::newRow("too little room") << std::size_t{64} << std::int64_t{500};
    QTest::newRow("room enough") << std::size_t{4096} << std::int64_t{500};
}

/// Against a memory without bounds: it may not know, but what it knows is so.
void TestKnownEvents::neverTakesOtherWordsForARepeat()
{
    QFETCH(std::size_t, bound);
    QFETCH(std::int64_t, events);
    KnownEvents known(bound);
    std::map<std::int64_t, std::uint8_t> last;
    std::mt19937_64 random(11);
    int repeats = 0, unknown = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto event = std::int64_t(random() % std::uint64_t(events)) + 1;
        const auto said = std::uint8_t(random() % 3);
        const auto before = last.find(event);
        const bool isSame = before != last.end() && before->second == said;
        if (known.isRepeat({event}, words(said))) {
            QVERIFY(isSame);
            ++repeats;
        } else if (isSame) {
            ++unknown;
        }
        last[event] = said;
    }
    QVERIFY(repeats > 0);
    if (bound == 4096)
        QCOMPARE(unknown, 0);
}

void TestKnownEvents::keepsTheMostRecent()
{
    constexpr std::int64_t kMany = 100'000, kLast = 64;
    KnownEvents known(4096);
    for (std::int64_t event = 1; event <= kMany; ++event)
        QVERIFY(!known.isRepeat({event}, words(1)));
    for (std::int64_t event = kMany; event > kMany - kLast; --event)
        QVERIFY(known.isRepeat({event}, words(1)));
    QVERIFY(!known.isRepeat({1}, words(1)));
}

QTEST_APPLESS_MAIN(TestKnownEvents)
#include "tst_known_events.moc"
