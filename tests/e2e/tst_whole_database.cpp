// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "events/filter_line.h"
#include "events/stored_csv.h"
#include "events/stored_view.h"

#include <QFile>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using workspace::EventTableModel;
using Walk = workspace::StoredEventsModel::Walk;

namespace {

constexpr int kEvents = 12'000;
constexpr int kLoadedMax = 1'000;

} // namespace

/// The table over the whole database where most events are too old to be loaded: the real window's
/// pane, the real service, a real Postgres.
class TestWholeDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void onlyTheNewestAreLoadedAndThatIsSaid();
    void allOfThemAreScrolled();
    void filtersHoldForAllOfThem();
    void anOldEventIsChosenAndLookedUp();
    void theScopeIsAStepThatCanBeUndone();
    void whatComesSinceIsSaid();
    void allOfThemAreWrittenToAFile();
    void whatIsOpenWhenTheServiceGoesIsReadAgain();

private:
    [[nodiscard]] StoredColumnsModel &stored() { return m_pane->stored().stored(); }
    [[nodiscard]] QString cell(int row, int column)
    {
        return stored().index(row, column).data().toString();
    }
    void waitForAll() { QTRY_COMPARE_WITH_TIMEOUT(stored().walk(), Walk::Done, 60'000); }
    /// What another client is told: the events that pass, by the service's own pages.
    [[nodiscard]] std::vector<schema::Event>
    listed(const std::function<void(ipc::EventQuery &)> &ask)
    {
        std::vector<schema::Event> events;
        ipc::EventQuery query;
        query.limit = ipc::EventQuery::kLimitMax;
        ask(query);
        do {
            bool isThere = false;
            m_session->request<ipc::EventQuery>(
                query, this, [&](const Result<ipc::EventQueryReply> &reply) {
                    isThere = true;
                    if (!reply)
                        return;
                    events.insert(events.end(), reply->events.begin(), reply->events.end());
                    query.cursor = reply->nextCursor;
                });
            if (!QTest::qWaitFor([&] { return isThere; }, 60'000))
                return {};
        } while (!query.cursor.empty());
        return events;
    }

    std::unique_ptr<e2e::Programs> m_programs;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<EventsPane> m_pane;
};

void TestWholeDatabase::initTestCase()
{
    m_programs = std::make_unique<e2e::Programs>();
    QVERIFY(m_programs->startService());
    const auto run = [this](const QStringList &words) {
        const auto ran = m_programs->chronactl(words, std::chrono::seconds(240));
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
    };
    run({u"config"_s, u"set"_s, u"workstation.events_max"_s, QString::number(kLoadedMax)});
    run({u"demo"_s, u"load"_s, u"--events"_s, QString::number(kEvents), u"--years"_s, u"3"_s});
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    workspace::SessionOptions options;
    options.dataFolder = m_programs->dataFolder().toStdString();
    m_session = std::make_unique<workspace::Session>(options);
    m_pane = std::make_unique<EventsPane>(*m_session, *m_theme, nullptr);
    m_pane->resize(900, 400);
    m_pane->setVisible(true);
    m_session->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 60'000);
    QTRY_COMPARE(m_session->events().snapshot()->columns.size(), std::size_t{kLoadedMax});
    QTRY_VERIFY(m_pane->model().rowCount() > kLoadedMax * 9 / 10); // some are retracted
}

void TestWholeDatabase::cleanupTestCase()
{
    m_pane.reset();
    m_session.reset();
    m_programs.reset();
}

void TestWholeDatabase::onlyTheNewestAreLoadedAndThatIsSaid()
{
    const auto loaded = m_session->events().snapshot();
    QCOMPARE(loaded->columns.size(), std::size_t{kLoadedMax});
    QVERIFY(loaded->since);
    QVERIFY2(loaded->older > kEvents / 2 && loaded->older < 2 * kEvents,
             qPrintable(QString::number(loaded->older)));
    QVERIFY2(m_pane->headerNote().contains(u"older in the database"_s),
             qPrintable(m_pane->headerNote()));
    QVERIFY(m_pane->headerNote().contains(u"about "_s));
}

void TestWholeDatabase::allOfThemAreScrolled()
{
    QCOMPARE(stored().walk(), Walk::None); // asks nothing before it is shown
    m_pane->showScope(EventsPane::Scope::Database);
    waitForAll();
    const auto events = listed([](ipc::EventQuery &) {});
    QCOMPARE(std::size_t(stored().rowCount()), events.size());
    QVERIFY(stored().rowCount() > kEvents * 9 / 10);
    QCOMPARE(m_pane->headerNote(),
             u"%1 in the database"_s.arg(QLocale().toString(stored().rowCount())));
    // To the middle, to the end and back, as a person drags: each row is the one that belongs
    // there.
    QScrollBar *bar = m_pane->stored().verticalScrollBar();
    for (const double part : {0.0, 0.5, 1.0, 0.25}) {
        bar->setValue(int(bar->maximum() * part));
        m_pane->stored().viewport()->repaint();
        const int row = m_pane->stored().rowAt(0);
        QTRY_COMPARE(cell(row, EventTableModel::Title),
                     QString::fromStdString(events[std::size_t(row)].title));
        QCOMPARE(stored().eventAt(row), events[std::size_t(row)].id.value);
        QCOMPARE(cell(row, EventTableModel::Region),
                 QString::fromStdString(events[std::size_t(row)].region));
    }
    QVERIFY(stored().pages().keptCount() <= 10); // what was passed was not read
    QVERIFY(!stored().isOutdated());
}

void TestWholeDatabase::filtersHoldForAllOfThem()
{
    auto *line = m_pane->findChild<FilterLine *>();
    m_pane->typeFilter(u"type:earthquake severity>=20"_s);
    QVERIFY2(line->problem().isEmpty(), qPrintable(line->problem()));
    const auto quakes =
        listed([](ipc::EventQuery &query) { query.types = {schema::EventType::Earthquake}; });
    const auto severe = std::ranges::count_if(quakes, [](const schema::Event &event) {
        schema::EventColumns columns;
        columns.append(event, 0, 0);
        return columns.severity[0] >= 51;
    });
    QVERIFY(severe > 0 && std::size_t(severe) < quakes.size());
    QTRY_COMPARE_WITH_TIMEOUT(stored().rowCount(), int(severe), 30'000);
    waitForAll();
    m_pane->typeFilter(u"zzz-no-title-has-this"_s);
    QTRY_COMPARE(m_pane->state(), Pane::State::Empty);
    m_pane->clearFilter();
    QTRY_VERIFY(stored().rowCount() > kEvents * 9 / 10);
    waitForAll();
}

void TestWholeDatabase::anOldEventIsChosenAndLookedUp()
{
    const int last = stored().rowCount() - 1;
    m_pane->stored().scrollTo(stored().index(last, 0));
    QTRY_VERIFY(stored().eventAt(last) != 0);
    m_pane->stored().selectRow(last);
    const qint64 event = stored().eventAt(last);
    QCOMPARE(m_session->focus().selectedEvent(), event);
    QVERIFY(!m_session->events().rowOf(event)); // it is not loaded
    QVERIFY(stored().placeOf(event));
    const QString copied = m_pane->selectedAsText();
    QVERIFY2(copied.contains(cell(last, EventTableModel::Title)), qPrintable(copied));
    m_session->focus().clearSelection();
}

void TestWholeDatabase::theScopeIsAStepThatCanBeUndone()
{
    QMenu *menu = nullptr;
    for (QToolButton *button : m_pane->findChildren<QToolButton *>())
        if (button->accessibleName() == u"Loaded events or the whole database"_s)
            menu = button->menu();
    QVERIFY(menu);
    menu->actions().first()->trigger();
    QCOMPARE(m_pane->scope(), EventsPane::Scope::Loaded);
    QCOMPARE(stored().rowCount(), 0); // nothing is kept of what is not shown
    QVERIFY(m_pane->headerNote().contains(u"older in the database"_s));
    m_session->undoStack().undo();
    QCOMPARE(m_pane->scope(), EventsPane::Scope::Database);
    waitForAll();
    m_session->undoStack().redo();
    QCOMPARE(m_pane->scope(), EventsPane::Scope::Loaded);
    m_session->undoStack().undo();
    waitForAll();
}

void TestWholeDatabase::whatComesSinceIsSaid()
{
    const int before = stored().rowCount();
    QVERIFY(!m_pane->headerNote().contains(u"as it stood at"_s));
    const QString own = m_programs->file(
        u"own.csv"_s, "type,title,observed_at,source_ref\nnews,Mine,2026-11-01T00:00:00Z,mine\n");
    QCOMPARE(m_programs->chronactl({u"import"_s, u"--kind"_s, u"events"_s, own}).code, 0);
    QTRY_VERIFY2(m_pane->headerNote().contains(u"as it stood at"_s),
                 qPrintable(m_pane->headerNote()));
    QCOMPARE(stored().rowCount(), before); // nothing moves under who reads
    stored().readAgain();
    waitForAll();
    QCOMPARE(stored().rowCount(), before + 1);
    QVERIFY(!m_pane->headerNote().contains(u"as it stood at"_s));
}

void TestWholeDatabase::allOfThemAreWrittenToAFile()
{
    const QString path = m_programs->dataFolder() + u"/all.csv"_s;
    auto *file = new StoredCsv(*m_session, *stored().pick(), stored().sortOrder(), path, this);
    QSignalSpy finished(file, &StoredCsv::finished);
    file->start();
    QVERIFY(!finished.isEmpty() || finished.wait(60'000));
    QCOMPARE(finished[0][0].toLongLong(), stored().rowCount());
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QSet<QByteArray> ids;
    qint64 lines = 0;
    while (!written.atEnd()) {
        const QByteArray line = written.readLine();
        if (line.startsWith("id,"))
            continue;
        ++lines;
        ids.insert(line.left(line.indexOf(',')));
    }
    QCOMPARE(ids.size(), stored().rowCount());
    QVERIFY(lines >= ids.size());
}

void TestWholeDatabase::whatIsOpenWhenTheServiceGoesIsReadAgain()
{
    QVERIFY(m_programs->stopService());
    QTRY_VERIFY(m_session->state() != workspace::Session::State::Ready);
    stored().readAgain();
    QTRY_COMPARE_WITH_TIMEOUT(stored().walk(), Walk::Stopped, 30'000);
    QCOMPARE(m_pane->state(), Pane::State::Error);
    QVERIFY(m_programs->startService());
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), workspace::Session::State::Ready, 60'000);
    waitForAll();
    QCOMPARE(m_pane->state(), Pane::State::Ready);
}

QTEST_MAIN(TestWholeDatabase)
#include "tst_whole_database.moc"
