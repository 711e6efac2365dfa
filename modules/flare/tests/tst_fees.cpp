// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/fees.h"

#include <QTest>

using namespace chrona;
using namespace chrona::flare;

namespace {

constexpr std::uint64_t kGwei = 1'000'000'000;

Uint256 gwei(std::uint64_t count)
{
    return Uint256(count) * Uint256(kGwei);
}

} // namespace

/// What a transaction may pay.
class TestFees : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheBaseFee_data();
    void followsTheBaseFee();
    void replacementOutbidsBothFigures();
    void capHolds();
    void reasonHolds();
};

void TestFees::followsTheBaseFee_data()
{
    QTest::addColumn<quint64>("baseGwei");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<quint64>("tipGwei");
    QTest::addColumn<quint64>("maxGwei");
    QTest::newRow("the floor: the least tip") << 25ULL << 0 << 100ULL << 200ULL;
    QTest::newRow("twice the base fee") << 500ULL << 0 << 1'000ULL << 3'000ULL;
    QTest::newRow("one more with the second try") << 500ULL << 1 << 1'500ULL << 4'000ULL;
    QTest::newRow("a spike: the most tip") << 10'000ULL << 0 << 5'000ULL << 45'000ULL;
}

void TestFees::followsTheBaseFee()
{
    QFETCH(quint64, baseGwei);
    QFETCH(int, attempt);
    QFETCH(quint64, tipGwei);
    QFETCH(quint64, maxGwei);
    const auto fee = feeFor({}, gwei(baseGwei), attempt, 40'000, {});
    QVERIFY2(fee, fee ? "" : describe(fee.error()).c_str());
    QCOMPARE(fee->tip.toString(), gwei(tipGwei).toString());
    QCOMPARE(fee->feeMax.toString(), gwei(maxGwei).toString());
}

void TestFees::replacementOutbidsBothFigures()
{
    std::optional<Fee> last;
    for (int attempt = 0; attempt < 6; ++attempt) {
        const auto fee = feeFor({}, gwei(25), attempt, 40'000, last);
        QVERIFY(fee);
        if (last) {
            QVERIFY(fee->tip * Uint256(10) >= last->tip * Uint256(11));
            QVERIFY(fee->feeMax * Uint256(10) >= last->feeMax * Uint256(11));
        }
        last = *fee;
    }
    // The base fee fell meanwhile: the bid still has to rise.
    const auto fee = feeFor({}, gwei(1), 1, 40'000, Fee{gwei(900), gwei(2'000)});
    QVERIFY(fee);
    QVERIFY(fee->tip >= gwei(990) && fee->feeMax >= gwei(2'200));
}

void TestFees::capHolds()
{
    FeeRules rules;
    rules.costMax = gwei(2'000'000); // 50 gwei for each of 40,000 units
    const auto lowered = feeFor(rules, gwei(25), 0, 40'000, {});
    QVERIFY2(lowered, lowered ? "" : describe(lowered.error()).c_str());
    QCOMPARE(lowered->feeMax.toString(), gwei(50).toString());
    QVERIFY(lowered->tip <= lowered->feeMax);
    const auto spike = feeFor(rules, gwei(51), 0, 40'000, {});
    QVERIFY(!spike);
    QVERIFY(spike.error().code == ErrorCode::Exhausted);
    QVERIFY(!feeFor(rules, gwei(25), 1, 40'000, *lowered));
}

void TestFees::reasonHolds()
{
    QVERIFY(!feeFor({}, Uint256(1) << 200, 0, 40'000, {}));
    QVERIFY(!feeFor({}, gwei(25), 0, 0, {}));
}

QTEST_GUILESS_MAIN(TestFees)
#include "tst_fees.moc"
