// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestDirectus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itemsBecomeEntities();
    void refusals_data();
    void refusals();
    void pagesFollowOneAnother();

private:
    LoadedConnector m_connector{"directus"};
};

void TestDirectus::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    const schema::Source &source = m_connector.description().sources.at(0);
    QVERIFY(!source.enabled);
    QVERIFY(source.mode == schema::IngestMode::OwnKeyLocal);
}

void TestDirectus::itemsBecomeEntities()
{
    const auto drafts = m_connector.drafts(
        "items", R"({"data":[{"id":7,"title":"Port closed","status":"published","dateCreated":
        "2026-11-20T10:00:00Z","views":12,"score":0.5,"featured":true,"author":{"name":"x"},
        "Ünknown":"y"},{"title":"no id"}],"meta":{"total_count":2}})",
        {.url = "https://cms.test/items/posts?limit=100"});
    const auto items = only<schema::Entity>(drafts);
    QCOMPARE(items.size(), 1U);
    QCOMPARE(only<Rejected>(drafts).size(), 1U);
    QCOMPARE(items[0].key, std::string("directus:posts/7"));
    QCOMPARE(items[0].name, std::string("Port closed"));
    const auto *created = schema::find(items[0].attributes, "date_created");
    QVERIFY(created != nullptr);
    QCOMPARE(std::get<std::int64_t>(*schema::find(items[0].attributes, "views")), 12);
    QCOMPARE(std::get<bool>(*schema::find(items[0].attributes, "featured")), true);
    QVERIFY(schema::validate(items[0]).empty());
}

void TestDirectus::refusals_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no permission")
        << R"({"errors":[{"message":"No permission","extensions":{"code":"FORBIDDEN"}}]})"
        << "FORBIDDEN";
    QTest::newRow("a page") << "<html/>" << "markup";
    QTest::newRow("another document") << "{}" << "no items";
}

void TestDirectus::refusals()
{
    QFETCH(QString, payload);
    QFETCH(QString, reason);
    const auto read = m_connector.normalize("items", payload.toStdString());
    QVERIFY(!read.has_value());
    QVERIFY2(QString::fromStdString(read.error().what).contains(reason), read.error().what.c_str());
}

void TestDirectus::pagesFollowOneAnother()
{
    std::string full = R"({"data":[)";
    for (int i = 0; i < 100; ++i)
        full += (i ? ",{\"id\":" : "{\"id\":") + std::to_string(i) + "}";
    full += "]}";
    schema::Source source = m_connector.description().sources.at(0);
    EchoFetcher unnamed(full);
    QVERIFY(!m_connector.fetch(source, unnamed).has_value()); // no collection is named yet
    QVERIFY(unnamed.asked.empty());
    source.homepage = "https://cms.test/items/posts";
    EchoFetcher fetcher(full);
    QCOMPARE(m_connector.fetch(source, fetcher)->nextCursor, std::string("2"));
    QCOMPARE(m_connector.fetch(source, fetcher, "2")->nextCursor, std::string("3"));
    QVERIFY(fetcher.asked[1].url.contains("page=2"));
    QCOMPARE(fetcher.asked[1].key, (KeyPlace{KeyPlace::In::Header, "Authorization", "Bearer "}));
    EchoFetcher last(R"({"data":[{"id":1}]})");
    QCOMPARE(m_connector.fetch(source, last, "3")->nextCursor, std::string("1"));
}

QTEST_GUILESS_MAIN(TestDirectus)
#include "tst_directus.moc"
