// SPDX-License-Identifier: AGPL-3.0-or-later
// Journeys through Signals and Briefing with real keys and clicks.
#include "window_fixture.h"

#include "briefing/briefing_pane.h"
#include "briefing/days_pane.h"
#include "briefing/evidence_pane.h"
#include "briefing/notes_pane.h"
#include "briefing/pages_view.h"
#include "shell/command_palette.h"
#include "shell/research_panes.h"
#include "signals/compare_view.h"
#include "signals/elevated_pane.h"
#include "signals/evidence_charts.h"
#include "signals/evidence_pane.h"
#include "signals/signals_pane.h"
#include "signals/small_table.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using workspace::ListState;

namespace {

void clickRow(QTableView &table, int row, Qt::KeyboardModifiers keys = {})
{
    table.scrollTo(table.model()->index(row, 0));
    QTest::mouseClick(table.viewport(), Qt::LeftButton, keys,
                      table.visualRect(table.model()->index(row, 1)).center());
}

} // namespace

class TestResearch : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void perspectivesComeByKeyAndPalette();
    void bestSignalIsChosenAndDrawn();
    void searchAndElevationNarrowTheList();
    void refusedPageTellsTheRule();
    void episodeTakesTheTimeWindow();
    void lagSliderReadsTheCurve();
    void twoSignalsAreCompared();
    void evidenceIsExported();
    void elevatedSignalLeadsToItsEvidence();
    void sentenceShowsItsEvidence();
    void keysWalkThroughTheSentences();
    void evidenceSelectsTheEvent();
    void otherDayIsMarkedAgainst();
    void notesPrintFirst();
    void briefingIsExported();
    void dayWithoutBriefingIsMade();
    void nothingSearchedIsToldWithARemedy();

private:
    [[nodiscard]] ResearchPanes &panes() const { return m_window->research(); }
};

void TestResearch::initTestCase()
{
    open(5'000);
    QTRY_COMPARE_WITH_TIMEOUT(panes().signalList->model().rowCount(), 18, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(panes().briefing->view().plan() != nullptr, 60'000);
}

void TestResearch::perspectivesComeByKeyAndPalette()
{
    QAction *signals_ = m_window->commands().action(u"perspective.signals"_s);
    QAction *briefing = m_window->commands().action(u"perspective.briefing"_s);
    QVERIFY(signals_ && briefing);
    QVERIFY(signals_->shortcut().toString().startsWith(u"Ctrl+"_s));
    signals_->trigger();
    QCOMPARE(m_window->layouts().current(), u"signals"_s);
    QVERIFY(panes().signalList->isVisible() && panes().signalEvidence->isVisible());
    m_window->commandPalette().open();
    auto *input = m_window->commandPalette().findChild<QLineEdit *>();
    QTest::keyClicks(input, u"Briefing"_s);
    QTRY_VERIFY(m_window->commandPalette().entryCount() > 0);
    m_window->commandPalette().dismiss();
    briefing->trigger();
    QVERIFY(panes().briefing->isVisible() && panes().evidence->isVisible());
}

void TestResearch::bestSignalIsChosenAndDrawn()
{
    show(u"signals"_s);
    QCOMPARE(panes().signalList->state(), Pane::State::Ready);
    QCOMPARE(panes().signalList->chosen().size(), std::size_t(1));
    QCOMPARE(panes().signalList->chosen().front().id.value, 1000);
    QCOMPARE(panes().signalEvidence->state(), Pane::State::Ready);
    QTRY_VERIFY(!panes().signalEvidence->charts().feature().isEmpty());
    QTRY_VERIFY(!panes().signalEvidence->charts().prices().isEmpty());
    const PlotContent &feature = panes().signalEvidence->charts().plots()[0]->content();
    QCOMPARE(feature.shaded.size(), 22);
    QVERIFY(feature.name.contains(u"Severe weather"_s));
}

void TestResearch::searchAndElevationNarrowTheList()
{
    show(u"signals"_s);
    SignalsPane &pane = *panes().signalList;
    auto *search = pane.findChild<QLineEdit *>();
    QTest::keyClicks(search, u"oil supply"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(pane.model().rowCount(), 3);
    QVERIFY(pane.headerNote().startsWith(u"3 of 18"_s));
    search->clear();
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(pane.model().rowCount(), 18);
}

void TestResearch::refusedPageTellsTheRule()
{
    show(u"signals"_s);
    SignalsPane &pane = *panes().signalList;
    auto *tabs = pane.findChild<QTabBar *>();
    tabs->setCurrentIndex(1);
    QTRY_COMPARE(pane.refused().rowCount(), 94);
    auto *rules = pane.findChild<QComboBox *>();
    QCOMPARE(rules->count(), 5); // every rule, and the four that refused something
    rules->setCurrentIndex(3);
    Q_EMIT rules->activated(3);
    QTRY_COMPARE(pane.refused().rowCount(), 8);
    QCOMPARE(pane.refused().index(0, workspace::RefusedModel::Rule).data().toString(),
             u"Rests on one day"_s);
    tabs->setCurrentIndex(0);
    QVERIFY(pane.table().isVisible());
}

void TestResearch::episodeTakesTheTimeWindow()
{
    show(u"signals"_s);
    SignalEvidencePane &pane = *panes().signalEvidence;
    const ipc::SignalEpisode episode = panes().signalList->chosen().front().episodes[2];
    clickRow(pane.episodes(), 2);
    const auto window = m_session->focus().window();
    QVERIFY(window.begin < episode.begin && window.end > episode.end);
    QVERIFY(window.end - window.begin < std::chrono::days(40));
    const auto chosen = pane.charts().plots()[0]->content().chosen;
    QVERIFY(chosen.has_value());
    QTest::keyClick(&pane.episodes(), Qt::Key_Down);
    QVERIFY(m_session->focus().window().begin < window.begin); // an older one
    m_session->undoStack().undo();
    QCOMPARE(m_session->focus().window(), window);
    m_window->commands().action(u"time.all"_s)->trigger();
}

void TestResearch::lagSliderReadsTheCurve()
{
    show(u"signals"_s);
    EvidenceCharts &charts = panes().signalEvidence->charts();
    QCOMPARE(charts.lagSlider().maximum(), 20);
    charts.lagSlider().setFocus();
    charts.lagSlider().setValue(0);
    const QString atZero = charts.lagText();
    QTest::keyClick(&charts.lagSlider(), Qt::Key_Right);
    QCOMPARE(charts.lagSlider().value(), 1);
    QVERIFY(charts.lagText() != atZero);
    QCOMPARE(charts.plots()[2]->content().marker, std::optional(1.0));
}

void TestResearch::twoSignalsAreCompared()
{
    show(u"signals"_s);
    QTableView &table = panes().signalList->table();
    clickRow(table, 1);
    clickRow(table, 3, Qt::ControlModifier);
    QCOMPARE(panes().signalList->chosen().size(), std::size_t(2));
    QVERIFY(panes().signalEvidence->isComparing());
    SmallTableModel &figures = panes().signalEvidence->compared().figures().table();
    QVERIFY(figures.rowCount() >= 12);
    QVERIFY(figures.headerData(1, Qt::Horizontal, Qt::DisplayRole) !=
            figures.headerData(2, Qt::Horizontal, Qt::DisplayRole));
    clickRow(table, 0);
    QVERIFY(!panes().signalEvidence->isComparing());
}

void TestResearch::evidenceIsExported()
{
    show(u"signals"_s);
    SignalEvidencePane &pane = *panes().signalEvidence;
    QTRY_VERIFY(!pane.charts().prices().isEmpty() && !pane.charts().feature().isEmpty());
    using Format = SignalEvidencePane::Format;
    const auto file = [this](const QString &name) { return m_folder.filePath(name); };
    QVERIFY(pane.exportTo(file(u"e.png"_s), Format::Png));
    QCOMPARE(QImage(file(u"e.png"_s)).width(), 2000);
    QVERIFY(pane.exportTo(file(u"e.svg"_s), Format::Svg));
    QFile svg(file(u"e.svg"_s));
    QVERIFY(svg.open(QIODevice::ReadOnly) && svg.readAll().contains("<path"));
    QVERIFY(pane.exportTo(file(u"e.csv"_s), Format::SeriesCsv));
    QFile csv(file(u"e.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly) && csv.readAll().count('\n') > 1'000);
    QVERIFY(!pane.exportTo(file(u"no/such/folder/e.csv"_s), Format::EpisodesCsv));
}

void TestResearch::elevatedSignalLeadsToItsEvidence()
{
    show(u"terminal"_s);
    SmallTable &table = panes().elevated->table();
    QVERIFY(table.isVisible());
    QCOMPARE(table.table().rowCount(), 5);
    const QString feature = table.table().index(1, 0).data().toString();
    clickRow(table, 1);
    QCOMPARE(m_window->layouts().current(), u"signals"_s);
    QCOMPARE(QString::fromStdString(panes().signalList->chosen().front().featureName), feature);
}

void TestResearch::sentenceShowsItsEvidence()
{
    show(u"briefing"_s);
    PagesView &view = panes().briefing->view();
    QTRY_COMPARE(panes().briefing->state(), Pane::State::Ready);
    const report::PagePart first{0, 0, {}};
    // Sent to the widget: the pointer of the screen reaches whatever window is on top. Again and
    // again, as the docks take their places in their own time.
    const auto moveTo = [&view](QPoint place) {
        QMouseEvent move(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(view.viewport(), &move);
    };
    QTRY_VERIFY((moveTo(view.rectOf(first).center()),
                 panes().evidence->shown().text.contains(u"third fall"_s)));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(first).center());
    QVERIFY(view.chosen() == std::optional(first));
    QCOMPARE(panes().evidence->state(), Pane::State::Ready);
    QCOMPARE(panes().evidence->shown().citations.size(), std::size_t(1));
    panes().days->sections().setCurrentRow(3);
    QVERIFY(view.rectOf({3, {}, {}}).top() < view.viewport()->height());
}

void TestResearch::keysWalkThroughTheSentences()
{
    show(u"briefing"_s);
    PagesView &view = panes().briefing->view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(!view.chosen());
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY((view.chosen() == report::PagePart{0, 1, {}}));
    QTest::keyClick(&view, Qt::Key_Up);
    QVERIFY((view.chosen() == report::PagePart{0, 0, {}}));
}

void TestResearch::evidenceSelectsTheEvent()
{
    show(u"briefing"_s);
    PagesView &view = panes().briefing->view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Escape);
    QTest::keyClick(&view, Qt::Key_Down);
    const qint64 id = panes().evidence->shown().citations.at(0).id;
    panes().evidence->follow(0);
    QCOMPARE(m_session->focus().selectedEvent(), id);
    m_session->focus().clearSelection();
}

void TestResearch::otherDayIsMarkedAgainst()
{
    show(u"briefing"_s);
    BriefingPane &pane = *panes().briefing;
    auto *compare = pane.findChild<QComboBox *>();
    QCOMPARE(compare->count(), 3);
    compare->setCurrentIndex(1);
    Q_EMIT compare->activated(1);
    QTRY_VERIFY(pane.view().markCount() > 0);
    QVERIFY(pane.headerNote().contains(u"no longer told"_s));
    compare->setCurrentIndex(0);
    Q_EMIT compare->activated(0);
    QTRY_COMPARE(pane.view().markCount(), std::size_t(0));
}

void TestResearch::notesPrintFirst()
{
    show(u"briefing"_s);
    QPlainTextEdit &editor = panes().notes->editor();
    const int sections = panes().days->sections().count();
    QTest::keyClicks(&editor, u"Watch the refineries."_s);
    QTRY_COMPARE(panes().days->sections().count(), sections + 1);
    const auto printsNotes = [this] {
        const auto &plan = panes().briefing->view().plan();
        return plan && plan->briefing.sections.front().kind == schema::SectionKind::Notes;
    };
    QTRY_VERIFY(printsNotes());
    panes().briefing->previousDay();
    QTRY_VERIFY(editor.toPlainText().isEmpty());
    panes().briefing->nextDay();
    QTRY_COMPARE(editor.toPlainText(), u"Watch the refineries."_s);
}

void TestResearch::briefingIsExported()
{
    BriefingPane &pane = *panes().briefing;
    using Format = BriefingPane::Format;
    const auto written = [&](const QString &name, Format format) {
        const QString path = m_folder.filePath(name);
        const Status done = pane.exportTo(path, format);
        QFile file(path);
        return done && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(written(u"b.pdf"_s, Format::PdfA4).startsWith("%PDF"));
    QVERIFY(written(u"b.html"_s, Format::Html).contains("Watch the refineries."));
    QVERIFY(written(u"b.md"_s, Format::Markdown).contains("Watch the refineries."));
    QVERIFY(written(u"b.json"_s, Format::Json).contains("\"notes\""));
    QVERIFY(!pane.exportTo(m_folder.filePath(u"no/such/b.json"_s), Format::Json));
}

void TestResearch::dayWithoutBriefingIsMade()
{
    show(u"briefing"_s);
    BriefingPane &pane = *panes().briefing;
    const auto before = m_service->briefings().size();
    auto *date = panes().days->findChild<QDateEdit *>();
    date->setDate(QDate(2020, 3, 2));
    for (QToolButton *button : panes().days->findChildren<QToolButton *>())
        if (button->text() == u"Open"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(pane.state(), Pane::State::Empty);
    pane.makeAgain();
    QTRY_COMPARE(pane.state(), Pane::State::Ready);
    QCOMPARE(m_service->briefings().size(), before + 1);
}

void TestResearch::nothingSearchedIsToldWithARemedy()
{
    m_service->forgetResearch();
    panes().signalList->model().refresh();
    QTRY_COMPARE(panes().signalList->state(), Pane::State::Empty);
    QTRY_COMPARE(panes().signalEvidence->state(), Pane::State::Empty);
    QTRY_COMPARE(panes().elevated->state(), Pane::State::Empty);
}

QTEST_MAIN(TestResearch)
#include "tst_research.moc"
