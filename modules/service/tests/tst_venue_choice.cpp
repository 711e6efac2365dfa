// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_choice.h"

#include <QTest>

using chrona::service::VenueChoice;

class TestVenueChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstIsBelievedWhileItSpeaks();
    void theNextIsBelievedWhenItFallsSilent();
    void theFirstIsBelievedAgainAfterAWhile();
    void aThinMarketIsGivenItsTime();
    void whatTwoTellCountsOnce();
};

namespace {

constexpr std::int64_t kHeardMs = 1'700'000'000'000;

/// Both speak each second for so long.
void speak(VenueChoice &choice, std::int64_t &now, int seconds, bool first, bool second)
{
    for (int s = 0; s < seconds; ++s) {
        now += 1'000;
        if (first)
            (void)choice.hear(0, now);
        if (second)
            (void)choice.hear(1, now);
    }
}

} // namespace

void TestVenueChoice::theFirstIsBelievedWhileItSpeaks()
{
    VenueChoice choice(2, 1);
    QVERIFY(choice.hear(0, kHeardMs));
    QVERIFY(!choice.hear(1, kHeardMs + 10));
    QVERIFY(choice.hear(0, kHeardMs + 4'000));
    QVERIFY(!choice.hear(1, kHeardMs + 8'000));
    QCOMPARE(choice.changes(), std::uint64_t{0});
}

void TestVenueChoice::theNextIsBelievedWhenItFallsSilent()
{
    VenueChoice choice(2, 1);
    std::int64_t now = kHeardMs;
    speak(choice, now, 20, true, true);
    QCOMPARE(choice.current(), std::size_t{0});
    QVERIFY(!choice.hear(1, now + 4'000)); // not yet
    QVERIFY(choice.hear(1, now + 5'100));
    QCOMPARE(choice.current(), std::size_t{1});
    // The first that ever speaks is believed, whoever it is.
    VenueChoice other(3, 1);
    QVERIFY(other.hear(2, kHeardMs));
}

void TestVenueChoice::theFirstIsBelievedAgainAfterAWhile()
{
    VenueChoice choice(2, 1);
    std::int64_t now = kHeardMs;
    speak(choice, now, 20, true, true);
    speak(choice, now, 10, false, true);
    QCOMPARE(choice.current(), std::size_t{1});
    speak(choice, now, 29, true, true);
    QCOMPARE(choice.current(), std::size_t{1}); // it might fall silent again
    speak(choice, now, 3, true, true);
    QCOMPARE(choice.current(), std::size_t{0});
    QCOMPARE(choice.changes(), std::uint64_t{2});
}

void TestVenueChoice::aThinMarketIsGivenItsTime()
{
    VenueChoice choice(2, 1);
    std::int64_t now = kHeardMs;
    for (int i = 0; i < 200; ++i)
        (void)choice.hear(0, now += 4'000);
    QVERIFY(!choice.hear(1, now + 12'000));
    QVERIFY(choice.hear(1, now + 21'000));
}

void TestVenueChoice::whatTwoTellCountsOnce()
{
    VenueChoice choice(2, 2);
    std::int64_t now = kHeardMs;
    speak(choice, now, 5, true, true);
    QVERIFY(!choice.isToldTwice(0, true, now - 100, now));
    QVERIFY(!choice.isToldTwice(0, true, now - 100, now)); // two trades of one moment
    now += 6'000;
    QVERIFY(choice.hear(1, now));
    QVERIFY(choice.isToldTwice(0, true, kHeardMs, now));   // the first one told it
    QVERIFY(!choice.isToldTwice(1, true, kHeardMs, now));  // of another market
    QVERIFY(!choice.isToldTwice(0, false, kHeardMs, now)); // a book is of now
    QVERIFY(!choice.isToldTwice(0, true, now - 10, now));  // after the change
    QVERIFY(!choice.isToldTwice(0, true, kHeardMs, now + 16'000));
}

QTEST_GUILESS_MAIN(TestVenueChoice)
#include "tst_venue_choice.moc"
