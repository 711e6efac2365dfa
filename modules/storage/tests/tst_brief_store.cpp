// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/brief_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/provenance.h"
#include "chrona/storage/retention.h"
#include "chrona/storage/watchlist_store.h"

#include <QTest>

using namespace chrona;
using namespace chrona::storage;

class TestBriefStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void briefingComesBackByteByByte();
    void sameDocumentAddsNoRevision();
    void dayBeforeKnewNothingLater();
    void listShowsTheNewestRevisionAndSearches();
    void hourIsReplacedWithItsState();
    void clearingTakesSyntheticOnly();
    void removedShippedListStaysAway();
    void staleListIsRefused();
    void listsAreRefused_data();
    void listsAreRefused();
    void exposuresAreReplacedAndRemoved();
    void wordsOfAModelGoAfterTwoYears();

private:
    static BriefingRecord briefing(const char *day, const char *knownAt, const char *document)
    {
        BriefingRecord record;
        record.day = parseDate(day).value();
        record.knownAt = parseInstant(knownAt).value();
        record.title = "Briefing";
        record.document = document;
        return record;
    }
    static WatchlistRecord list(const char *name, std::vector<std::string> nodes)
    {
        WatchlistRecord watchlist;
        watchlist.name = name;
        for (std::string &node : nodes) {
            WatchedNode item;
            item.node = std::move(node);
            watchlist.items.push_back(std::move(item));
        }
        return watchlist;
    }
};

void TestBriefStore::briefingComesBackByteByByte()
{
    // Order and spaces that jsonb would not keep.
    const char *document = R"({"b": 1,"a":  "é","b":2})";
    QCOMPARE(
        storeBriefing(*m_connection, briefing("2026-11-20", "2026-11-21T07:00", document)).value(),
        1U);
    const auto back = loadBriefing(*m_connection, parseDate("2026-11-20").value());
    QVERIFY2(back, back ? "" : back.error().what.c_str());
    QCOMPARE(back->document, std::string(document));
    QVERIFY(back->hash == hashOf({document}));
    QCOMPARE(formatInstant(back->knownAt), std::string("2026-11-21T07:00:00Z"));
    QVERIFY2(!newestDailyBar(*m_connection, back->knownAt).value(), "there are no prices");
    const auto none = loadBriefing(*m_connection, parseDate("2026-11-19").value());
    QVERIFY(!none && none.error().code == ErrorCode::NotFound);
}

void TestBriefStore::sameDocumentAddsNoRevision()
{
    const auto first = briefing("2026-11-20", "2026-11-21T07:00", "{}");
    QCOMPARE(storeBriefing(*m_connection, first).value(), 1U);
    QCOMPARE(storeBriefing(*m_connection, first).value(), 1U);
    QCOMPARE(storeBriefing(*m_connection, briefing("2026-11-20", "2026-11-21T09:00", "{\"x\":1}"))
                 .value(),
             2U);
    QCOMPARE(loadBriefing(*m_connection, first.day).value().document, std::string("{\"x\":1}"));
    const auto broken = storeBriefing(*m_connection, briefing("2026-11-20", "2026-11-21", "{"));
    QVERIFY2(!broken, "what is no JSON is refused");
}

void TestBriefStore::dayBeforeKnewNothingLater()
{
    QVERIFY(storeBriefing(*m_connection, briefing("2026-11-18", "2026-11-19T07:00", "{}")));
    QVERIFY(storeBriefing(*m_connection, briefing("2026-11-19", "2026-11-25T07:00", "{}")));
    const Date day = parseDate("2026-11-20").value();
    const auto before =
        loadBriefingBefore(*m_connection, day, parseInstant("2026-11-21T07:00").value()).value();
    QVERIFY(before);
    QCOMPARE(formatDate(before->day), std::string("2026-11-18"));
    QVERIFY(!loadBriefingBefore(*m_connection, day, parseInstant("2026-11-01").value()).value());
}

void TestBriefStore::listShowsTheNewestRevisionAndSearches()
{
    QVERIFY(storeBriefing(*m_connection, briefing("2026-11-18", "2026-11-19", "{\"t\":\"oil\"}")));
    QVERIFY(
        storeBriefing(*m_connection, briefing("2026-11-19", "2026-11-20", "{\"t\":\"rates\"}")));
    QVERIFY(storeBriefing(*m_connection, briefing("2026-11-19", "2026-11-21", "{\"t\":\"100%\"}")));
    const auto all = listBriefings(*m_connection, {}).value();
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(formatDate(all[0].day), std::string("2026-11-19"));
    QCOMPARE(all[0].revision, 2U);
    QCOMPARE(listBriefings(*m_connection, {.text = "OIL"}).value().size(), std::size_t(1));
    QCOMPARE(listBriefings(*m_connection, {.text = "0%\""}).value().size(), std::size_t(1));
    QCOMPARE(listBriefings(*m_connection, {.text = "rates"}).value().size(), std::size_t(0));
    QCOMPARE(listBriefings(*m_connection, {.to = parseDate("2026-11-19").value()}).value().size(),
             std::size_t(1));
}

void TestBriefStore::hourIsReplacedWithItsState()
{
    const Instant hour = parseInstant("2026-11-20T09:00").value();
    HourlyRecord update{hour, hour, false, "{}", {std::byte{1}, std::byte{0}}};
    QVERIFY(storeHourly(*m_connection, update));
    update.state = {std::byte{7}};
    QVERIFY(storeHourly(*m_connection, update));
    const auto back = loadHourly(*m_connection, hour + std::chrono::minutes(90)).value();
    QVERIFY(back);
    QVERIFY(back->state == update.state);
    QVERIFY(!loadHourly(*m_connection, hour - std::chrono::minutes(1)).value());
}

void TestBriefStore::clearingTakesSyntheticOnly()
{
    auto made = briefing("2026-11-18", "2026-11-19", "{}");
    QVERIFY(storeBriefing(*m_connection, made));
    made.day += std::chrono::days(1);
    made.synthetic = true;
    QVERIFY(storeBriefing(*m_connection, made));
    QVERIFY(clearSynthetic(*m_connection));
    const auto left = listBriefings(*m_connection, {}).value();
    QCOMPARE(left.size(), std::size_t(1));
    QVERIFY(!left[0].synthetic);
}

void TestBriefStore::removedShippedListStaysAway()
{
    const std::vector shipped{list("Broad", {"instrument:SPY", "instrument:QQQ"}),
                              list("Rates", {"instrument:TLT"})};
    QVERIFY(seedWatchlists(*m_connection, shipped));
    auto lists = loadWatchlists(*m_connection).value();
    QCOMPARE(lists.size(), std::size_t(2));
    QCOMPARE(lists[0].items.size(), std::size_t(2));
    QCOMPARE(lists[0].items[0].node, std::string("instrument:SPY"));
    QVERIFY(removeWatchlist(*m_connection, lists[0].id));
    QVERIFY2(!removeWatchlist(*m_connection, lists[0].id), "what is gone cannot go");
    QVERIFY(seedWatchlists(*m_connection, shipped));
    lists = loadWatchlists(*m_connection).value();
    QCOMPARE(lists.size(), std::size_t(1));
    QCOMPARE(lists[0].name, std::string("Rates"));
    QVERIFY2(saveWatchlist(*m_connection, list("Broad", {"country:JP"})), "the name is free again");
    QCOMPARE(loadWatchlists(*m_connection).value().size(), std::size_t(2));
}

void TestBriefStore::staleListIsRefused()
{
    auto saved = saveWatchlist(*m_connection, list("Mine", {"country:JP", "country:JP"})).value();
    QCOMPARE(loadWatchlists(*m_connection).value()[0].items.size(), std::size_t(1));
    WatchlistRecord stale = saved;
    saved.items = list("", {"sector:energy", "instrument:XLE"}).items;
    saved = saveWatchlist(*m_connection, saved).value();
    QCOMPARE(saved.revision, 2U);
    const auto refused = saveWatchlist(*m_connection, stale);
    QVERIFY(!refused && refused.error().code == ErrorCode::Conflict);
    const auto kept = loadWatchlists(*m_connection).value();
    QCOMPARE(kept[0].items[0].node, std::string("sector:energy"));
}

void TestBriefStore::listsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("node");
    QTest::newRow("a list without a name") << ""
                                           << "country:JP";
    QTest::newRow("an item that names no kind") << "Mine"
                                                << "SPY";
    QTest::newRow("an item of nothing") << "Mine"
                                        << "country:";
    QTest::newRow("a name without end") << QString(201, QLatin1Char('x')) << "country:JP";
}

void TestBriefStore::listsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, node);
    const auto saved = saveWatchlist(*m_connection, list(qPrintable(name), {node.toStdString()}));
    QVERIFY(!saved && saved.error().code == ErrorCode::InvalidInput);
    QVERIFY(loadWatchlists(*m_connection).value().empty());
}

void TestBriefStore::exposuresAreReplacedAndRemoved()
{
    const ExposureRecord rule{"country:CL", "commodity:copper", 0.5, "mines"};
    QVERIFY(saveExposure(*m_connection, rule));
    ExposureRecord off = rule;
    off.weight = 0;
    QVERIFY(saveExposure(*m_connection, off));
    QVERIFY(loadExposures(*m_connection).value() == std::vector{off});
    QVERIFY(!saveExposure(*m_connection, {"country:CL", "commodity:copper", 1.5, ""}));
    QVERIFY(!saveExposure(*m_connection, {"copper", "commodity:copper", 0.5, ""}));
    QVERIFY(removeExposure(*m_connection, rule));
    QVERIFY(!removeExposure(*m_connection, rule));
}

void TestBriefStore::wordsOfAModelGoAfterTwoYears()
{
    const Instant now = parseInstant("2026-11-26T12:00:00Z").value();
    const ModelText old{hashOf({"old"}), "m", "Gold gained.", now - std::chrono::days(731)};
    const ModelText young{hashOf({"young"}), "m", "", now - std::chrono::days(729)};
    QVERIFY(saveModelText(*m_connection, old) && saveModelText(*m_connection, young));
    const auto report = applyRetention(*m_connection, now);
    QVERIFY2(report, report ? "" : report.error().what.c_str());
    QCOMPARE(report->modelTexts, 1);
    const auto left = findModelTexts(*m_connection, std::vector{old.asked, young.asked});
    QVERIFY(left && left->size() == 1 && left->front().asked == young.asked);
}

QTEST_GUILESS_MAIN(TestBriefStore)
#include "tst_brief_store.moc"
