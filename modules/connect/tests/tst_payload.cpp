// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/draft_list.h"
#include "chrona/connect/payload.h"

#include <QTest>

#include <limits>

using namespace chrona;
using namespace chrona::connect;

/// What connectors share: reading payloads, gathering drafts, keeping answers.
class TestPayload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markupIsNoJson_data();
    void markupIsNoJson();
    void numbersComeAsTextToo();
    void addressesAndNames();
    void seriesStandsOnceBeforeItsValues();
    void faultsBecomeRejections();
    void unreadableAnswerIsNotKept();
};

namespace {

/// Reads anything but a page.
class PageRefuser final : public Connector {
public:
    Result<Description> describe() const override { return Description{}; }
    Result<Fetched> fetch(const FetchTask &, Fetcher &, std::stop_token) const override
    {
        return Fetched{};
    }
    Result<std::vector<Draft>> normalize(const RawItem &item) const override
    {
        return readJsonPayload(item.payload).transform([](auto &&) {
            return std::vector<Draft>{};
        });
    }
};

class OneAnswer final : public Fetcher {
public:
    explicit OneAnswer(Response answer) : m_answer(std::move(answer)) {}
    Result<Response> get(const Request &) override { return m_answer; }

private:
    Response m_answer;
};

schema::Series seriesOf(std::string key)
{
    schema::Series series;
    series.key = std::move(key);
    series.name = "Rate";
    return series;
}

} // namespace

void TestPayload::markupIsNoJson_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("sound");
    QTest::newRow("an object") << QByteArray("{\"a\":1}") << true;
    QTest::newRow("with a byte order mark") << QByteArray("\xEF\xBB\xBF{\"a\":1}") << true;
    QTest::newRow("a page") << QByteArray("\n <!doctype html><html></html>") << false;
    QTest::newRow("nothing") << QByteArray(" \n") << false;
    QTest::newRow("cut off") << QByteArray("{\"a\":[1,2") << false;
    QTest::newRow("deep") << QByteArray(5000, '[') << false;
    QTest::newRow("a number beyond a double") << QByteArray("{\"a\":1e999}") << false;
}

void TestPayload::markupIsNoJson()
{
    QFETCH(QByteArray, payload);
    QFETCH(bool, sound);
    QCOMPARE(readJsonPayload(payload.toStdString()).has_value(), sound);
}

void TestPayload::numbersComeAsTextToo()
{
    const auto document = readJsonPayload(R"({"a":"7.1710","b":6.5,"c":3,"d":"NaN","e":null})");
    const auto root = document->root();
    QCOMPARE(numberOf(root["a"]).value(), 7.171);
    QCOMPARE(numberOf(root["b"]).value(), 6.5);
    QCOMPARE(numberOf(root["c"]).value(), 3.);
    QVERIFY(!numberOf(root["d"]).has_value());
    QVERIFY(!numberOf(root["e"]).has_value());
    QCOMPARE(textOf(root["c"]), std::string("3"));
    QCOMPARE(textOf(root["e"]), std::string());
}

void TestPayload::addressesAndNames()
{
    const std::string url = "https://a.test/x?series=1&series_id=DGS%3110&z=#series_id=no";
    QCOMPARE(queryValue(url, "series_id"), std::string("DGS110"));
    QCOMPARE(queryValue(url, "z"), std::string());
    QCOMPARE(queryValue(url, "id"), std::string());
    RawItem item;
    item.sourceRef = "folder/observations-dexchus.json";
    QCOMPARE(subjectOf(item), std::string("DEXCHUS"));
    item.sourceRef = "SPY";
    QCOMPARE(subjectOf(item), std::string("SPY"));
}

void TestPayload::seriesStandsOnceBeforeItsValues()
{
    DraftList list;
    const Instant day{std::chrono::sys_days(std::chrono::year(2026) / 7 / 1)};
    const auto id = list.series(seriesOf("test:A"));
    QCOMPARE(list.series(seriesOf("test:A")), id);
    list.observe(id, {.observedAt = day, .value = 1, .publishedAt = day + std::chrono::hours(9)});
    list.observe(id, {.observedAt = day, .value = 2, .assumedAt = day + std::chrono::hours(20)});
    list.observe(id, {.observedAt = day, .value = std::numeric_limits<double>::quiet_NaN()});
    const auto drafts = list.take();
    QCOMPARE(drafts.size(), 4U);
    QCOMPARE(std::get<schema::Series>(drafts[0]).id, id);
    const auto times = [&](std::size_t i) {
        return std::get<schema::Observation>(drafts[i]).times;
    };
    QCOMPARE(times(1).availableAt(), day + std::chrono::hours(9));
    QCOMPARE(times(2).availableAt(), day + std::chrono::hours(20));
    QVERIFY(times(3).basis == schema::AvailabilityBasis::Measured);
}

void TestPayload::faultsBecomeRejections()
{
    DraftList list;
    const auto id = list.series(seriesOf("has a blank"));
    QVERIFY(id.isNull());
    QVERIFY(list.series(seriesOf("has a blank")).isNull());
    list.observe(id, {.value = 1});
    const auto sound = list.series(seriesOf("test:B"));
    list.observe(sound, {.value = std::numeric_limits<double>::infinity()});
    const auto drafts = list.take();
    QCOMPARE(drafts.size(), 3U);
    QVERIFY(std::get<Rejected>(drafts[0]).reason.contains("blank"));
    QVERIFY(std::get<Rejected>(drafts[2]).reason.contains("infinite"));
}

void TestPayload::unreadableAnswerIsNotKept()
{
    const PageRefuser connector;
    Fetched fetched;
    const auto ask = [&](Response response) {
        OneAnswer fetcher(std::move(response));
        return fetchItem(connector, fetcher, {{.url = "https://a.test/x"}, "json"}, fetched);
    };
    QVERIFY(ask({.status = 304, .notModified = true}).has_value());
    QVERIFY(ask({.status = 204}).has_value());
    const auto page = ask({.status = 200, .body = "<html>Maintenance</html>"});
    QVERIFY(!page.has_value());
    QVERIFY(page.error().retryable);
    QVERIFY(fetched.items.empty());
    QVERIFY(ask({.status = 200, .body = "{}"}).has_value());
    QCOMPARE(fetched.items.size(), 1U);
    QCOMPARE(fetched.items[0].sourceRef, std::string("https://a.test/x"));
}

QTEST_APPLESS_MAIN(TestPayload)
#include "tst_payload.moc"
