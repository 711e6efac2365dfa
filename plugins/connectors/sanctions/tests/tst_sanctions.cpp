// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

using namespace chrona;
using namespace chrona::connect::fixture;
using connect::Rejected;
using schema::Entity;
using schema::Event;

class TestSanctions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sdnRowBecomesEntityAndEvent();
    void brokenRowsAreRejectedAlone();
    void unRecordsAreRead();
    void recordedOfacListsAreRead();
    void recordedCanadianListIsRead();
    void refusals_data();
    void refusals();
    void unchangedListIsNoItem();

private:
    LoadedConnector m_connector{"sanctions"};
};

namespace {

constexpr const char *kSdn =
    "36,\"TEST TRADING, S.A.\",-0- ,\"CUBA] [SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    "\"a.k.a. 'TT'; DOB 1 Jan 1970; Linked To: NOBODY.\"\r\n\x1A\r\n";

} // namespace

void TestSanctions::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    for (const auto &source : m_connector.description().sources)
        QVERIFY2(schema::validate(source).empty(), source.key.c_str());
}

void TestSanctions::sdnRowBecomesEntityAndEvent()
{
    const auto drafts = m_connector.normalize("ofac-sdn", kSdn);
    QVERIFY(drafts.has_value());
    QCOMPARE(drafts->size(), 2U); // the trailing end-of-file character is no row
    const auto &entity = std::get<Entity>(drafts->at(0));
    QCOMPARE(entity.key, std::string("ofac:36"));
    QCOMPARE(entity.name, std::string("TEST TRADING, S.A."));
    QVERIFY(entity.kind == schema::EntityKind::Organization);
    QCOMPARE(entity.aliases, std::vector<std::string>{"TT"});
    QCOMPARE(textAt(entity.attributes, "programs"), std::string("CUBA SDGT"));
    QCOMPARE(textAt(entity.attributes, "linked_to"), std::string("NOBODY"));
    QCOMPARE(textAt(entity.attributes, "sdn_type"), std::string("?"));
    const auto &event = std::get<Event>(drafts->at(1));
    QVERIFY(event.type == schema::EventType::Sanction);
    QCOMPARE(event.sourceRef, std::string("36"));
    QCOMPARE(event.title, std::string("OFAC SDN: TEST TRADING, S.A. listed (CUBA SDGT)"));
    QCOMPARE(event.entities.at(0).entity, entity.id);
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2026-11-21T08:00:00Z"));
}

void TestSanctions::brokenRowsAreRejectedAlone()
{
    const std::string payload = std::string("36,\"SHORT\"\r\nx,\"NO NUMBER\"") +
                                ",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n" + kSdn;
    const auto rejected = m_connector.all<Rejected>("ofac-sdn", payload);
    QCOMPARE(rejected.size(), 2U);
    QVERIFY(rejected[0].reason.contains("2 columns"));
    QVERIFY(rejected[1].reason.contains("not a number"));
    QCOMPARE(m_connector.all<Event>("ofac-sdn", payload).size(), 1U);
}

void TestSanctions::unRecordsAreRead()
{
    const auto payload = fixtureText("un.xml");
    const auto entities = m_connector.all<Entity>("un-xml", payload);
    const auto events = m_connector.all<Event>("un-xml", payload);
    QCOMPARE(entities.size(), 2U);
    QCOMPARE(events.size(), 2U);
    QCOMPARE(entities[0].name, std::string("TEST PERSON"));
    QVERIFY(entities[0].kind == schema::EntityKind::Person);
    QCOMPARE(entities[0].aliases, std::vector<std::string>{"Another Name"});
    QCOMPARE(textAt(entities[0].attributes, "nationality"), std::string("Testland"));
    QCOMPARE(textAt(entities[0].attributes, "date_of_birth"), std::string("EXACT, 1960-01-01"));
    QCOMPARE(events[0].sourceRef, std::string("QDi.999"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2001-01-25T00:00:00Z"));
    const auto rejected = m_connector.all<Rejected>("un-xml", payload);
    QCOMPARE(rejected.size(), 1U);
    QCOMPARE(rejected[0].sourceRef, std::string("6900003"));
}

void TestSanctions::recordedOfacListsAreRead()
{
    const auto entities =
        m_connector.all<Entity>("ofac-sdn", sampleText("sanctions/ofac-sdn-slice.csv"));
    QCOMPARE(entities.size(), 17U);
    QCOMPARE(m_connector.all<Event>("ofac-sdn", sampleText("sanctions/ofac-sdn-slice.csv")).size(),
             17U);
    QCOMPARE(entities[0].key, std::string("ofac:10278"));
    QCOMPARE(entities[0].name, std::string("LOGAN MOREY, Elvis Angus"));
    QVERIFY(entities[0].kind == schema::EntityKind::Person);
    QCOMPARE(textAt(entities[0].attributes, "date_of_birth"), std::string("28 Jul 1963"));
    QCOMPARE(entities[0].aliases, std::vector<std::string>{"BURTON BURGESS"});
    QCOMPARE(textAt(entities[1].attributes, "programs"),
             std::string("NPWMD IFSR IRAN-CON-ARMS-EO"));
    QVERIFY(entities[1].aliases.size() >= 4);
    QCOMPARE(textAt(entities[11].attributes, "call_sign"), std::string("A8LU7"));
    QCOMPARE(textAt(entities[11].attributes, "vessel_flag"), std::string("Gabon"));

    const auto addresses =
        m_connector.all<Entity>("ofac-add", sampleText("sanctions/ofac-add-slice.csv"));
    QCOMPARE(addresses.size(), 28U);
    QCOMPARE(textAt(addresses[1].attributes, "city"), std::string("Esfahan"));
    QCOMPARE(textAt(addresses[1].attributes, "subject"), std::string("ofac:11195"));
    const auto names =
        m_connector.all<Entity>("ofac-alt", sampleText("sanctions/ofac-alt-slice.csv"));
    QCOMPARE(names.size(), 18U);
    QCOMPARE(names[0].name, std::string("KARADH AL-HASSAN"));
    const auto more = m_connector.all<Entity>("ofac-comments",
                                              sampleText("sanctions/ofac-sdn_comments-slice.csv"));
    QCOMPARE(more.size(), 1U);
    QCOMPARE(more[0].aliases, std::vector<std::string>{"SUCCESSFUL EXCHANGE"});
}

void TestSanctions::recordedCanadianListIsRead()
{
    const auto entities =
        m_connector.all<Entity>("canada-sema-xml", sampleText("sanctions/canada-sema-slice.xml"));
    const auto events =
        m_connector.all<Event>("canada-sema-xml", sampleText("sanctions/canada-sema-slice.xml"));
    QCOMPARE(entities.size(), 12U);
    QCOMPARE(events.size(), 12U);
    QCOMPARE(entities[0].name, std::string("Aleksey Oleksin"));
    QCOMPARE(entities[0].aliases, std::vector<std::string>{"Aliaksei Aleksin"});
    QCOMPARE(events[0].sourceRef, std::string("belarus:1-part-1:56"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2021-06-17T00:00:00Z"));
    QVERIFY(entities[2].externalIds.back() == (schema::ExternalId{"imo", "7612448"}));
    QCOMPARE(textAt(entities[2].attributes, "built"), std::string("1980"));
    QCOMPARE(entities[4].aliases,
             (std::vector<std::string>{"STREIT Group FZE", "STREIT Group FZE-LLC"}));
    QCOMPARE(entities[5].aliases.size(), 3U);
    QVERIFY(
        m_connector.all<Rejected>("canada-sema-xml", sampleText("sanctions/canada-sema-slice.xml"))
            .empty());
}

void TestSanctions::refusals_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("HTML in place of CSV")
        << QByteArray("ofac-sdn") << QByteArray("<html>\n</html>");
    QTest::newRow("nothing") << QByteArray("ofac-alt") << QByteArray();
    QTest::newRow("NUL bytes") << QByteArray("ofac-add") << QByteArray("1,2\0,3", 6);
    QTest::newRow("HTML in place of XML") << QByteArray("un-xml") << QByteArray("<html/>");
    QTest::newRow("a bomb") << QByteArray("canada-sema-xml")
                            << QByteArray("<!DOCTYPE data-set []><data-set/>");
    QTest::newRow("a kind that nobody knows") << QByteArray("x") << QByteArray("1");
}

void TestSanctions::refusals()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, payload);
    QVERIFY(!m_connector.normalize(kind.toStdString(), payload.toStdString()).has_value());
}

void TestSanctions::unchangedListIsNoItem()
{
    RouteFetcher fetcher;
    fetcher.answers["SDN.CSV"] = ok(kSdn);
    const auto first = m_connector.fetch(fetcher, {}, Instant{});
    QVERIFY(first.has_value());
    QCOMPARE(first->items.size(), 1U);
    QCOMPARE(first->warnings.size(), 3U);
    const auto second = m_connector.fetch(fetcher, first->nextCursor, Instant{});
    QVERIFY(second.has_value());
    QVERIFY(second->items.empty());
    QCOMPARE(second->nextCursor, first->nextCursor);
    fetcher.answers["SDN.CSV"] = ok(with(kSdn, "CUBA", "IRAN"));
    QCOMPARE(m_connector.fetch(fetcher, first->nextCursor, Instant{})->items.size(), 1U);
}

QTEST_GUILESS_MAIN(TestSanctions)
#include "tst_sanctions.moc"
