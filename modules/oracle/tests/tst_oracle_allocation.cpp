// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include "chrona/oracle/replay.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0;
}

void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    ++allocations;
    return std::malloc(size);
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace chrona::oracle;

class TestOracleAllocation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theHookCounts()
    {
        const std::size_t before = allocations;
        ::operator delete(::operator new(8)); // a new expression might be left out
        QVERIFY(allocations > before);
    }

    void nothingAllocatesInSteadyState()
    {
        const std::vector<tests::Disturbance> troubles{
            {tests::Trouble::Decimal, 0, 100, 110, 10},
            {tests::Trouble::Deviating, 4, 120, 160, 150},
            {tests::Trouble::Frozen, 1, 150, 200, 0},
            {tests::Trouble::Duplicate, 2, 200, 220, 0}};
        const auto world = tests::makeTickWorld({.seconds = 300, .crashAt = 240}, troubles);
        auto feed = Feed::create(world.setup);
        QVERIFY(feed);
        BandLayer band;
        Answer answer;
        feed->answer(tests::kWorldStartMs, answer); // an Answer's first use
        const std::size_t before = allocations;
        double sum = 0;
        std::int64_t next = tests::kWorldStartMs + 1'000;
        for (const Tick &tick : world.ticks) {
            feed->update(tick);
            if (tick.receivedMs < next)
                continue;
            feed->answer(next, answer);
            band.observe(answer);
            sum += band.choose(answer).price;
            band.reveal({next, answer.price * 0.9999, answer.price, answer.price * 1.0001});
            next += 1'000;
        }
        QCOMPARE(allocations - before, std::size_t{0});
        QVERIFY(sum != 0);
    }
};

QTEST_GUILESS_MAIN(TestOracleAllocation)
#include "tst_oracle_allocation.moc"
