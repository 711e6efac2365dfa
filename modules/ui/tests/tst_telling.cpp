// SPDX-License-Identifier: AGPL-3.0-or-later
// Alerts, the hourly update, explanations, and the figures of a briefing that filter the workspace.
#include "window_fixture.h"

#include "alerts/alerts_pane.h"
#include "alerts/rule_form.h"
#include "alerts/rules_dialog.h"
#include "briefing/briefing_pane.h"
#include "briefing/explain_pane.h"
#include "briefing/hourly_pane.h"
#include "briefing/page_focus.h"
#include "briefing/page_worker.h"
#include "briefing/pages_view.h"
#include "shell/research_panes.h"
#include "shell/tray.h"
#include "tables/table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using report::PlacedPlot;
using schema::AlertUrgency;

class TestTelling : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void alertSelectsItsEvents();
    void trayTellsTheMostUrgentFirst();
    void ruleIsMadeOfTheFilter();
    void ruleIsMadeOfAPin();
    void ruleIsTriedEditedSwitchedAndRemoved();
    void ruleThatCannotBeReadIsNotSaved();
    void hourlyUpdateIsPushed();
    void brushBecomesTheWindowAndIsUndone();
    void windowIsMarkedOnTheChart();
    void barAndMarkStandForWhatIsLookedAt();
    void stoppedLayoutSaysSo();
    void moveIsExplainedOverTheWindow();

private:
    [[nodiscard]] PagesView &view() const { return m_window->research().briefing->view(); }
    [[nodiscard]] const PlacedPlot &timePlot() const;
    [[nodiscard]] std::unique_ptr<RulesDialog> dialog();

    std::unique_ptr<workspace::AlertBook> m_book;
};

void TestTelling::initTestCase()
{
    open(2'000);
    m_book = std::make_unique<workspace::AlertBook>(*m_session);
    QTRY_VERIFY_WITH_TIMEOUT(view().plan() != nullptr, 60'000);
    QTRY_COMPARE(m_book->state(), workspace::ListState::Ready);
}

void TestTelling::cleanupTestCase()
{
    m_book.reset();
    close();
}

std::unique_ptr<RulesDialog> TestTelling::dialog()
{
    return std::make_unique<RulesDialog>(*m_book, *m_session, *m_theme, m_window.get());
}

void TestTelling::alertSelectsItsEvents()
{
    AlertsPane &pane = m_window->ownAlerts();
    QTRY_COMPARE(pane.state(), Pane::State::Empty);
    // No perspective shows it by itself: it finds its place when it is asked for.
    m_window->commands().action(u"dock.alerts"_s)->trigger();
    QVERIFY(pane.isVisible());
    QVERIFY(m_window->dockWidgetArea(m_window->dock(u"alerts"_s)) != Qt::NoDockWidgetArea);
    m_service->raiseAlert("Storms", AlertUrgency::Warning, 3);
    QTRY_COMPARE(pane.state(), Pane::State::Ready);
    const QAbstractItemModel &model = *pane.table().model();
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0, AlertsModel::What).data().toString().endsWith(u"2 more"_s));
    QCOMPARE(model.index(0, AlertsModel::Rule).data().toString(), u"Storms"_s);
    pane.table().selectRow(0);
    QCOMPARE(m_session->focus().selection().size(), 3);
    m_session->focus().clearSelection();
}

void TestTelling::trayTellsTheMostUrgentFirst()
{
    Tray tray(*m_session, *m_theme, nullptr);
    m_service->raiseAlert("Small", AlertUrgency::Notice, 1);
    m_service->raiseAlert("Large", AlertUrgency::Critical, 1);
    QTRY_VERIFY(tray.told().contains(u"Large: "_s));
    // Both at once or one after the other, as they arrive; never the small one above the large.
    QVERIFY(tray.told().startsWith(u"Large: "_s));
}

void TestTelling::ruleIsMadeOfTheFilter()
{
    workspace::EventFilter filter;
    filter.words = {u"storm"_s, u"gulf coast"_s};
    filter.severityMin = 0.5F;
    m_session->focus().setFilter(filter);
    const auto rules = dialog();
    rules->beginFromFilter();
    QVERIFY(rules->message().isEmpty());
    rules->save();
    QCOMPARE(rules->message(), u"Give the rule a name."_s);
    rules->form().findChild<QLineEdit *>()->setText(u"Gulf"_s);
    rules->save();
    QTRY_COMPARE(m_service->alertRules().size(), std::size_t(1));
    const schema::AlertRule &rule = m_service->alertRules().front();
    QCOMPARE(rule.name, std::string("Gulf"));
    QCOMPARE(rule.words, (std::vector<std::string>{"storm", "gulf coast"}));
    QCOMPARE(rule.severityMin, 0.5);
    QTRY_COMPARE(rules->list().count(), 1);
    filter.box = schema::GeoBox{-10, 35, 30, 60};
    m_session->focus().setFilter(filter);
    rules->beginFromFilter();
    QVERIFY(rules->message().isEmpty());
    QCOMPARE(rules->form().rule().error(), u"Give the rule a name."_s);
    rules->form().findChild<QLineEdit *>()->setText(u"Europe"_s);
    QVERIFY(rules->form().rule()->box == filter.box);
    m_session->focus().setFilter({});
}

void TestTelling::ruleIsMadeOfAPin()
{
    const QString source = m_session->events().snapshot()->sources.front();
    schema::PinTarget pin;
    pin.kind = schema::PinKind::Search;
    pin.label = "Filtered";
    pin.query = "storm severity>=50 source:" + source.toStdString();
    pin.types = 1U << static_cast<unsigned>(schema::EventType::News);
    pin.box = schema::GeoBox{170, -10, -170, 10};
    const auto rules = dialog();
    rules->beginFromPin(pin);
    QVERIFY2(rules->message().isEmpty(), qPrintable(rules->message()));
    auto rule = rules->form().rule();
    QVERIFY(rule && rule->name == pin.label && rule->words == std::vector<std::string>{"storm"});
    QCOMPARE(rule->sources, std::vector{source.toStdString()});
    QCOMPARE(rule->types, pin.types);
    QVERIFY(rule->box == pin.box);
    pin.query = "region:ZZ";
    rules->beginFromPin(pin);
    QVERIFY2(rules->message().contains(u"ZZ"_s), qPrintable(rules->message()));
    pin.kind = schema::PinKind::Topic;
    pin.key = "topic:trade";
    rules->beginFromPin(pin);
    QCOMPARE(rules->form().rule()->about, std::vector<std::string>{"topic:trade"});
}

void TestTelling::ruleIsTriedEditedSwitchedAndRemoved()
{
    const auto rules = dialog();
    QTRY_COMPARE(rules->list().count(), 1);
    rules->list().setCurrentRow(0);
    rules->tryIt();
    QTRY_VERIFY(rules->message().contains(u"12 crossings in 5 alerts"_s));
    rules->list().item(0)->setCheckState(Qt::Unchecked);
    QTRY_VERIFY(!m_service->alertRules().front().enabled);
    QTRY_COMPARE(m_book->rules().front().revision, 2U);
    rules->list().setCurrentRow(-1);
    rules->list().setCurrentRow(0);
    auto *watch = rules->form().findChild<QComboBox *>();
    watch->setCurrentIndex(1);
    rules->save();
    QVERIFY2(rules->message().contains(u"usual day"_s), "a move needs a size");
    for (QPushButton *button : rules->findChildren<QPushButton *>())
        if (button->text() == u"Remove"_s)
            button->click();
    QTRY_VERIFY(m_service->alertRules().empty());
    QTRY_COMPARE(rules->list().count(), 0);
}

void TestTelling::ruleThatCannotBeReadIsNotSaved()
{
    const auto rules = dialog();
    schema::AlertRule rule;
    rule.name = "Broken";
    rules->form().setRule(rule);
    const auto lines = rules->form().findChildren<QLineEdit *>();
    const auto filter = std::ranges::find_if(lines, [](const QLineEdit *line) {
        return line->placeholderText().startsWith(u"words"_s);
    });
    QVERIFY(filter != lines.end());
    (*filter)->setText(u"type:quakes"_s);
    rules->save();
    QVERIFY(rules->message().contains(u"quakes"_s));
    QVERIFY(m_service->alertRules().empty());
}

void TestTelling::hourlyUpdateIsPushed()
{
    auto *pane = qobject_cast<HourlyPane *>(m_window->dock(u"hourly"_s)->widget());
    QVERIFY(pane);
    QTRY_COMPARE(pane->state(), Pane::State::Ready);
    m_service->pushHour("Refinery on fire (relevance 0.50).");
    const auto says = [pane](const QString &text) {
        return std::ranges::any_of(pane->findChildren<QLabel *>(), [&text](const QLabel *label) {
            return label->text().contains(text);
        });
    };
    QTRY_VERIFY(says(u"Refinery on fire"_s));
    m_session->focus().clearSelection();
    for (QPushButton *button : pane->findChildren<QPushButton *>())
        if (button->text() == u"Show in every view"_s)
            button->click();
    QVERIFY(m_session->focus().selectedEvent() != 0);
    m_session->focus().clearSelection();
}

const PlacedPlot &TestTelling::timePlot() const
{
    const auto &plots = view().plan()->plots;
    return *std::ranges::find(plots, PlacedPlot::Kind::Time, &PlacedPlot::kind);
}

void TestTelling::brushBecomesTheWindowAndIsUndone()
{
    show(u"briefing"_s);
    QTRY_VERIFY(view().rectOf(timePlot()).width() > 100);
    const workspace::TimeWindow before = m_session->focus().window();
    QPoint from, to;
    // Again and again, as the docks take their places in their own time.
    const auto brush = [&] {
        QScrollBar &bar = *view().verticalScrollBar();
        const double middle = view().viewport()->height() / 2.0;
        bar.setValue(bar.value() +
                     static_cast<int>(view().rectOf(timePlot()).center().y() - middle));
        const QRectF box = view().rectOf(timePlot());
        from = QPointF(box.left() + box.width() / 4, box.center().y()).toPoint();
        to = QPointF(box.center()).toPoint();
        QTest::mousePress(view().viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view().viewport(), to);
        QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, to);
    };
    QTRY_VERIFY((brush(), m_session->focus().window() != before));
    const workspace::TimeWindow window = m_session->focus().window();
    const double low = timePlot().low, high = timePlot().high;
    const double day = 86'400e6;
    const auto at = [](Instant instant) { return double(instant.time_since_epoch().count()); };
    QVERIFY(std::abs(at(window.begin) - (low + (high - low) / 4)) < 2 * day + (high - low) / 100);
    QVERIFY(std::abs(at(window.end) - (low + (high - low) / 2)) < 2 * day + (high - low) / 100);
    QCOMPARE(window.begin.time_since_epoch() % std::chrono::days(1), Duration{0});
    m_session->undoStack().undo();
    QCOMPARE(m_session->focus().window(), before);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, from);
    QCOMPARE(m_session->focus().window().end - m_session->focus().window().begin,
             Duration(std::chrono::days(1)));
    m_session->undoStack().undo();
}

void TestTelling::windowIsMarkedOnTheChart()
{
    const PlacedPlot plot = timePlot();
    const auto middle = static_cast<std::int64_t>((plot.low + plot.high) / 2);
    m_session->focus().setWindow(
        {Instant(Duration(middle)), Instant(Duration(static_cast<std::int64_t>(plot.high)))});
    const auto &plots = view().plan()->plots;
    const auto index = std::ranges::find(plots, PlacedPlot::Kind::Time, &PlacedPlot::kind);
    const FigureMarks &marks =
        view().figureMarks()[static_cast<std::size_t>(index - plots.begin())];
    QVERIFY(marks.stretch.has_value());
    QVERIFY(std::abs(marks.stretch->first - 0.5) < 0.01 && marks.stretch->second > 0.99);
}

void TestTelling::barAndMarkStandForWhatIsLookedAt()
{
    schema::Briefing briefing;
    schema::Chart bars;
    bars.kind = schema::ChartKind::Bar;
    bars.x = schema::ChartAxis::Category;
    bars.categories = {"SPY", "USO"};
    bars.series = {{"Move", {0, 1}, {1, -2}}};
    schema::Map map;
    map.marks = {{{10, 20}, "Fire", 0.5, {}}, {{30, 40}, "Storm", 0.5, {}}};
    map.evidence = {{schema::EvidenceKind::Event, 7, {}, "Fire"},
                    {schema::EvidenceKind::Event, 8, {}, "Storm"}};
    bars.evidence = {map.evidence[0]};
    schema::Citation citation;
    citation.redistribution = schema::Redistribution::Allowed;
    for (const auto &[number, id] : {std::pair(1U, 7), std::pair(2U, 8)}) {
        citation.number = number;
        citation.id = id;
        briefing.citations.push_back(citation);
    }
    briefing.sections = {{schema::SectionKind::Markets, "Figures", {bars, map}}};
    PageWorker worker(nullptr);
    PagesView pages(worker, *m_theme, nullptr);
    workspace::Focus focus;
    const PageFocus tie(pages, focus, nullptr);
    connect(&worker, &PageWorker::laidOut, &pages, [&](const auto &plan) { pages.setPlan(plan); });
    pages.resize(800, 900);
    pages.show();
    worker.layOut(briefing, report::PageSize::A4);
    QTRY_VERIFY(pages.plan() != nullptr);
    QCOMPARE(pages.plan()->plots.size(), std::size_t(2));
    QTRY_VERIFY(pages.isPainted());
    const PlacedPlot &chart = pages.plan()->plots[0];
    QTest::mouseClick(pages.viewport(), Qt::LeftButton, {},
                      pages.boxOf(chart, 1).center().toPoint());
    QCOMPARE(focus.target(), u"USO"_s);
    QCOMPARE(pages.figureMarks()[0].boxes, std::vector<std::size_t>{1});
    const PlacedPlot &places = pages.plan()->plots[1];
    QTest::mouseClick(pages.viewport(), Qt::LeftButton, {},
                      pages.boxOf(places, 0).center().toPoint());
    QCOMPARE(focus.selectedEvent(), qint64(7));
    focus.select({8}, 8);
    QCOMPARE(pages.figureMarks()[1].boxes, std::vector<std::size_t>{1});
}

void TestTelling::stoppedLayoutSaysSo()
{
    schema::Briefing briefing = m_window->research().briefing->shown();
    const auto sections = briefing.sections;
    for (int i = 0; i < 40; ++i)
        briefing.sections.insert(briefing.sections.end(), sections.begin(), sections.end());
    PageWorker worker(nullptr);
    bool isStopped = false, isLaid = false;
    int told = 0;
    connect(&worker, &PageWorker::cancelled, this, [&] { isStopped = true; });
    connect(&worker, &PageWorker::laidOut, this, [&](const auto &) { isLaid = true; });
    connect(&worker, &PageWorker::progressed, this, [&](int done, int) { told = done; });
    worker.layOut(briefing, report::PageSize::A4);
    worker.cancel();
    QVERIFY(worker.isLayingOut());
    QTRY_VERIFY(isStopped);
    QVERIFY(!isLaid && !worker.isLayingOut());
    worker.layOut(briefing, report::PageSize::A4);
    QTRY_VERIFY(isLaid);
    QCOMPARE(told, static_cast<int>(briefing.sections.size()) - 1);
}

void TestTelling::moveIsExplainedOverTheWindow()
{
    auto *pane = qobject_cast<ExplainPane *>(m_window->dock(u"explanation"_s)->widget());
    QVERIFY(pane);
    m_session->focus().setWindow({parseInstant("2026-11-02T00:00:00Z").value(),
                                  parseInstant("2026-11-07T00:00:00Z").value()});
    pane->explain(u"USO"_s);
    QTRY_COMPARE(pane->state(), Pane::State::Ready);
    QCOMPARE(m_service->explained()->symbol, std::string("USO"));
    QCOMPARE(m_service->explained()->day, std::string("2026-11-06"));
    QCOMPARE(m_service->explained()->from, std::string("2026-11-01"));
    pane->explain(u"NONE"_s);
    QTRY_COMPARE(pane->state(), Pane::State::Error);
}

QTEST_MAIN(TestTelling)
#include "tst_telling.moc"
