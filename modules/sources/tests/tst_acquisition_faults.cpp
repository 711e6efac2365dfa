// SPDX-License-Identifier: AGPL-3.0-or-later
#include "acquisition_rig.h"

/// Whatever a server does, it ends in a health state and a later run.
class TestAcquisitionFaults : public AcquisitionRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openAll(); }
    void init() { prepare(); }
    void cleanup() { finish(); }
    void faultEndsInHealthAndALaterRun_data();
    void faultEndsInHealthAndALaterRun();
    void circlesAndBombsAreRefused_data();
    void circlesAndBombsAreRefused();
    void contentThatIsNoFactIsRefused_data();
    void contentThatIsNoFactIsRefused();
    void poisonDoesNotStopTheSource();
    void redirectToAnotherHostIsRefused();
    void stopEndsARunningFetch();
};

void TestAcquisitionFaults::faultEndsInHealthAndALaterRun_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    const auto none = int(net::Fault::None);
    QTest::newRow("too many requests for an hour")
        << 429 << none << QByteArray() << QByteArray("3600");
    QTest::newRow("unavailable") << 503 << none << QByteArray() << QByteArray();
    QTest::newRow("forbidden") << 403 << none << QByteArray() << QByteArray();
    QTest::newRow("a reset in the body")
        << 200 << int(net::Fault::ResetInBody) << QByteArray(5000, ' ') << QByteArray();
    QTest::newRow("a body that ends early")
        << 200 << int(net::Fault::CloseInBody) << QByteArray(5000, ' ') << QByteArray();
    QTest::newRow("no answer") << 200 << int(net::Fault::NeverAnswers) << QByteArray()
                               << QByteArray();
    QTest::newRow("not a byte") << 200 << none << QByteArray() << QByteArray();
    QTest::newRow("a body over the limit")
        << 200 << none << QByteArray(70 << 20, ' ') << QByteArray();
    QTest::newRow("a body that drips")
        << 200 << int(net::Fault::SlowDrip) << QByteArray(5000, ' ') << QByteArray();
    QTest::newRow("HTML instead of JSON")
        << 200 << none << QByteArray("<html>Back soon</html>") << QByteArray();
}

void TestAcquisitionFaults::faultEndsInHealthAndALaterRun()
{
    QFETCH(int, status);
    QFETCH(int, fault);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    net::Answer answer{
        .status = status, .body = body.toStdString(), .fault = static_cast<net::Fault>(fault)};
    if (!retryAfter.isEmpty())
        answer.headers.push_back({"Retry-After", retryAfter.toStdString()});
    m_server->answer(kWeek, answer);
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.failuresInRow == 1, 15'000);
    QVERIFY(view().health.state == SourceState::Failing);
    QVERIFY(!view().health.lastError.empty());
    QVERIFY(view().health.nextRunAt > m_clock->now());
    QVERIFY2(logged().contains("failure 1 in a row, next at"), logged().c_str());
    if (!retryAfter.isEmpty())
        QVERIFY(*view().health.nextRunAt >= m_clock->now() + 59min);
    QCOMPARE(eventCount(), 0U);

    m_server->answer(kWeek, json(quakeFeed({{"us1"}})));
    m_clock->advance(7h);
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
    QVERIFY(view().health.lastError.empty());
}

void TestAcquisitionFaults::circlesAndBombsAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("body");
    const QByteArray bomb = QByteArray::fromStdString(net::gzip(std::string(100 << 20, ' ')));
    QTest::newRow("a redirect to itself")
        << QByteArray("Location") << QByteArray(kWeek) << QByteArray();
    QTest::newRow("100 MB that come as 100 KB")
        << QByteArray("Content-Encoding") << QByteArray("gzip") << bomb;
    QTest::newRow("gzip that is none")
        << QByteArray("Content-Encoding") << QByteArray("gzip") << QByteArray("not gzip at all");
    QTest::newRow("a coding that nobody asked for")
        << QByteArray("Content-Encoding") << QByteArray("br") << QByteArray("??");
}

void TestAcquisitionFaults::circlesAndBombsAreRefused()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, body);
    const int status = header == "Location" ? 302 : 200;
    m_server->answer(kWeek, {.status = status,
                             .headers = {{header.toStdString(), value.toStdString()}},
                             .body = body.toStdString()});
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.failuresInRow == 1, 15'000);
    QVERIFY(view().health.state == SourceState::Failing);
    QVERIFY(view().health.nextRunAt > m_clock->now());
    QVERIFY2(logged().contains("failure 1 in a row, next at"), logged().c_str());
    m_server->answer(kWeek, json(quakeFeed({{"us1"}})));
    m_clock->advance(7h);
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
}

void TestAcquisitionFaults::contentThatIsNoFactIsRefused_data()
{
    QTest::addColumn<QByteArray>("written"); // in a sound feed …
    QTest::addColumn<QByteArray>("instead"); // … is replaced by this
    QTest::addColumn<bool>("isDocumentRead");
    const QByteArray magnitude("\"mag\":5"), time("1795244400123"), place("Testville");
    QTest::newRow("no number") << magnitude << QByteArray("\"mag\":NaN") << false;
    QTest::newRow("a number that no double holds")
        << magnitude << QByteArray("\"mag\":1e999") << false;
    QTest::newRow("a number beyond sense") << QByteArray("-70.5") << QByteArray("1e300") << true;
    QTest::newRow("the year 0") << time << QByteArray("-62167219200000") << true;
    QTest::newRow("the year 3000") << time << QByteArray("32503680000000") << true;
    QTest::newRow("a time that no clock holds") << time << QByteArray("9e300") << true;
    QTest::newRow("nesting without end")
        << magnitude << QByteArray("\"mag\":") + QByteArray(100'000, '[') << false;
    QTest::newRow("bytes that are no UTF-8") << place << QByteArray("caf\xE9") << false;
}

void TestAcquisitionFaults::contentThatIsNoFactIsRefused()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, instead);
    QFETCH(bool, isDocumentRead);
    QByteArray body = QByteArray::fromStdString(quakeFeed({{"us1"}}));
    QVERIFY(body.contains(written));
    m_server->answer(kWeek, json(body.replace(written, instead).toStdString()));
    begin();
    const auto reasons = [this] {
        auto lease = m_pool->take();
        const auto found = storage::loadQuarantine(**lease);
        return found && found->size() == 1 ? found->front().reason : std::string();
    };
    if (isDocumentRead) {
        QTRY_VERIFY_WITH_TIMEOUT(!reasons().empty(), 15'000);
        QVERIFY2(logged().contains("quarantined"), logged().c_str());
        QTRY_VERIFY(view().health.state == SourceState::Idle);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(view().health.failuresInRow == 1, 15'000);
        QVERIFY(!view().health.lastError.empty());
        QVERIFY2(logged().contains("failure 1 in a row, next at"), logged().c_str());
    }
    QCOMPARE(eventCount(), 0U);
    m_server->answer(kWeek, json(quakeFeed({{"us1"}})));
    if (isDocumentRead)
        runAgain();
    else
        m_clock->advance(7h);
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
}

void TestAcquisitionFaults::poisonDoesNotStopTheSource()
{
    // JSON that passes the connector's first look, and of which nothing can be a fact.
    m_server->answer(
        kWeek, json(R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"x"}]})"));
    begin();
    const auto quarantined = [this] {
        auto lease = m_pool->take();
        const auto found = storage::loadQuarantine(**lease);
        return found ? found->size() : 0;
    };
    QTRY_COMPARE(quarantined(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
    runAgain();
    QTRY_COMPARE(eventCount(), 1U);
}

void TestAcquisitionFaults::redirectToAnotherHostIsRefused()
{
    m_server->answer(kWeek,
                     {.status = 302, .headers = {{"Location", "https://evil.example/feed"}}});
    begin();
    QTRY_VERIFY(view().health.failuresInRow == 1);
    QVERIFY(view().health.lastError.contains("evil.example"));
    QCOMPARE(m_server->received().size(), 1U);
}

void TestAcquisitionFaults::stopEndsARunningFetch()
{
    m_server->answer(kWeek, {.status = 200, .fault = net::Fault::NeverAnswers});
    begin();
    QTRY_COMPARE(requests("all_week"), 1U);
    m_acquisition->stop();
    QCOMPARE(view().health.failuresInRow, 0U); // being stopped is no failure of the source
}

QTEST_GUILESS_MAIN(TestAcquisitionFaults)
#include "tst_acquisition_faults.moc"
