// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading_text.h"

#include "venue_factories.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>

using namespace chrona;
using namespace chrona::venues;

class TestVenues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fourteenVenuesAreTold();
    void replies_data() { addReplyRows(); }
    void replies();
    void frames_data() { addFrameRows(); }
    void frames();
    void everyVenueRefusesWhatIsBroken();
    void mutilatedMessagesDoNoHarm();
    void addressesAndSubscriptions();
};

namespace {

std::unique_ptr<connect::Venue> find(const QString &id)
{
    for (const auto &factory : kFactories)
        if (auto venue = factory(); venue->id() == id.toStdString())
            return venue;
    return {};
}

connect::RequestKind kindOf(const QString &name)
{
    using connect::RequestKind;
    for (const auto kind : {RequestKind::Ticker, RequestKind::Tickers, RequestKind::Trades,
                            RequestKind::Candles, RequestKind::Book})
        if (toString(kind) == name.toStdString())
            return kind;
    return RequestKind::Status;
}

} // namespace

void TestVenues::fourteenVenuesAreTold()
{
    std::set<std::string> ids;
    for (const auto &factory : kFactories)
        ids.insert(std::string(factory()->id()));
    QCOMPARE(ids.size(), std::size_t(14));
}

void TestVenues::replies()
{
    QFETCH(QString, venue);
    QFETCH(QString, kind);
    QFETCH(QString, target);
    QFETCH(int, status);
    QFETCH(QString, body);
    QFETCH(QString, expected);
    const auto found = find(venue);
    QVERIFY(found);
    const std::string bytes = body.toStdString();
    const std::string path = target.toStdString();
    const auto reading =
        found->readReply({.kind = kindOf(kind), .target = path, .status = status, .body = bytes});
    QCOMPARE(QString::fromStdString(describe(reading)), expected);
}

void TestVenues::frames()
{
    QFETCH(QString, venue);
    QFETCH(QByteArray, frames);
    QFETCH(QString, expected);
    const auto found = find(venue);
    QVERIFY(found);
    connect::Session session;
    connect::Reading last;
    // A protobuf frame begins with a line feed: it stands alone.
    const bool isBinary = frames.startsWith('\n');
    for (const QByteArray &frame : isBinary ? QList{frames} : frames.split('\n'))
        last = found->readFrame({frame.constData(), std::size_t(frame.size())}, session);
    QCOMPARE(QString::fromStdString(describe(last)), expected);
}

void TestVenues::everyVenueRefusesWhatIsBroken()
{
    for (const auto &factory : kFactories) {
        const auto venue = factory();
        const auto answer = [&venue](int status, std::string_view body) {
            return describe(venue->readReply({.kind = connect::RequestKind::Ticker,
                                              .target = "/ticker/x",
                                              .status = status,
                                              .body = body}));
        };
        QCOMPARE(std::string(answer(200, "")), std::string("reject:empty"));
        QCOMPARE(std::string(answer(200, "{\"a\":")), std::string("reject:truncated"));
        QCOMPARE(std::string(answer(200, "<html>maintenance</html>")),
                 std::string("reject:not_json"));
        QCOMPARE(std::string(answer(502, "<html>Bad Gateway</html>")),
                 std::string("backoff:gateway"));
        QCOMPARE(std::string(answer(451, "not here")), std::string("geo_block:geo"));
        QCOMPARE(std::string(answer(429, "slow")), std::string("backoff:rate_limit"));
        connect::Session session;
        QCOMPARE(std::string(describe(venue->readFrame("{\"x\":", session))),
                 std::string("reject:truncated"));
        for (const char *shape : {"{}", "[]", "[[]]", "{\"data\":7}", "{\"result\":[1]}", "3"})
            for (const auto kind : {connect::RequestKind::Ticker, connect::RequestKind::Tickers,
                                    connect::RequestKind::Trades, connect::RequestKind::Candles,
                                    connect::RequestKind::Book})
                (void)venue->readReply({.kind = kind, .target = {}, .body = shape});
    }
}

void TestVenues::mutilatedMessagesDoNoHarm()
{
    std::mt19937 random(20260101);
    auto payloads = allBodies();
    std::ranges::move(allFrames(), std::back_inserter(payloads));
    std::size_t refused = 0;
    for (const std::string &payload : payloads) {
        for (int round = 0; round < 20; ++round) {
            std::string broken = payload;
            for (int i = 0; i <= round % 3; ++i)
                broken[random() % broken.size()] = static_cast<char>(random());
            if (round % 4 == 0)
                broken.resize(random() % broken.size());
            for (const auto &factory : kFactories) {
                const auto venue = factory();
                const auto kind = static_cast<connect::RequestKind>(random() % 6);
                const auto reply = venue->readReply({.kind = kind, .target = {}, .body = broken});
                connect::Session session;
                const auto frame = venue->readFrame(broken, session);
                for (const auto &reading : {reply, frame}) {
                    const bool accepted = reading.verdict.outcome == connect::Outcome::Accept;
                    QCOMPARE(accepted, reading.verdict.reason.empty());
                    refused += accepted ? 0 : 1;
                }
            }
        }
    }
    QVERIFY(refused > payloads.size());
}

void TestVenues::addressesAndSubscriptions()
{
    using connect::RequestKind;
    for (const auto &factory : kFactories) {
        const auto venue = factory();
        const std::string native = venue->nativeName("BTC", "USDT");
        QCOMPARE(std::string(venue->market(native).symbol), std::string("BTC/USDT"));
        QVERIFY(venue->url(RequestKind::Ticker, native).starts_with("https://"));
        QVERIFY(!venue->subscribe(std::vector{native}).empty());
        const std::string_view stream = venue->stream().url;
        QVERIFY(stream.empty() || stream.starts_with("wss://"));
        QVERIFY(venue->stream().keepAliveEvery.count() == 0 || !venue->keepAlive(0).empty());
    }
}

QTEST_GUILESS_MAIN(TestVenues)
#include "tst_venues.moc"
