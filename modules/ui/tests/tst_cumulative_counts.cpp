// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/names.h"
#include "timeline/cumulative_counts.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace chrona;
using namespace chrona::ui;

namespace {

schema::EventColumns eventsAt(const std::vector<std::int64_t> &times)
{
    schema::EventColumns columns;
    for (std::size_t i = 0; i < times.size(); ++i) {
        columns.observedAt.push_back(times[i]);
        columns.type.push_back(static_cast<std::uint8_t>(i % schema::kEventTypeCount));
    }
    return columns;
}

std::vector<std::uint32_t> allRows(const schema::EventColumns &columns)
{
    std::vector<std::uint32_t> rows(columns.observedAt.size());
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

CategoryCounts countedOneByOne(const schema::EventColumns &columns, std::int64_t begin,
                               std::int64_t end, std::uint32_t types = kAllTypes)
{
    CategoryCounts counts{};
    for (std::size_t i = 0; i < columns.observedAt.size(); ++i) {
        if (columns.observedAt[i] >= begin && columns.observedAt[i] < end &&
            (types >> columns.type[i] & 1) != 0)
            ++counts[static_cast<std::size_t>(categoryOfNumber(columns.type[i]))];
    }
    return counts;
}

} // namespace

class TestCumulativeCounts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void between_data();
    void between();
    void binsAddUpToTheWhole();
    void anEmptySetCountsNothing();
};

void TestCumulativeCounts::between_data()
{
    QTest::addColumn<std::vector<std::int64_t>>("times");
    std::mt19937_64 random(7);
    std::vector<std::int64_t> wide(20'000);
    for (std::int64_t &time : wide)
        time = static_cast<std::int64_t>(random() % 200'000'000'000'000) - 50'000'000'000'000;
    std::ranges::sort(wide);
    std::vector<std::int64_t> bursts;
    for (int burst = 0; burst < 40; ++burst)
        bursts.insert(bursts.end(), 500, burst * 1'000'000'007LL);
    QTest::newRow("events spread over years, before and after 1970") << wide;
    QTest::newRow("many events at the same moments") << bursts;
    QTest::newRow("one event") << std::vector<std::int64_t>{42};
    QTest::newRow("all at one moment") << std::vector<std::int64_t>(1000, 5);
}

void TestCumulativeCounts::between()
{
    QFETCH(std::vector<std::int64_t>, times);
    const auto columns = eventsAt(times);
    const auto rows = allRows(columns);
    const CumulativeCounts counts(nullptr, columns, rows);
    QCOMPARE(counts.size(), times.size());
    std::mt19937_64 random(11);
    const std::int64_t span = times.back() - times.front() + 2;
    for (int round = 0; round < 200; ++round) {
        const auto pick = [&] {
            return times.front() - 1 +
                   static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span + 1));
        };
        const std::int64_t first = pick();
        const std::int64_t second = pick();
        const std::int64_t begin = std::min(first, second);
        const std::int64_t end = std::max(first, second);
        QCOMPARE(counts.between(begin, end), countedOneByOne(columns, begin, end));
        const CategoryCounts expected = countedOneByOne(columns, begin, end);
        QCOMPARE(counts.countBetween(begin, end),
                 std::accumulate(expected.begin(), expected.end(), std::size_t{0}));
        // Another choice of types needs no other counts.
        const auto types = static_cast<std::uint32_t>(random());
        const CategoryCounts chosen = countedOneByOne(columns, begin, end, types);
        QCOMPARE(counts.between(begin, end, types), chosen);
        QCOMPARE(counts.countBetween(begin, end, types),
                 std::accumulate(chosen.begin(), chosen.end(), std::size_t{0}));
    }
}

void TestCumulativeCounts::binsAddUpToTheWhole()
{
    std::vector<std::int64_t> times(5000);
    for (std::size_t i = 0; i < times.size(); ++i)
        times[i] = static_cast<std::int64_t>(i * i);
    const auto columns = eventsAt(times);
    const auto rows = allRows(columns);
    const CumulativeCounts counts(nullptr, columns, rows);
    const auto bins = counts.bins(-1000, 100'000, 300);
    std::size_t sum = 0;
    for (const CategoryCounts &bin : bins)
        sum += std::accumulate(bin.begin(), bin.end(), std::size_t{0});
    QCOMPARE(sum, times.size());
}

void TestCumulativeCounts::anEmptySetCountsNothing()
{
    const schema::EventColumns none;
    const CumulativeCounts counts(nullptr, none, {});
    QVERIFY(counts.isEmpty());
    QCOMPARE(counts.countBetween(-10, 10), std::size_t{0});
    QCOMPARE(counts.between(-10, 10), CategoryCounts{});
}

QTEST_APPLESS_MAIN(TestCumulativeCounts)
#include "tst_cumulative_counts.moc"
