// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pressure.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;

namespace {

constexpr std::uint64_t kGib = 1ULL << 30;

PressureFigures calm()
{
    PressureFigures figures;
    figures.machine = {
        .memoryBytes = 60 << 20, .diskFreeBytes = 60 * kGib, .diskTotalBytes = 100 * kGib};
    return figures;
}

PressureFigures withFreeGib(double free)
{
    PressureFigures figures = calm();
    figures.machine.diskFreeBytes = static_cast<std::uint64_t>(free * static_cast<double>(kGib));
    return figures;
}

} // namespace

class TestPressure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void steps_data();
    void steps();
    void aRestraintHoldsUntilThereIsRelief();
    void aLargeDiskIsNotAlmostFull();
    void anUnknownDiskStopsNothing();
    void aBudgetHoldsUntilThereIsRoom();
};

void TestPressure::steps_data()
{
    QTest::addColumn<PressureFigures>("figures");
    QTest::addColumn<Restraint>("expected");
    QTest::newRow("nothing is held back in calm") << calm() << Restraint{};
    PressureFigures late = calm();
    late.normaliseLag = std::chrono::seconds(61);
    QTest::newRow("lag behind the log: ask less often") << late << Restraint{.stretchPolls = true};
    PressureFigures deep = calm();
    deep.enrichmentDepth = 10'001;
    QTest::newRow("too many enrichments: defer") << deep << Restraint{.deferEnrichment = true};
    PressureFigures slow = calm();
    slow.claimTime = std::chrono::milliseconds(251);
    QTest::newRow("slow claims: pause analysis") << slow << Restraint{.pauseAnalysis = true};
    QTest::newRow("nine percent free: no backfills")
        << withFreeGib(9) << Restraint{.stopBackfills = true};
    QTest::newRow("four percent free: no enrichment either")
        << withFreeGib(4) << Restraint{.stopBackfills = true, .stopEnrichment = true};
    QTest::newRow("one percent free: nothing new")
        << withFreeGib(1)
        << Restraint{.stopBackfills = true, .stopEnrichment = true, .stopAcquisition = true};
    PressureFigures paused = calm();
    paused.isDatabasePaused = true;
    QTest::newRow("a database without a disk: nothing that writes")
        << paused
        << Restraint{.stopBackfills = true,
                     .stopEnrichment = true,
                     .stopAcquisition = true,
                     .stopWriting = true};
    PressureFigures grown = calm();
    grown.folderBytes = 11 * kGib;
    QTest::newRow("a folder without a budget may grow") << grown << Restraint{};
    PressureFigures big = calm();
    big.machine.memoryBytes = 2 * kGib;
    QTest::newRow("too much memory: stop reading") << big << Restraint{.stopReading = true};
}

void TestPressure::steps()
{
    QFETCH(PressureFigures, figures);
    QFETCH(Restraint, expected);
    QVERIFY(restraintFor(figures, {}, {}) == expected);
}

void TestPressure::aRestraintHoldsUntilThereIsRelief()
{
    const Restraint held = restraintFor(withFreeGib(9), {}, {});
    QVERIFY(restraintFor(withFreeGib(11), {}, held).stopBackfills);
    QVERIFY(!restraintFor(withFreeGib(11), {}, {}).stopBackfills);
    QVERIFY(!restraintFor(withFreeGib(12.5), {}, held).stopBackfills);
}

void TestPressure::aLargeDiskIsNotAlmostFull()
{
    PressureFigures figures = calm();
    figures.machine.diskTotalBytes = 4000 * kGib;
    figures.machine.diskFreeBytes = 40 * kGib;
    QVERIFY(restraintFor(figures, {}, {}) == Restraint{});
}

void TestPressure::anUnknownDiskStopsNothing()
{
    QVERIFY(restraintFor(PressureFigures{}, {}, {}) == Restraint{});
}

void TestPressure::aBudgetHoldsUntilThereIsRoom()
{
    PressureLimits limits;
    limits.folderBytesMax = 10 * kGib;
    PressureFigures figures = calm();
    figures.folderBytes = 9 * kGib;
    Restraint held = restraintFor(figures, limits, {});
    QVERIFY(held == Restraint{});
    figures.folderBytes = 10 * kGib + 1;
    held = restraintFor(figures, limits, held);
    QVERIFY(held.stopAcquisition && held.stopBackfills && held.stopEnrichment);
    figures.folderBytes = 9 * kGib; // not yet enough: it would be full again at once
    held = restraintFor(figures, limits, held);
    QVERIFY(held.stopAcquisition);
    figures.folderBytes = 7 * kGib;
    QVERIFY(restraintFor(figures, limits, held) == Restraint{});
}

QTEST_GUILESS_MAIN(TestPressure)
#include "tst_pressure.moc"
