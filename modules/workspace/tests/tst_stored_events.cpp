// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_pick.h"
#include "chrona/workspace/stored_events_model.h"
#include "stored_rows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

/// The table over the whole database, as far as it is in memory.
class TestStoredEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAskedBeforeItIsShown();
    void aSmallTableIsExactAtOnce();
    void aLongOneGrowsUntilItIsExact();
    void anyRowIsReadFromItsOwnPage();
    void pagesAreBounded();
    void whatWasScrolledPastIsCancelled();
    void anotherPickCancelsTheWalk();
    void onlyTimeSorts();
    void whatCameSinceIsSaid();
    void aFailureIsSaidAndTriedAgain();
    void moreThanATableCanShowIsSaid();
    void filtersAreSaidBeyondWhatIsLoaded();
    void aWindowAtTheEdgeIsOpen();
    void exactlyTheLeastSharePasses();

private:
    void make(std::int64_t rows)
    {
        m_model.reset();
        m_rows = std::make_unique<StoredRows>(rows);
        m_model = std::make_unique<StoredEventsModel>(m_rows->steps(), m_rows->rows());
    }
    void showAll()
    {
        m_model->show(ipc::EventPick{});
        QTRY_COMPARE(m_model->walk(), StoredEventsModel::Walk::Done);
    }
    [[nodiscard]] QString titleAt(int row) const
    {
        return m_model->index(row, EventTableModel::Title).data().toString();
    }

    std::unique_ptr<StoredRows> m_rows;
    std::unique_ptr<StoredEventsModel> m_model;
};

void TestStoredEvents::nothingIsAskedBeforeItIsShown()
{
    make(100);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->walk(), StoredEventsModel::Walk::None);
    QVERIFY(m_rows->walks.empty() && m_rows->pages.empty());
    showAll();
    m_model->show(ipc::EventPick{}); // the same: it is there
    QCOMPARE(m_rows->walks.size(), 1U);
    m_model->show(std::nullopt);
    QCOMPARE(m_model->rowCount(), 0);
}

void TestStoredEvents::aSmallTableIsExactAtOnce()
{
    make(100);
    QAbstractItemModelTester tester(m_model.get());
    showAll();
    QCOMPARE(m_model->rowCount(), 100);
    QVERIFY(!m_model->about());
    QVERIFY(titleAt(0).isNull()); // asked for now
    QTRY_COMPARE(titleAt(0), QStringLiteral("event 100"));
    QCOMPARE(m_model->eventAt(99), 1);
    QCOMPARE(m_model->index(0, EventTableModel::Region).data().toString(), QStringLiteral("US"));
    QCOMPARE(m_model->index(0, EventTableModel::Source).data().toString(), QStringLiteral("made"));
    QCOMPARE(m_model->index(0, 0).data(EventTableModel::EventIdRole).toLongLong(), 100);
    const auto place = m_model->placeOf(100);
    QVERIFY(place && !place->hasPlace);
    QCOMPARE(place->observedAt, 100'000'000);
    QVERIFY(!m_model->placeOf(1'000'000));
}

void TestStoredEvents::aLongOneGrowsUntilItIsExact()
{
    constexpr int kRows = 3'000'123;
    make(kRows);
    m_rows->holdsWalks = true;
    m_model->show(ipc::EventPick{});
    const auto answer = [this] {
        const auto held = std::exchange(m_rows->heldWalks, {});
        held.front()(m_rows->walk(m_rows->walks.back()));
    };
    answer();
    QCOMPARE(m_model->rowCount(), 16 * StoredEventsModel::kPageRows); // to be looked at by now
    QCOMPARE(m_model->about(), std::optional<qint64>(kRows + 777));
    QCOMPARE(m_model->walk(), StoredEventsModel::Walk::Underway);
    while (m_model->walk() == StoredEventsModel::Walk::Underway) {
        const int before = m_model->rowCount();
        answer();
        QVERIFY(m_model->rowCount() > before);
    }
    QCOMPARE(m_model->rowCount(), kRows);
    QVERIFY(!m_model->about()); // it is known now
    // Ever longer walks: few questions, none from the top.
    QVERIFY2(m_rows->walks.size() <= 7, qPrintable(QString::number(m_rows->walks.size())));
    for (std::size_t at = 1; at < m_rows->walks.size(); ++at)
        QVERIFY(m_rows->walks[at].from);
}

void TestStoredEvents::anyRowIsReadFromItsOwnPage()
{
    constexpr int kRows = 600'000;
    make(kRows);
    showAll();
    for (const int row : {599'999, 300'000, 512, 511}) {
        m_rows->pages.clear();
        (void)titleAt(row);
        QTRY_COMPARE(titleAt(row), QStringLiteral("event %1").arg(kRows - row));
        QCOMPARE(m_rows->pages.size(), 1U);
        QVERIFY(m_rows->pages.front()->query.from); // by key, not by counting
    }
}

void TestStoredEvents::pagesAreBounded()
{
    constexpr int kRows = StoredEventsModel::kPageRows * (StoredPages::kKeptMax + 9);
    make(kRows);
    showAll();
    for (int row = 0; row < kRows; row += StoredEventsModel::kPageRows) {
        (void)titleAt(row);
        QTRY_VERIFY(!titleAt(row).isNull());
        QVERIFY(m_model->pages().keptCount() <= StoredPages::kKeptMax);
    }
    QCOMPARE(m_model->pages().keptCount(), StoredPages::kKeptMax);
    QVERIFY(titleAt(0).isNull()); // let go, and read again
    QTRY_COMPARE(titleAt(0), QStringLiteral("event %1").arg(kRows));
}

void TestStoredEvents::whatWasScrolledPastIsCancelled()
{
    make(200'000);
    showAll();
    m_rows->holdsPages = true;
    const auto look = [this](int page) {
        (void)titleAt(page * StoredEventsModel::kPageRows);
        QCoreApplication::sendPostedEvents();
    };
    look(0);
    QTRY_COMPARE(m_rows->pages.size(), 1U);
    for (int page = 10; page < 60; ++page)
        look(page); // faster than answers come
    QTRY_VERIFY(m_rows->pages.front()->isCancelled);
    // What is looked at last is asked for next, and what was passed never is.
    QTRY_COMPARE(m_model->pages().openCount(), StoredPages::kOpenMax);
    QVERIFY2(m_rows->pages.size() <= 8, qPrintable(QString::number(m_rows->pages.size())));
    // An answer that comes all the same is not taken.
    m_rows->answerPage(*m_rows->pages.front());
    QCOMPARE(m_model->pages().keptCount(), 0);
    m_rows->holdsPages = false;
    m_rows->answerPage(*m_rows->pages.back());
    QTRY_VERIFY(m_model->pages().keptCount() > 0);
}

void TestStoredEvents::anotherPickCancelsTheWalk()
{
    make(100'000);
    m_rows->holdsWalks = true;
    m_model->show(ipc::EventPick{});
    const auto old = std::exchange(m_rows->heldWalks, {});
    ipc::EventPick floods;
    floods.types = {schema::EventType::Flood};
    m_model->show(floods);
    QCOMPARE(m_rows->walksCancelled, 1);
    old.front()(m_rows->walk(m_rows->walks.front())); // it comes all the same
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_rows->walks.back().pick, floods);
}

void TestStoredEvents::onlyTimeSorts()
{
    make(1'000);
    showAll();
    m_model->sort(EventTableModel::Severity, Qt::AscendingOrder);
    QCOMPARE(m_rows->walks.size(), 1U);
    m_model->sort(EventTableModel::Time, Qt::AscendingOrder);
    QTRY_COMPARE(m_model->walk(), StoredEventsModel::Walk::Done);
    QCOMPARE(m_rows->walks.back().order, ipc::RowOrder::OldestFirst);
    (void)titleAt(0);
    QTRY_COMPARE(titleAt(0), QStringLiteral("event 1"));
}

void TestStoredEvents::whatCameSinceIsSaid()
{
    make(2'000);
    showAll();
    (void)titleAt(0);
    QTRY_VERIFY(!titleAt(0).isNull());
    QVERIFY(!m_model->isOutdated());
    m_rows->extra = 1;
    QSignalSpy told(m_model.get(), &StoredEventsModel::extentChanged);
    (void)titleAt(1'000);
    QTRY_VERIFY(m_model->isOutdated());
    QCOMPARE(told.count(), 1);
    m_rows->extra = 0;
    m_model->readAgain();
    QTRY_COMPARE(m_model->walk(), StoredEventsModel::Walk::Done);
    QVERIFY(!m_model->isOutdated());
}

void TestStoredEvents::aFailureIsSaidAndTriedAgain()
{
    make(2'000);
    m_rows->refusal = Error{ErrorCode::Unavailable, "the database is gone"};
    m_model->show(ipc::EventPick{});
    QTRY_COMPARE(m_model->walk(), StoredEventsModel::Walk::Stopped);
    QVERIFY(m_model->problem());
    m_rows->refusal.reset();
    m_model->readAgain();
    QTRY_COMPARE(m_model->walk(), StoredEventsModel::Walk::Done);
    QVERIFY(!m_model->problem());
    // A page that fails is said, and asked for again when it is looked at again.
    m_rows->refusal = Error{ErrorCode::Unavailable, "the database is gone"};
    (void)titleAt(0);
    QTRY_VERIFY(m_model->problem());
    m_rows->refusal.reset();
    (void)titleAt(0);
    QTRY_COMPARE(titleAt(0), QStringLiteral("event 2000"));
    QVERIFY(!m_model->problem());
}

void TestStoredEvents::moreThanATableCanShowIsSaid()
{
    make(StoredEventsModel::kRowsMax + 5'000'000LL);
    m_model->show(ipc::EventPick{});
    QTRY_COMPARE_WITH_TIMEOUT(m_model->walk(), StoredEventsModel::Walk::Full, 30'000);
    QCOMPARE(m_model->rowCount(), StoredEventsModel::kRowsMax);
    QVERIFY(m_model->about() > qint64{StoredEventsModel::kRowsMax});
    const int last = StoredEventsModel::kRowsMax - 1;
    (void)titleAt(last);
    QTRY_COMPARE(titleAt(last), QStringLiteral("event 5000001"));
    QVERIFY(!m_model->isOutdated());
}

void TestStoredEvents::filtersAreSaidBeyondWhatIsLoaded()
{
    EventSnapshot loaded;
    loaded.regions = {QString(),
                      QStringLiteral("US-TX"),
                      QStringLiteral("US-CA"),
                      QStringLiteral("CA"),
                      QStringLiteral("CA-QC"),
                      QStringLiteral("DE")};
    loaded.sources = {QStringLiteral("usgs"), QStringLiteral("noaa")};
    EventCriteria criteria;
    QCOMPARE(pickFor(criteria, loaded), ipc::EventPick{});
    criteria.filter.regions = {1, 2, 3};
    criteria.filter.sources = {1};
    criteria.filter.words = {QStringLiteral("storm")};
    criteria.filter.types = 1U << int(schema::EventType::Flood);
    criteria.filter.severityMin = 0.5F;
    criteria.asOf = Instant(std::chrono::days(10'000));
    const ipc::EventPick pick = pickFor(criteria, loaded);
    QCOMPARE(pick.countries, std::vector<std::string>{"US"}); // all its loaded parts are wanted
    QCOMPARE(pick.regions, std::vector<std::string>{"CA"});   // Quebec is not
    QCOMPARE(pick.sources, std::vector<std::string>{"noaa"});
    QCOMPARE(pick.words, std::vector<std::string>{"storm"});
    QCOMPARE(pick.types, std::vector{schema::EventType::Flood});
    QCOMPARE(pick.severityMin, 0.5);
    QCOMPARE(pick.availableBy, criteria.asOf);
    criteria.filter.regions = {0};
    QCOMPARE(pickFor(criteria, loaded).regions, std::vector<std::string>{""}); // of no region
    QVERIFY(pickFor(criteria, loaded).countries.empty());
}

void TestStoredEvents::aWindowAtTheEdgeIsOpen()
{
    EventSnapshot loaded;
    for (const int second : {100, 200, 300}) {
        schema::Event event;
        event.times.observedAt = Instant(std::chrono::seconds(second));
        loaded.columns.append(event, 0, 0);
    }
    const auto at = [](int second) { return Instant(std::chrono::seconds(second)); };
    EventCriteria criteria;
    criteria.window = {at(100), at(301)}; // all that is loaded: nobody has narrowed it
    QVERIFY(!pickFor(criteria, loaded).from && !pickFor(criteria, loaded).to);
    criteria.window = {at(150), at(301)};
    QCOMPARE(pickFor(criteria, loaded).from, std::optional(at(150)));
    QVERIFY(!pickFor(criteria, loaded).to);
    criteria.window = {at(50), at(250)}; // reaches back beyond what is loaded
    QVERIFY(!pickFor(criteria, loaded).from);
    QCOMPARE(pickFor(criteria, loaded).to, std::optional(at(250)));
}

void TestStoredEvents::exactlyTheLeastSharePasses()
{
    // As the database decides: three quarters are at least 75 %, though a column holds 191 of 255.
    schema::Event event;
    event.confidence = 0.75F;
    event.severity = 0.7F;
    schema::EventColumns columns;
    columns.append(event, 0, 0);
    EventCriteria criteria;
    criteria.filter.confidenceMin = 0.75F;
    criteria.filter.severityMin = 0.7F;
    QCOMPARE(selectRows(columns, criteria).anyTime.size(), 1U);
    criteria.filter.confidenceMin = 0.76F;
    QCOMPARE(selectRows(columns, criteria).anyTime.size(), 0U);
}

QTEST_GUILESS_MAIN(TestStoredEvents)
#include "tst_stored_events.moc"
