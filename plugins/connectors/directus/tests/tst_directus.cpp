// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include "chrona/connect/payload.h"

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
    void aTextBecomesADraft();
    void whatNoDraftCanBeIsRefused_data();
    void whatNoDraftCanBeIsRefused();
    void answersAreRead();

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
    QTest::newRow("a page") << "<html/>"
                            << "markup";
    QTest::newRow("another document") << "{}"
                                      << "no items";
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

void TestDirectus::aTextBecomesADraft()
{
    QVERIFY(m_connector.publisher() != nullptr);
    schema::Source source = m_connector.description().sources.at(0);
    source.homepage = "https://cms.test/items/posts";
    const auto posting = m_connector.publisher()->draftOf(
        source, {.title = "A \"day\"", .body = "# One\n<b>", .titleField = "headline"});
    QVERIFY2(posting.has_value(), posting ? "" : posting.error().what.c_str());
    QCOMPARE(posting->request.url, std::string("https://cms.test/items/posts"));
    QCOMPARE(posting->request.key, (KeyPlace{KeyPlace::In::Header, "Authorization", "Bearer "}));
    QCOMPARE(posting->contentType, std::string("application/json"));
    const auto document = readJsonPayload(posting->body);
    QVERIFY(document.has_value());
    const auto root = document->root();
    int fields = 0;
    for ([[maybe_unused]] const auto &field : root.members())
        ++fields;
    QCOMPARE(fields, 3);
    QCOMPARE(textOf(root["headline"]), std::string("A \"day\""));
    QCOMPARE(textOf(root["body"]), std::string("# One\n<b>"));
    QCOMPARE(textOf(root["status"]), std::string("draft"));
}

void TestDirectus::whatNoDraftCanBeIsRefused_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("titleField");
    QTest::addColumn<QString>("bodyField");
    QTest::newRow("no collection") << "https://cms.test/"
                                   << "title"
                                   << "body";
    QTest::newRow("its state") << "https://cms.test/items/posts"
                               << "title"
                               << "status";
    QTest::newRow("no name") << "https://cms.test/items/posts"
                             << ""
                             << "body";
    QTest::newRow("more than a name") << "https://cms.test/items/posts"
                                      << "a.b"
                                      << "body";
    QTest::newRow("one field for both") << "https://cms.test/items/posts"
                                        << "text"
                                        << "text";
}

void TestDirectus::whatNoDraftCanBeIsRefused()
{
    QFETCH(QString, address);
    QFETCH(QString, titleField);
    QFETCH(QString, bodyField);
    schema::Source source = m_connector.description().sources.at(0);
    source.homepage = address.toStdString();
    const auto posting =
        m_connector.publisher()->draftOf(source, {.title = "T",
                                                  .body = "B",
                                                  .titleField = titleField.toStdString(),
                                                  .bodyField = bodyField.toStdString()});
    QVERIFY(!posting && posting.error().code == ErrorCode::InvalidInput);
}

void TestDirectus::answersAreRead()
{
    const Publisher &publisher = *m_connector.publisher();
    QCOMPARE(publisher.idIn(R"({"data":{"id":7,"title":"x"}})").value(), std::string("7"));
    QCOMPARE(publisher.idIn(R"({"data":{"id":"5c9f"}})").value(), std::string("5c9f"));
    QCOMPARE(publisher.idIn("").value(), std::string()); // the token may not read
    QVERIFY(!publisher.idIn("<html/>").has_value());
    const auto refused =
        publisher.idIn(R"({"errors":[{"message":"x","extensions":{"code":"INVALID_PAYLOAD"}}]})");
    QVERIFY(!refused && refused.error().what.contains("INVALID_PAYLOAD"));
}

QTEST_GUILESS_MAIN(TestDirectus)
#include "tst_directus.moc"
