// SPDX-License-Identifier: AGPL-3.0-or-later
#include "hourly_state.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;

namespace {

Instant at(const char *text)
{
    return parseInstant(text).value();
}

std::span<const std::byte> bytesOf(const std::string &text)
{
    return std::as_bytes(std::span(text));
}

briefing::HourlyState sample()
{
    briefing::HourlyState state;
    state.events[{9'007'199'254'740'993}] = {3, 0.7F, at("2026-11-20T09:30:00Z")};
    state.clusters[{5}] = at("2026-11-20T09:00:00Z");
    state.signals[{6}] = at("2026-11-20T08:00:00Z");
    state.sources[{7}] = schema::SourceState::Failing;
    return state;
}

} // namespace

class TestHourlyState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBack()
    {
        const auto bytes = encodeHourlyState(sample());
        const auto back = decodeHourlyState(bytes);
        QVERIFY2(back, back ? "" : back.error().what.c_str());
        QVERIFY(*back == sample());
        QVERIFY(*decodeHourlyState(encodeHourlyState({})) == briefing::HourlyState{});
    }

    void damageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("another version") << QByteArray("{\"version\":2}");
        QTest::newRow("a row cut short")
            << QByteArray("{\"version\":1,\"events\":[[1,2]]}");
        QTest::newRow("a revision below 0")
            << QByteArray("{\"version\":1,\"events\":[[1,-2,0.5,3]]}");
        QTest::newRow("a severity above 1")
            << QByteArray("{\"version\":1,\"events\":[[1,2,1.5,3]]}");
        QTest::newRow("a state that no source has")
            << QByteArray("{\"version\":1,\"events\":[],\"sources\":[[1,99]]}");
        QTest::newRow("what was told is missing") << QByteArray("{\"version\":1}");
    }

    void damageIsRefused()
    {
        QFETCH(QByteArray, text);
        const auto read = decodeHourlyState(bytesOf(text.toStdString()));
        QVERIFY(!read && read.error().code == ErrorCode::Corrupt);
    }

    void everyTruncationIsRefused()
    {
        const auto bytes = encodeHourlyState(sample());
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!decodeHourlyState(std::span(bytes).first(size)));
    }
};

QTEST_APPLESS_MAIN(TestHourlyState)
#include "tst_hourly_state.moc"
