// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/columns.h"
#include "chrona/ipc/frame.h"

#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

using namespace chrona;
using namespace chrona::ipc;

class TestFrame : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headerIsLittleEndian();
    void frameIsFoundAtEveryCut();
    void badHeaderIsRefused_data();
    void badHeaderIsRefused();
    void corruptDecoderStaysCorrupt();
    void limitBeforeTrustIsSmaller();
    void garbageIsSurvived();
    void columnsTravelInBlocks();
    void notANumberTravels();
    void emptyColumnsTravel();
    void graphEdgesTravel();
    void badBlockIsRefused_data();
    void badBlockIsRefused();
    void damagedBlockIsSurvived();
    void truncatedBlockIsRefused();
};

namespace {

schema::EventColumns madeRows(std::size_t count)
{
    schema::EventColumns rows;
    for (std::size_t row = 0; row < count; ++row) {
        schema::Event event;
        event.id.value = static_cast<std::int64_t>(row + 1);
        event.times.observedAt = Instant(Duration(1000 * row));
        event.geometry = schema::Geometry::at({static_cast<double>(row % 360) - 180, 10});
        event.severity = 0.5F;
        rows.append(event, static_cast<std::uint16_t>(row % 7),
                    static_cast<std::uint16_t>(row % 11));
    }
    return rows;
}

} // namespace

void TestFrame::headerIsLittleEndian()
{
    const QByteArray frame =
        frameOf({0, FrameKind::Reply, 3, 0x0102, 0x1122334455667788}, bytesOf("ab"));
    QCOMPARE(frame.toHex(), QByteArray("02000000"
                                       "02"
                                       "03"
                                       "0201"
                                       "8877665544332211"
                                       "6162"));
}

void TestFrame::frameIsFoundAtEveryCut()
{
    const FrameHeader header{5, FrameKind::Chunk, kFlagLast, 9, 77};
    const QByteArray bytes = frameOf(header, bytesOf("hello")) + frameOf({}, {});
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        FrameDecoder decoder;
        int found = 0;
        for (auto part : {bytesOf(bytes).first(cut), bytesOf(bytes).subspan(cut)}) {
            while (const auto frame = decoder.take(part).value()) {
                if (found++ == 0) {
                    QVERIFY(frame->header == header);
                    QCOMPARE(frame->payload, QByteArray("hello"));
                }
            }
            QVERIFY(part.empty());
        }
        QCOMPARE(found, 2);
        const auto view = decodeFrame(bytesOf(bytes).first(cut));
        QCOMPARE(view->has_value(), cut >= 21);
    }
}

void TestFrame::badHeaderIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray good = frameOf({0, FrameKind::Request, 0, 1, 1});
    QByteArray large = good;
    qToLittleEndian(quint32{kFramePayloadBytesMax + 1}, large.data());
    QTest::newRow("a byte more than the limit") << large;
    QByteArray huge = good;
    qToLittleEndian(quint32{0xffffffff}, huge.data());
    QTest::newRow("4 GiB announced") << huge;
    QByteArray kind = good;
    kind[4] = 0;
    QTest::newRow("kind 0") << kind;
    kind[4] = 10;
    QTest::newRow("a kind above the last") << kind;
    QTest::newRow("a web browser") << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void TestFrame::badHeaderIsRefused()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!decodeFrame(bytesOf(bytes)));
    FrameDecoder decoder;
    auto rest = bytesOf(bytes);
    const auto result = decoder.take(rest);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Corrupt);
}

void TestFrame::corruptDecoderStaysCorrupt()
{
    FrameDecoder decoder;
    const QByteArray bad(16, '\xff');
    auto bytes = bytesOf(bad);
    QVERIFY(!decoder.take(bytes));
    const QByteArray good = frameOf({});
    bytes = bytesOf(good);
    QVERIFY(!decoder.take(bytes));
}

void TestFrame::limitBeforeTrustIsSmaller()
{
    const QByteArray frame = frameOf({}, bytesOf(QByteArray(100, 'x')));
    FrameDecoder decoder(99);
    auto bytes = bytesOf(frame);
    QVERIFY(!decoder.take(bytes));
    FrameDecoder larger(99);
    larger.setPayloadBytesMax(100);
    bytes = bytesOf(frame);
    QVERIFY(larger.take(bytes).value());
}

void TestFrame::garbageIsSurvived()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes(random.bounded(200), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = static_cast<char>(random.bounded(256));
        FrameDecoder decoder;
        auto rest = bytesOf(bytes);
        while (true) {
            const auto frame = decoder.take(rest);
            if (!frame || !*frame)
                break;
        }
        QVERIFY(decoder.bufferedBytes() <=
                kFrameHeaderBytes + static_cast<std::size_t>(bytes.size()));
    }
}

void TestFrame::columnsTravelInBlocks()
{
    const auto sent = std::make_shared<const schema::EventColumns>(madeRows(100'000));
    auto blocks = blocksOf(sent);
    schema::EventColumns received;
    int count = 0;
    while (const auto block = blocks()) {
        QVERIFY(static_cast<std::size_t>(block->size()) <= kBlockBytesMax);
        QVERIFY(appendBlock(received, bytesOf(*block)));
        ++count;
    }
    QVERIFY(count > 1);
    QVERIFY(received.isConsistent());
    QCOMPARE(received.id, sent->id);
    QCOMPARE(received.observedAt, sent->observedAt);
    QCOMPARE(received.longitude, sent->longitude);
    QCOMPARE(received.severity, sent->severity);
    QCOMPARE(received.region, sent->region);
}

void TestFrame::notANumberTravels()
{
    BarColumns bars{{1}, {2}, {3}, {1.5}, {qQNaN()}, {qInf()}, {2}, {-0.0}, {4}};
    BarColumns received;
    QVERIFY(appendBlock(received, bytesOf(encodeBlock(bars, {0, 1}))));
    QVERIFY(qIsNaN(received.high[0]) && qIsInf(received.low[0]) &&
            std::signbit(received.volume[0]));
}

void TestFrame::emptyColumnsTravel()
{
    ObservationColumns received;
    QVERIFY(appendBlock(received, bytesOf(encodeBlock(ObservationColumns{}, {0, 0}))));
    QCOMPARE(rowCount(received), 0U);
    QVERIFY(!blocksOf(std::make_shared<const ObservationColumns>())());
}

void TestFrame::graphEdgesTravel()
{
    const GraphEdgeColumns sent{{0, 1}, {1, 5}, {7, 2}, {0.5F, 3}, {10, 0}, {20, 0}, {4, 1}};
    GraphEdgeColumns received;
    QVERIFY(appendBlock(received, bytesOf(encodeBlock(sent, {0, 1}))));
    QVERIFY(appendBlock(received, bytesOf(encodeBlock(sent, {1, 1}))));
    QCOMPARE(received, sent);
}

void TestFrame::badBlockIsRefused_data()
{
    QTest::addColumn<QByteArray>("block");
    const QByteArray good = encodeBlock(madeRows(10), {0, 10});
    const auto changed = [&](qsizetype at, quint32 value) {
        QByteArray block = good;
        qToLittleEndian(value, block.data() + at);
        return block;
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a row more than there is") << changed(8, 11 + 8);
    QTest::newRow("4 billion rows") << changed(8, 0xffffffff);
    QTest::newRow("rows that begin elsewhere") << changed(0, 1);
    QTest::newRow("too many columns") << changed(12, 0xffff);
    QTest::newRow("no columns") << changed(12, 0);
    QTest::newRow("a column short") << changed(12, 10);
    QByteArray renamed = good;
    renamed.replace("severity", "severitx");
    QTest::newRow("another column name") << renamed;
    QByteArray retyped = good;
    retyped[16] = '\x05';
    QTest::newRow("another column type") << retyped;
    retyped[16] = '\x77';
    QTest::newRow("an unknown column type") << retyped;
    QTest::newRow("more than a block may hold")
        << QByteArray(static_cast<qsizetype>(kBlockBytesMax + 1), '\0');
}

void TestFrame::badBlockIsRefused()
{
    QFETCH(QByteArray, block);
    schema::EventColumns received;
    const auto result = appendBlock(received, bytesOf(block));
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Corrupt);
    QCOMPARE(received.size(), 0U);
    QVERIFY(received.isConsistent());
}

void TestFrame::damagedBlockIsSurvived()
{
    const QByteArray good = encodeBlock(madeRows(10), {0, 10});
    QRandomGenerator random(3);
    for (int round = 0; round < 3000; ++round) {
        QByteArray block = good;
        block[random.bounded(200)] = static_cast<char>(random.bounded(256));
        schema::EventColumns received;
        (void)appendBlock(received, bytesOf(block));
        QVERIFY(received.isConsistent());
    }
}

void TestFrame::truncatedBlockIsRefused()
{
    const QByteArray good = encodeBlock(madeRows(3), {0, 3});
    // The last column's padding carries nothing.
    for (qsizetype length = 0; length < good.size() - 2; ++length) {
        schema::EventColumns received;
        QVERIFY2(!appendBlock(received, bytesOf(good.first(length))),
                 qPrintable(QString::number(length)));
    }
}

QTEST_GUILESS_MAIN(TestFrame)
#include "tst_frame.moc"
