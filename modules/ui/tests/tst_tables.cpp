// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "events/event_columns_model.h"
#include "events/event_csv.h"
#include "events/events_pane.h"
#include "events/group_view.h"
#include "operations/import_dialog.h"
#include "shell/saved_filters.h"
#include "text/time_text.h"
#include "timeline/timeline_pane.h"

#include <QClipboard>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableWidget>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using namespace std::chrono_literals;

/// What a person does with tables: groups, copies, files out and in, filters by name, jumps; and
/// what the tables of the terminal say.
class TestTables : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }
    void groupsAddUpAndAreEntered();
    void enteredMonthBecomesTheWindow();
    void rowsAreCopiedWithTheirTitles();
    void cellsOfFeedsAreNoFormulas();
    void whatIsShownIsWritten();
    void filtersComeBackByName();
    void selectionIsShownElsewhere();
    void importGuessesColumns_data();
    void importGuessesColumns();
    void importIsLookedAtFirst();
    void noTableIsRefused();

private:
    [[nodiscard]] EventsPane &events() const { return *pane<EventsPane>(u"events"_s); }
    void settle()
    {
        QTRY_VERIFY(m_session->selector().isSettled());
        QTRY_COMPARE(static_cast<std::size_t>(events().model().rowCount()),
                     m_session->selector().visible()->rows.size());
    }

    workspace::TimeWindow m_all;
};

void TestTables::initTestCase()
{
    open(5'000);
    m_all = focus().window();
    settle();
}

void TestTables::init()
{
    events().groupBy(std::nullopt);
    focus().setFilter({});
    focus().setWindow(m_all);
    focus().clearSelection();
    settle();
}

void TestTables::groupsAddUpAndAreEntered()
{
    EventsPane &pane = events();
    const auto all = m_session->selector().visible()->rows.size();
    pane.groupBy(workspace::GroupBy::Type);
    GroupColumnsModel &groups = pane.groups().groups();
    QTRY_VERIFY(groups.rowCount() > 5);
    std::size_t sum = 0;
    double shares = 0;
    for (int row = 0; row < groups.rowCount(); ++row) {
        sum += groups.group(row).events;
        shares += groups.index(row, GroupColumnsModel::Share).data().toDouble();
        QVERIFY(!groups.name(row).isEmpty());
        if (row > 0) // the most frequent first
            QVERIFY(groups.group(row).events <= groups.group(row - 1).events);
    }
    QCOMPARE(sum, all);
    QVERIFY(std::abs(shares - 1) < 1e-9);
    // Entered by the keyboard, it becomes the filter; and that is a step.
    const workspace::EventGroup first = groups.group(0);
    pane.groups().setFocus();
    pane.groups().setCurrentIndex(groups.index(0, 0));
    QTest::keyClick(&pane.groups(), Qt::Key_Return);
    QCOMPARE(focus().filter().types, 1U << first.key);
    QTRY_COMPARE(groups.rowCount(), 1);
    QCOMPARE(groups.group(0).events, first.events);
    m_session->undoStack().undo();
    QCOMPARE(focus().filter(), workspace::EventFilter{});
    QTRY_VERIFY(groups.rowCount() > 5);
}

void TestTables::enteredMonthBecomesTheWindow()
{
    EventsPane &pane = events();
    pane.groupBy(workspace::GroupBy::Month);
    GroupColumnsModel &groups = pane.groups().groups();
    QTRY_VERIFY(groups.rowCount() > 12);
    const workspace::EventGroup month = groups.group(3);
    pane.groups().enter(3);
    const auto window = focus().window();
    QCOMPARE(window.begin.time_since_epoch().count(), month.key);
    const auto length = std::chrono::floor<std::chrono::days>(window.end - window.begin);
    QVERIFY(length.count() >= 28 && length.count() <= 31);
    settle();
    QCOMPARE(m_session->selector().visible()->rows.size(), std::size_t{month.events});
}

void TestTables::rowsAreCopiedWithTheirTitles()
{
    EventsPane &pane = events();
    const auto title = [&pane](int row) {
        return pane.model().index(row, workspace::EventTableModel::Title).data().toString();
    };
    QTRY_VERIFY(!title(0).isEmpty() && !title(1).isEmpty());
    pane.table().selectRow(0);
    pane.table().selectionModel()->select(
        pane.model().index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    trigger(u"edit.copyRows"_s);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3); // with a line of column names
    QVERIFY(lines[0].split(u'\t').contains(
        pane.model()
            .headerData(workspace::EventTableModel::Title, Qt::Horizontal, Qt::DisplayRole)
            .toString()));
    QVERIFY(lines[1].split(u'\t').contains(title(0)));
    QVERIFY(lines[2].split(u'\t').contains(title(1)));
}

void TestTables::cellsOfFeedsAreNoFormulas()
{
    const auto snapshot = m_session->events().snapshot();
    const qint64 id = snapshot->columns.id[0];
    const QByteArray csv =
        eventsCsv(*snapshot, {0}, {{id, u"=HYPERLINK(\"http://example.org\",\"x\"), a \"b\""_s}});
    const QList<QByteArray> lines = csv.split('\n');
    QVERIFY(lines[0].startsWith("id,observed_at,"));
    QVERIFY2(lines[1].contains("\"'=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\"), a \"\"b\"\"\""),
             lines[1].constData());
}

void TestTables::whatIsShownIsWritten()
{
    workspace::EventFilter filter;
    filter.types = 1U << static_cast<int>(schema::EventType::Earthquake);
    focus().setFilter(filter);
    settle();
    const auto rows = events().model().rowCount();
    QVERIFY(rows > 10);
    const QString path = m_folder.filePath(u"events.csv"_s);
    m_window->exportEventsTo(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), rows + 1);
    // In the order of the table, with the titles that the service knows.
    QVERIFY(lines[1].startsWith(QByteArray::number(events().model().eventAt(0)) + ','));
    QVERIFY(lines[1].contains(",earthquake,"));
    QVERIFY(!lines[1].contains(",earthquake,,"));
}

void TestTables::filtersComeBackByName()
{
    workspace::EventFilter filter;
    filter.types = 1U << static_cast<int>(schema::EventType::Flood);
    filter.severityMin = 0.5F;
    focus().setFilter(filter);
    SavedFilters &filters = m_window->filters();
    const QString name = u"Floods / heavy: 50 %"_s; // with what separates groups in a file
    filters.save(name);
    focus().setFilter({});
    QCOMPARE(filters.names(), QStringList{name});
    // By the palette as well.
    const QList<PaletteLine> lines = filters.linesFor(u"heavy"_s);
    QCOMPARE(lines.size(), 1);
    lines.front().run();
    QCOMPARE(focus().filter(), filter);
    m_session->undoStack().undo();
    QCOMPARE(focus().filter(), workspace::EventFilter{});
    filters.remove(name);
    QVERIFY(filters.names().isEmpty());
}

void TestTables::selectionIsShownElsewhere()
{
    const auto snapshot = m_session->events().snapshot();
    const auto at = snapshot->columns.observedAt[100];
    const qint64 id = snapshot->columns.id[100];
    focus().select({id}, id);
    Commands &commands = m_window->commands();
    auto *timeline = pane<TimelinePane>(u"timeline"_s);
    commands.action(u"jump.timeline"_s)->trigger();
    const MicrosRange seen = timeline->view().visibleRange();
    QVERIFY(seen.begin <= at && at < seen.end);
    QVERIFY(Duration(seen.end - seen.begin) <= 40 * 24h);
    commands.action(u"jump.graph"_s)->trigger();
    QCOMPARE(m_window->layouts().current(), u"graph"_s);
    commands.action(u"jump.map"_s)->trigger();
    const bool hasPlace =
        (snapshot->columns.flags[100] & schema::EventColumns::kHasPlace) != 0;
    QCOMPARE(m_window->layouts().current(), hasPlace ? u"world"_s : u"graph"_s);
    m_window->layouts().showPerspective(u"world"_s);
}

void TestTables::importGuessesColumns_data()
{
    using Kind = formats::ImportKind;
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("ours");
    QTest::addColumn<QString>("theirs");
    const auto row = [](const char *name, QStringList columns, Kind kind, QString ours,
                        QString theirs) {
        QTest::newRow(name) << columns << static_cast<int>(kind) << ours << theirs;
    };
    row("prices as a broker calls them",
        {u"Ticker"_s, u"Date"_s, u"Open"_s, u"Close"_s, u"Adj. Close"_s}, Kind::Bars,
        u"adjusted_close"_s, u"Adj. Close"_s);
    row("a date is not taken from what fits exactly",
        {u"date"_s, u"observed_at"_s, u"title"_s, u"type"_s}, Kind::Events, u"observed_at"_s,
        u"observed_at"_s);
    row("events with degrees",
        {u"Headline"_s, u"Category"_s, u"Timestamp"_s, u"Latitude"_s, u"Lng"_s}, Kind::Events,
        u"lon"_s, u"Lng"_s);
    row("a statistics office's series", {u"Series ID"_s, u"Period"_s, u"Time"_s, u"OBS_VALUE"_s},
        Kind::Observations, u"value"_s, u"OBS_VALUE"_s);
}

void TestTables::importGuessesColumns()
{
    QFETCH(QStringList, columns);
    QFETCH(int, kind);
    QFETCH(QString, ours);
    QFETCH(QString, theirs);
    QCOMPARE(static_cast<int>(guessedKind(columns)), kind);
    const auto mapping = guessedMapping(static_cast<formats::ImportKind>(kind), columns);
    QCOMPARE(mapping.value(ours), theirs);
    QCOMPARE(QSet<QString>(mapping.cbegin(), mapping.cend()).size(), mapping.size());
}

void TestTables::importIsLookedAtFirst()
{
    const QString path = m_folder.filePath(u"own.csv"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("What,Kind,When,Strength\nFlood at the mill,flood,2026-01-02T03:04:05Z,0.5\n"
               "Fire on the hill,wildfire,2026-01-03T03:04:05Z,bad\n");
    file.close();
    ImportDialog dialog(*m_session, *m_theme, path, nullptr);
    dialog.show();
    // What cannot be guessed is asked for, and nothing begins before it is said.
    auto *title = dialog.choice(u"title"_s);
    QVERIFY(title && dialog.choice(u"observed_at"_s)->currentText() == u"When"_s);
    QCOMPARE(title->currentIndex(), 0);
    QVERIFY(dialog.message().contains(u"title"_s));
    title->setCurrentIndex(title->findText(u"What"_s));
    dialog.choice(u"severity"_s)->setCurrentIndex(
        dialog.choice(u"severity"_s)->findText(u"Strength"_s));
    QVERIFY(dialog.preview().horizontalHeaderItem(0)->text().contains(u"title"_s));
    QCOMPARE(dialog.preview().item(1, 0)->text(), u"Fire on the hill"_s);
    // A look at all of it stores nothing and names what is wrong.
    dialog.begin(true);
    QTRY_VERIFY(dialog.message().contains(u"is no number"_s));
    QCOMPARE(m_service->imports().size(), 1U);
    const ipc::ImportBegin &trial = m_service->imports()[0];
    QVERIFY(trial.dryRun);
    QVERIFY(std::ranges::contains(trial.mapping, ipc::ColumnMapping{"title", "What"}));
    QVERIFY(std::ranges::contains(trial.mapping, ipc::ColumnMapping{"observed_at", "When"}));
    const QSignalSpy imported(&dialog, &ImportDialog::imported);
    dialog.begin(false);
    QTRY_COMPARE(imported.count(), 1);
    QVERIFY(!m_service->imports()[1].dryRun);
    QVERIFY(dialog.isVisible()); // a row was left out: that is to be read
}

void TestTables::noTableIsRefused()
{
    const QString path = m_folder.filePath(u"noise.csv"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("\x00\x01\xff\xfe rubbish\n", 12));
    file.close();
    ImportDialog dialog(*m_session, *m_theme, path, nullptr);
    QCOMPARE(dialog.kind().count(), 0);
    QVERIFY(!dialog.message().isEmpty());
}

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
