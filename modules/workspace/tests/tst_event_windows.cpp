// SPDX-License-Identifier: AGPL-3.0-or-later
#include "desk.h"

#include <QSignalSpy>
#include <QTest>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

/// What is visible in one window after another, as a brush asks for it.
class TestEventWindows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void windowsAreStretchesOfWhatPasses();
};

/// A step of a brush takes what passes from the step before: nothing else may come from it.
void TestEventWindows::windowsAreStretchesOfWhatPasses()
{
    Desk desk;
    EventFilter filter;
    for (int round = 0; round < 40; ++round) {
        if (round % 11 == 0)
            desk.store.replace(snapshotOf(madeColumns(2'000 + std::size_t(round))));
        if (round % 7 == 3)
            filter.severityMin = float(round) / 80;
        if (round % 13 == 5)
            filter.sources = {std::uint16_t(round % 3)};
        desk.focus.setFilter(filter);
        const Instant begin(Duration(kFirst + round * 13 * kSecond));
        desk.focus.setWindow({begin, begin + Duration((1 + round * 29 % 900) * kSecond)});
        QTRY_VERIFY(desk.selector.isSettled());
        const auto visible = desk.selector.visible();
        const auto expected = selectRows(desk.store.snapshot()->columns, desk.focus.criteria());
        QCOMPARE(visible->snapshot, desk.store.snapshot());
        QCOMPARE(visible->rows, expected.inWindow);
        QCOMPARE(visible->rowsAnyTime, expected.anyTime);
        QVERIFY(visible->window == desk.focus.window());
    }
}

QTEST_MAIN(TestEventWindows)
#include "tst_event_windows.moc"
