// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/tick_segment.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <cstring>
#include <random>

using namespace chrona::formats;

class TestTickSegment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBitComesBack();
    void aFileThatWasCutReadsUpToItsLastWholeBlock();
    void damageIsNotRead();
    void hostileBytesEnd();
    void realisticTicksAreSmall();
};

namespace {

std::vector<TickRecord> someRecords(std::size_t count, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::vector<TickRecord> records;
    std::int64_t at = 1'700'000'000'000;
    const double odd[] = {0.0, -0.0, std::nan(""), INFINITY, 1e300, 5e-324, 0.1 + 0.2, -17.25};
    for (std::size_t i = 0; i < count; ++i) {
        at += static_cast<std::int64_t>(random() % 300) - 20; // arrival may seem to go back
        TickRecord record{.kind = static_cast<TickRecord::Kind>(random() % 4),
                          .isPolled = random() % 2 == 0,
                          .collector = static_cast<std::uint8_t>(random()),
                          .market = static_cast<std::uint32_t>(random() % 900),
                          .atMs = at,
                          .heardMs = at - static_cast<std::int64_t>(random() % 50),
                          .statedMs = random() % 9 == 0 ? std::int64_t(random()) : at - 80};
        for (double *number :
             {&record.bid, &record.ask, &record.last, &record.size, &record.volume24h})
            *number = random() % 5 == 0 ? odd[random() % std::size(odd)]
                                        : static_cast<double>(random() % 10'000'000) / 1e5;
        records.push_back(record);
    }
    return records;
}

bool isSame(const TickRecord &a, const TickRecord &b)
{
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    return a.kind == b.kind && a.isPolled == b.isPolled && a.collector == b.collector &&
           a.market == b.market && a.atMs == b.atMs && a.heardMs == b.heardMs &&
           a.statedMs == b.statedMs && bits(a.bid) == bits(b.bid) && bits(a.ask) == bits(b.ask) &&
           bits(a.last) == bits(b.last) && bits(a.size) == bits(b.size) &&
           bits(a.volume24h) == bits(b.volume24h);
}

bool isSame(const std::vector<TickRecord> &a, const std::vector<TickRecord> &b)
{
    return std::ranges::equal(
        a, b, [](const TickRecord &x, const TickRecord &y) { return isSame(x, y); });
}

} // namespace

void TestTickSegment::everyBitComesBack()
{
    std::string file = tickSegmentHead("who was\tlistened to\n");
    std::vector<std::vector<TickRecord>> blocks;
    for (const std::size_t count : {1UZ, 0UZ, 5'000UZ, 17UZ}) {
        blocks.push_back(someRecords(count, static_cast<unsigned>(count)));
        file += tickBlock(blocks.back());
    }
    auto reader = TickSegmentReader::open(file);
    QVERIFY(reader);
    QCOMPARE(reader->about(), std::string_view("who was\tlistened to\n"));
    std::vector<TickRecord> records;
    for (const auto &block : blocks) {
        QVERIFY(reader->next(records));
        QVERIFY(isSame(records, block));
    }
    QVERIFY(!reader->next(records));
    QVERIFY(reader->isAtEnd());
    QVERIFY(readTickBlock(tickBlock(blocks[2]), records));
    QVERIFY(isSame(records, blocks[2]));
}

void TestTickSegment::aFileThatWasCutReadsUpToItsLastWholeBlock()
{
    const auto first = someRecords(40, 1), second = someRecords(30, 2);
    const std::string head = tickSegmentHead("about"), one = tickBlock(first);
    const std::string file = head + one + tickBlock(second);
    std::vector<TickRecord> records;
    for (std::size_t length = 0; length < file.size(); ++length) {
        auto reader = TickSegmentReader::open(std::string_view(file).substr(0, length));
        QCOMPARE(bool(reader), length >= head.size());
        if (!reader)
            continue;
        const bool holdsFirst = length >= head.size() + one.size();
        QCOMPARE(reader->next(records), holdsFirst);
        QVERIFY(!holdsFirst || isSame(records, first));
        QVERIFY(!reader->next(records));
        QCOMPARE(reader->soundBytes(), holdsFirst ? head.size() + one.size() : head.size());
    }
}

void TestTickSegment::damageIsNotRead()
{
    const std::string head = tickSegmentHead("about");
    const std::string file = head + tickBlock(someRecords(50, 3));
    std::vector<TickRecord> records;
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string damaged = file;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        auto reader = TickSegmentReader::open(damaged);
        QVERIFY(at < head.size() ? !reader : reader && !reader->next(records));
    }
}

void TestTickSegment::hostileBytesEnd()
{
    std::mt19937_64 random(5);
    std::vector<TickRecord> records;
    const std::string block = tickBlock(someRecords(20, 6));
    for (int i = 0; i < 2'000; ++i) {
        std::string bytes = block;
        for (int n = 0; n < 4; ++n)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)readTickBlock(bytes, records); // whatever it says, it ends
    }
    QVERIFY(!readTickBlock("", records));
    QVERIFY(!readTickBlock(std::string(100, '\xff'), records));
}

void TestTickSegment::realisticTicksAreSmall()
{
    // Five digits that move a little: what a venue says is a few bytes once it is packed.
    std::mt19937_64 random(8);
    std::vector<TickRecord> records;
    std::int64_t at = 1'700'000'000'000, cents[30]{};
    for (int i = 0; i < 50'000; ++i) {
        at += static_cast<std::int64_t>(random() % 20);
        const auto market = static_cast<std::uint32_t>(random() % 30);
        cents[market] += static_cast<std::int64_t>(random() % 7) - 3;
        const double mid = static_cast<double>(5'000'000 + cents[market]) / 100;
        records.push_back({.market = market,
                           .atMs = at,
                           .heardMs = at,
                           .statedMs = at - 30 - static_cast<std::int64_t>(random() % 40),
                           .bid = mid,
                           .ask = static_cast<double>(5'000'010 + cents[market]) / 100,
                           .last = mid,
                           .size = static_cast<double>(random() % 1'000) / 1e4,
                           .volume24h = std::nan("")});
    }
    const std::string block = tickBlock(records);
    qInfo("%.1f bytes a tick", static_cast<double>(block.size()) / 50'000);
    QVERIFY(block.size() < 50'000 * 12);
}

QTEST_GUILESS_MAIN(TestTickSegment)
#include "tst_tick_segment.moc"
