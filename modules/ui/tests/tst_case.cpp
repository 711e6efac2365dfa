// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "case/board_pane.h"
#include "case/case_items_model.h"
#include "case/case_list_pane.h"
#include "case/item_editor.h"
#include "case/pins_pane.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"

#include <QAccessible>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStatusBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using schema::CaseItem;
using schema::CaseItemKind;

namespace {

constexpr std::size_t kEvents = 2'000;

} // namespace

class TestCase : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { close(); }
    void stormIsFoundPinnedNotedAndPassedOn();
    void briefingIsStopped();
    void hypothesisWeighsItsEvidence();
    void otherWindowIsShownNotLost();
    void archivedOneIsReadOnly();
    void listFindsWords();
    void everyFieldHasAName();
    void picturesAreTaken();
};

void TestCase::initTestCase()
{
    open(kEvents);
    // Tests say themselves when a writer pauses.
    pane<BoardPane>(u"board"_s)->editor().setPause(std::chrono::hours(1));
    m_session->undoStack().clear();
}

void TestCase::stormIsFoundPinnedNotedAndPassedOn()
{
    QUndoStack &undo = m_session->undoStack();
    // Found: the most severe row of the table, by its keys.
    auto *events = pane<EventsPane>(u"events"_s);
    QTRY_VERIFY(events->model().rowCount() > 0);
    QTest::mouseClick(events->table().viewport(), Qt::LeftButton, {},
                      events->table().visualRect(events->model().index(2, 2)).center());
    const qint64 storm = focus().selectedEvent();
    QVERIFY(storm != 0);
    QTRY_VERIFY(m_session->texts().title(storm));
    // Pinned: an investigation begins by itself.
    QCOMPARE(m_window->commands().action(u"case.pin"_s)->shortcut(), QKeySequence(u"Ctrl+D"_s));
    trigger(u"case.pin"_s);
    QVERIFY(m_window->investigations().current());
    auto &pins = pane<PinsPane>(u"pins"_s)->model();
    QCOMPARE(pins.rowCount(), 1);
    QCOMPARE(pins.item(pins.index(0))->target.id, storm);
    trigger(u"case.pin"_s);
    QCOMPARE(pins.rowCount(), 1); // it is pinned already
    undo.undo();
    QCOMPARE(pins.rowCount(), 0);
    undo.redo();
    QCOMPARE(pins.rowCount(), 1);
    // Noted, with the pin cited.
    trigger(u"case.note"_s);
    QCOMPARE(m_window->layouts().current(), u"case"_s);
    auto *board = pane<BoardPane>(u"board"_s);
    auto *text = board->editor().findChild<QPlainTextEdit *>();
    QTest::keyClicks(text, u"It turns north"_s);
    board->editor().commit();
    const auto noted = [&] { return currentCase().items(CaseItemKind::Note); };
    QCOMPARE(noted().size(), std::size_t(1));
    QCOMPARE(noted()[0]->text, std::string("It turns north"));
    const schema::CaseItemId note = noted()[0]->id;
    board->editor().cite({pins.item(pins.index(0))->id}, schema::Bearing::Neutral);
    QCOMPARE(currentCase().linksTo(note).size(), std::size_t(1));
    undo.undo();
    QCOMPARE(currentCase().linksTo(note).size(), std::size_t(0));
    undo.undo();
    QCOMPARE(currentCase().find(note)->text, std::string());
    undo.redo();
    undo.redo();
    QCOMPARE(currentCase().find(note)->text, std::string("It turns north"));
    QCOMPARE(text->toPlainText(), u"It turns north"_s);
    // Saved by itself.
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    QCOMPARE(m_service->cases().size(), std::size_t(1));
    // Passed on, to a desk that has never heard of it.
    const QString file = m_folder.filePath(u"storm.chrona"_s);
    m_window->exportCaseTo(file);
    QTRY_VERIFY(QFile::exists(file));
    // As a page, too.
    const QString page = m_folder.filePath(u"storm.html"_s);
    m_window->briefCaseTo(page);
    QTRY_VERIFY(QFile::exists(page));
    test::WindowFixture other;
    other.m_theme = m_theme;
    other.open(kEvents);
    other.m_window->importCaseFrom(file);
    QTRY_VERIFY(other.m_window->investigations().current());
    QTRY_COMPARE(other.currentCase().items(CaseItemKind::Pin).size(), std::size_t(1));
    QCOMPARE(other.currentCase().find(note)->text, std::string("It turns north"));
    QCOMPARE(other.currentCase().linksTo(note).size(), std::size_t(1));
    QCOMPARE(other.currentCase().title(), currentCase().title());
    // And from the pin back to the event.
    auto *list = other.m_window->dock(u"pins"_s)->findChild<QListView *>();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(other.focus().selectedEvent(), storm);
}

void TestCase::briefingIsStopped()
{
    QStatusBar &bar = *m_window->statusBar();
    m_window->investigations().create(u"Long"_s);
    m_service->holdCaseBriefs();
    m_window->briefCaseTo(m_folder.filePath(u"long.pdf"_s));
    QTRY_VERIFY2(bar.currentMessage().contains(u"3 of 40"_s), qPrintable(bar.currentMessage()));
    auto *stop = bar.findChild<QPushButton *>();
    QCOMPARE(stop->accessibleName(), u"Stop making the briefing of “Long”"_s);
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_COMPARE(m_service->caseBriefsStopped(), 1);
    QTRY_COMPARE(bar.currentMessage(),
                 u"The briefing of “Long” was stopped; long.pdf was not written."_s);
    QTRY_VERIFY(!bar.findChild<QPushButton *>() &&
                !QFile::exists(m_folder.filePath(u"long.pdf"_s)));
}

void TestCase::hypothesisWeighsItsEvidence()
{
    m_window->investigations().create(u"Weighing"_s);
    trigger(u"case.pin"_s);
    trigger(u"case.pinWindow"_s);
    auto &pins = pane<PinsPane>(u"pins"_s)->model();
    QCOMPARE(pins.rowCount(), 2);
    trigger(u"case.hypothesis"_s);
    auto *board = pane<BoardPane>(u"board"_s);
    auto *title = board->editor().findChild<QLineEdit *>();
    title->selectAll();
    QTest::keyClicks(title, u"Freight rises"_s);
    QTest::keyClick(title, Qt::Key_Return);
    const auto claims = currentCase().items(CaseItemKind::Hypothesis);
    QCOMPARE(claims.size(), std::size_t(1));
    QCOMPARE(claims[0]->title, std::string("Freight rises"));
    const schema::CaseItemId claim = claims[0]->id;
    board->editor().cite({pins.item(pins.index(0))->id}, schema::Bearing::For);
    board->editor().cite({pins.item(pins.index(1))->id}, schema::Bearing::Against);
    auto *evidence = board->editor().findChild<QListWidget *>();
    QCOMPARE(evidence->count(), 2);
    evidence->setCurrentRow(0);
    QTest::keyClick(evidence, Qt::Key_Return); // for → against
    const auto against = [&] {
        return std::ranges::count(currentCase().linksTo(claim), schema::Bearing::Against,
                                  [](const CaseItem *link) { return link->bearing; });
    };
    QCOMPARE(against(), 2);
    m_session->undoStack().undo();
    QCOMPARE(against(), 1);
    evidence->setCurrentRow(0);
    QTest::keyClick(evidence, Qt::Key_Delete);
    QCOMPARE(currentCase().linksTo(claim).size(), std::size_t(1));
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
}

void TestCase::otherWindowIsShownNotLost()
{
    m_window->investigations().create(u"Two windows"_s);
    trigger(u"case.note"_s);
    auto *board = pane<BoardPane>(u"board"_s);
    auto *text = board->editor().findChild<QPlainTextEdit *>();
    const schema::CaseItemId note = currentCase().items(CaseItemKind::Note)[0]->id;
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    // Heard while nothing is written: shown.
    CaseItem theirs = *currentCase().find(note);
    theirs.text = "theirs";
    m_service->editElsewhere(currentCase().id(), theirs);
    QTRY_COMPARE(text->toPlainText(), u"theirs"_s);
    // Heard while one writes: both are kept, and a person decides.
    QTest::keyClicks(text, u"mine"_s);
    theirs = *currentCase().find(note);
    theirs.text = "theirs again";
    m_service->editElsewhere(currentCase().id(), theirs);
    QTRY_COMPARE(currentCase().find(note)->text, std::string("theirs again"));
    QVERIFY2(text->toPlainText().contains(u"mine"_s), "what is being written stays");
    board->editor().commit();
    QCOMPARE(currentCase().conflicts().size(), std::size_t(1));
    QCOMPARE(currentCase().find(note)->text, std::string("theirs again"));
    QPushButton *keep = nullptr;
    for (QPushButton *button : board->editor().findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == u"Keep mine"_s)
            keep = button;
    QVERIFY(keep);
    keep->click();
    QVERIFY(currentCase().conflicts().empty());
    QVERIFY(QString::fromStdString(currentCase().find(note)->text).contains(u"mine"_s));
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
}

void TestCase::archivedOneIsReadOnly()
{
    m_window->investigations().create(u"To rest"_s);
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    trigger(u"case.archive"_s);
    QTRY_VERIFY(currentCase().isArchived());
    trigger(u"case.pin"_s);
    QVERIFY(currentCase().items(CaseItemKind::Pin).empty());
    QVERIFY(m_window->statusBar()->currentMessage().contains(u"archived"_s));
    auto *board = pane<BoardPane>(u"board"_s);
    QPushButton *again = nullptr;
    for (QPushButton *button : board->findChildren<QPushButton *>())
        if (button->text() == u"Open again"_s)
            again = button;
    QVERIFY(again && again->isVisible());
    again->click();
    QTRY_VERIFY(!currentCase().isArchived());
}

void TestCase::listFindsWords()
{
    auto *cases = pane<CaseListPane>(u"cases"_s);
    auto *list = cases->findChild<QListWidget *>();
    QTRY_COMPARE(list->count(), static_cast<int>(m_service->cases().size()));
    auto *search = cases->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"turns north"_s);
    QTRY_COMPARE(list->count(), 2); // the investigation, and the note in it
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(pane<BoardPane>(u"board"_s)->editor().findChild<QPlainTextEdit *>()->toPlainText(),
                 u"It turns north"_s);
    search->clear();
    QTRY_COMPARE(list->count(), static_cast<int>(m_service->cases().size()));
}

void TestCase::everyFieldHasAName()
{
    m_window->layouts().showPerspective(u"case"_s);
    int fields = 0;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(),
                 widget->metaObject()->className());
        ++fields;
    }
    QVERIFY(fields > 10);
}

void TestCase::picturesAreTaken()
{
    workspace::Investigations &book = m_window->investigations();
    book.create(u"Does the strait close?"_s);
    CaseItem head = *currentCase().head();
    head.text = "Two tankers turned back within a day. Is that weather, or is it policy?";
    currentCase().change(u"Question"_s, {head});
    auto *events = pane<EventsPane>(u"events"_s);
    m_window->layouts().showPerspective(u"world"_s);
    QTRY_VERIFY(events->model().rowCount() > 40);
    QSet<qint64> chosen;
    for (int row = 0; row < 40; row += 5)
        chosen.insert(events->model().eventAt(row));
    focus().select(chosen, *chosen.cbegin());
    QTRY_VERIFY(std::ranges::all_of(
        chosen, [&](qint64 id) { return m_session->texts().title(id).has_value(); }));
    trigger(u"case.pin"_s);
    trigger(u"case.pinWindow"_s);
    QTRY_VERIFY(currentCase().items(CaseItemKind::Pin).size() == 9);
    auto *board = pane<BoardPane>(u"board"_s);
    const char *notes[] = {"Both ships belong to the same owner; the second waited for the first.",
                           "The gale warning was issued six hours before the turn, so weather "
                           "alone explains the second ship but not the first. Compare the tracks "
                           "with those of last March, when nobody turned.",
                           "Ask who insured them."};
    for (const char *words : notes) {
        CaseItem note = workspace::newCaseItem(CaseItemKind::Note);
        note.text = words;
        note.tags = {"ships"};
        currentCase().change(u"Note"_s, {note});
    }
    const auto pins = currentCase().items(CaseItemKind::Pin);
    std::vector<schema::CaseItemId> ids;
    for (const CaseItem *pin : pins)
        ids.push_back(pin->id);
    const char *claims[] = {"It is the weather: traffic resumes within two days",
                            "The strait is being closed for foreign tankers, step by step, and the "
                            "ports on the far side know it"};
    for (const char *words : claims) {
        CaseItem claim = workspace::newCaseItem(CaseItemKind::Hypothesis);
        claim.title = words;
        claim.confidence = words == claims[0] ? 0.7F : 0.25F;
        currentCase().change(u"Claim"_s, {claim});
        board->open(claim.id);
        board->editor().cite({ids[0], ids[1], ids[2], ids[3]}, schema::Bearing::For);
        board->editor().cite({ids[4], ids[5]}, schema::Bearing::Against);
    }
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    const QString kept = qEnvironmentVariable("CHRONA_PICTURES");
    const QDir folder(kept.isEmpty() ? m_folder.filePath(u"pictures"_s) : kept);
    QVERIFY(folder.mkpath(u"."_s));
    m_window->layouts().showPerspective(u"case"_s);
    for (const auto &[appearance, word] :
         {std::pair(Appearance::Dark, u"dark"_s), std::pair(Appearance::Light, u"light"_s)})
        for (const QSize &size : {QSize(1440, 900), QSize(2560, 1440)}) {
            m_theme->setAppearance(appearance);
            m_window->resize(size);
            m_window->layouts().resetPerspective();
            const QString path = folder.filePath(
                u"case-%1-%2x%3.png"_s.arg(word).arg(size.width()).arg(size.height()));
            QVERIFY(m_window->grab().save(path));
        }
}

QTEST_MAIN(TestCase)
#include "tst_case.moc"
