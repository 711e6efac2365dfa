// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_pages.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/partitions.h"
#include "sample_events.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

/// The long table over the whole database: pages by key, estimates, filters as values.
class TestEventPages : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void pagesAreTheWholeTableOnce_data();
    void pagesAreTheWholeTableOnce();
    void aWalkGoesOnWhereItStopped();
    void eventsOfOneMomentArePassedById();
    void whatIsPickedIsWhatPasses_data();
    void whatIsPickedIsWhatPasses();
    void wordsAreValuesAndNoStatement();
    void retractedOnesAreNotShown();
    void aPageEndsWhereTheNextBegins();
    void rowsSayWhatTheColumnsSay();
    void plannersBeliefIsNearTheTruth();
    void theNewestAreCutOff();

private:
    /// Keys of the whole table in its order, by its pages.
    [[nodiscard]] std::vector<std::int64_t> readAll(const EventPick &pick, Order order,
                                                    std::uint32_t perPage, std::uint32_t pages)
    {
        std::vector<std::int64_t> ids;
        EventStretch stretch{.order = order};
        do {
            const auto steps = walkEvents(*m_connection, pick, stretch, {perPage, pages});
            if (!steps)
                return {};
            std::uint64_t rows = 0;
            for (std::size_t at = 0; at < steps->keys.size(); ++at) {
                EventStretch page{.order = order, .from = steps->keys[at]};
                page.before =
                    at + 1 < steps->keys.size() ? std::optional(steps->keys[at + 1]) : steps->next;
                const auto read = loadEventPage(*m_connection, pick, page, 2 * perPage);
                if (!read)
                    return {};
                rows += read->columns.size();
                ids.insert(ids.end(), read->columns.id.begin(), read->columns.id.end());
            }
            if (rows != steps->rows)
                return {};
            stretch.from = steps->next;
        } while (stretch.from);
        return ids;
    }
    [[nodiscard]] std::vector<std::int64_t> expected(Order order, auto passes) const
    {
        std::vector<Event> sorted;
        std::ranges::copy_if(m_events, std::back_inserter(sorted), passes);
        std::ranges::sort(sorted, {}, [](const Event &event) {
            return std::pair(event.times.observedAt, event.id.value);
        });
        std::vector<std::int64_t> ids;
        for (const Event &event : sorted)
            ids.push_back(event.id.value);
        if (order == Order::NewestFirst)
            std::ranges::reverse(ids);
        return ids;
    }
    void store(const std::vector<Event> &events)
    {
        const auto report = storeEvents(*m_connection, events);
        QVERIFY2(report, report ? "" : report.error().what.c_str());
        m_events.insert(m_events.end(), events.begin(), events.end());
    }

    std::vector<Event> m_events;
};

void TestEventPages::init()
{
    beginFresh();
    m_events.clear();
    store(sampleEvents(1'000));
}

void TestEventPages::pagesAreTheWholeTableOnce_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<int>("perPage");
    QTest::addColumn<int>("pages");
    const int newest = static_cast<int>(Order::NewestFirst);
    const int oldest = static_cast<int>(Order::OldestFirst);
    QTest::newRow("one walk") << newest << 64 << 100;
    QTest::newRow("many walks, the last page short") << newest << 64 << 3;
    QTest::newRow("pages that fit exactly") << newest << 100 << 10;
    QTest::newRow("walks that fit exactly") << newest << 50 << 4;
    QTest::newRow("the oldest first") << oldest << 64 << 3;
    QTest::newRow("a row a page") << oldest << 1 << 500;
}

void TestEventPages::pagesAreTheWholeTableOnce()
{
    QFETCH(int, order);
    QFETCH(int, perPage);
    QFETCH(int, pages);
    const auto way = static_cast<Order>(order);
    QCOMPARE(
        readAll({}, way, static_cast<std::uint32_t>(perPage), static_cast<std::uint32_t>(pages)),
        expected(way, [](const Event &) { return true; }));
}

void TestEventPages::aWalkGoesOnWhereItStopped()
{
    const auto first = walkEvents(*m_connection, {}, {}, {100, 4});
    QVERIFY(first);
    QCOMPARE(first->keys.size(), 4U);
    QCOMPARE(first->rows, 400U);
    QVERIFY(first->next);
    const auto rest = walkEvents(*m_connection, {}, {.from = first->next}, {100, 400});
    QVERIFY(rest);
    QCOMPARE(rest->rows, 600U);
    QCOMPARE(rest->keys.size(), 6U);
    QCOMPARE(rest->keys.front().id, first->next->id);
    QVERIFY(!rest->next);
    const auto none = walkEvents(*m_connection, {.words = {"nothing has this"}}, {}, {100, 4});
    QVERIFY(none);
    QVERIFY(none->keys.empty() && none->rows == 0 && !none->next);
}

void TestEventPages::eventsOfOneMomentArePassedById()
{
    auto same = sampleEvents(200, 5'000);
    for (Event &event : same)
        event.times.observedAt = m_events[500].times.observedAt;
    store(same);
    for (const Order order : {Order::NewestFirst, Order::OldestFirst})
        QCOMPARE(readAll({}, order, 7, 11), expected(order, [](const Event &) { return true; }));
}

void TestEventPages::whatIsPickedIsWhatPasses_data()
{
    QTest::addColumn<std::function<void(EventPick &)>>("choose");
    QTest::addColumn<std::function<bool(const Event &)>>("passes");
    using Choose = std::function<void(EventPick &)>;
    using Passes = std::function<bool(const Event &)>;
    const Instant middle = parseInstant("2024-01-10").value();
    QTest::newRow("time") << Choose([=](EventPick &pick) {
        pick.from = middle;
    }) << Passes([=](const Event &event) { return event.times.observedAt >= middle; });
    QTest::newRow("time, its end left out")
        << Choose([=](EventPick &pick) { pick.to = middle; })
        << Passes([=](const Event &event) { return event.times.observedAt < middle; });
    QTest::newRow("type") << Choose([](EventPick &pick) {
        pick.types = {EventType::Flood};
    }) << Passes([](const Event &event) { return event.type == EventType::Flood; });
    QTest::newRow("source") << Choose([](EventPick &pick) { pick.sources = {{2}}; })
                            << Passes([](const Event &event) { return event.source.value == 2; });
    QTest::newRow("region") << Choose([](EventPick &pick) { pick.regions = {"US-TX"}; })
                            << Passes([](const Event &event) { return event.region == "US-TX"; });
    QTest::newRow("a country alone is not its parts")
        << Choose([](EventPick &pick) { pick.regions = {"US"}; })
        << Passes([](const Event &) { return false; });
    QTest::newRow("a country with its parts")
        << Choose([](EventPick &pick) { pick.countries = {"US"}; })
        << Passes([](const Event &event) { return event.region == "US-TX"; });
    QTest::newRow("regions and countries widen each other")
        << Choose([](EventPick &pick) { pick.countries = {"US"}, pick.regions = {"CA"}; })
        << Passes([](const Event &) { return true; });
    QTest::newRow("words, in any case")
        << Choose([](EventPick &pick) { pick.words = {"NUMBER 7", "happened"}; })
        << Passes([](const Event &event) { return event.title.contains("number 7"); });
    QTest::newRow("severity, as a column rounds it")
        << Choose([](EventPick &pick) { pick.severityMin = 0.7F; })
        << Passes([](const Event &event) {
               EventColumns columns;
               columns.append(event, 0, 0);
               return columns.severity[0] >= 179; // 0.7 of 255 is 178.5
           });
    QTest::newRow("confidence") << Choose([](EventPick &pick) {
        pick.confidenceMin = 0.75F;
    }) << Passes([](const Event &event) { return event.confidence >= 0.75F; });
    QTest::newRow("a box over 180°")
        << Choose([](EventPick &pick) { pick.box = GeoBox{170, -90, -170, 90}; })
        << Passes([](const Event &event) {
               if (event.geometry.kind == Geometry::Kind::None)
                   return false;
               const double longitude = anchorOf(event.geometry).longitude;
               return longitude >= 170 || longitude <= -170;
           });
    QTest::newRow("known by then")
        << Choose([=](EventPick &pick) { pick.availableBy = middle; })
        << Passes([=](const Event &event) { return event.times.availableAt() <= middle; });
}

void TestEventPages::whatIsPickedIsWhatPasses()
{
    QFETCH(std::function<void(EventPick &)>, choose);
    QFETCH(std::function<bool(const Event &)>, passes);
    EventPick pick;
    choose(pick);
    QCOMPARE(readAll(pick, Order::NewestFirst, 16, 5), expected(Order::NewestFirst, passes));
}

void TestEventPages::wordsAreValuesAndNoStatement()
{
    auto odd = sampleEvents(3, 9'000);
    odd[0].title = "100 % of '; DROP TABLE chrona_world.event; --";
    odd[1].title = "100 x of";
    store(odd);
    for (const char *word : {"'; drop TABLE chrona_world.event; --", "100 % of"}) {
        const EventPick pick{.words = {word}};
        QCOMPARE(readAll(pick, Order::NewestFirst, 16, 5),
                 std::vector<std::int64_t>{odd[0].id.value});
    }
    QCOMPARE(readAll({.regions = {"US') OR true --"}}, Order::NewestFirst, 16, 5).size(), 0U);
}

void TestEventPages::retractedOnesAreNotShown()
{
    const EventId gone = m_events[400].id;
    QVERIFY(retractEvent(*m_connection, gone, parseInstant("2026-01-01").value()));
    QCOMPARE(readAll({}, Order::NewestFirst, 64, 5),
             expected(Order::NewestFirst, [=](const Event &event) { return event.id != gone; }));
}

void TestEventPages::aPageEndsWhereTheNextBegins()
{
    const auto steps = walkEvents(*m_connection, {}, {}, {100, 4});
    QVERIFY(steps);
    // One that came since, in the middle of the second page: told by a row too many, not by one
    // that has been pushed out of sight.
    auto late = sampleEvents(1, 7'000);
    late[0].times.observedAt = steps->keys[1].observedAt - std::chrono::seconds(1);
    store(late);
    const EventStretch second{.from = steps->keys[1], .before = steps->keys[2]};
    const auto page = loadEventPage(*m_connection, {}, second, 200);
    QVERIFY(page);
    QCOMPARE(page->columns.size(), 101U);
    QCOMPARE(page->columns.id[1], late[0].id.value);
}

void TestEventPages::rowsSayWhatTheColumnsSay()
{
    EventColumns all;
    EventTables tables;
    QVERIFY(loadEventColumns(*m_connection, all, tables));
    const auto page = loadEventPage(*m_connection, {}, {.order = Order::OldestFirst}, 1'000);
    QVERIFY(page);
    QCOMPARE(page->columns.id, all.id);
    QCOMPARE(page->columns.severity, all.severity);
    QCOMPARE(page->columns.flags, all.flags);
    QCOMPARE(page->columns.longitude, all.longitude);
    for (std::size_t row = 0; row < all.size(); ++row) {
        QCOMPARE(page->tables.regions[page->columns.region[row]], tables.regions[all.region[row]]);
        QCOMPARE(page->tables.sources[page->columns.source[row]], tables.sources[all.source[row]]);
        QCOMPARE(page->titles[row], m_events[row].title);
    }
}

void TestEventPages::plannersBeliefIsNearTheTruth()
{
    QVERIFY(settleTables(*m_connection));
    const auto all = estimateEvents(*m_connection, {});
    QVERIFY2(all, all ? "" : all.error().what.c_str());
    QVERIFY2(*all > 900 && *all < 1'100, std::to_string(*all).c_str());
    const auto flood = estimateEvents(*m_connection, {.types = {EventType::Flood}});
    QVERIFY(flood);
    QVERIFY2(*flood > 10 && *flood < 100, std::to_string(*flood).c_str()); // 42 there are
}

void TestEventPages::theNewestAreCutOff()
{
    const auto cut = timeOfNewest(*m_connection, 300);
    QVERIFY(cut && *cut);
    EventColumns columns;
    EventTables tables;
    QVERIFY(loadEventColumns(*m_connection, columns, tables, {.from = **cut + Duration(1)}));
    QCOMPARE(columns.size(), 300U);
    QCOMPARE(columns.id.back(),
             expected(Order::NewestFirst, [](const Event &) { return true; }).front());
    const auto all = timeOfNewest(*m_connection, 1'000);
    QVERIFY(all && !*all);
}

QTEST_GUILESS_MAIN(TestEventPages)
#include "tst_event_pages.moc"
