// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plain_map.h"
#include "sample_service.h"

#include "case/board_pane.h"
#include "case/case_items_model.h"
#include "case/case_list_pane.h"
#include "case/item_editor.h"
#include "case/pins_pane.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/investigations.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"

#include <QAccessible>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using schema::CaseItem;
using schema::CaseItemKind;

namespace {

constexpr std::size_t kEvents = 2'000;

/// A window on a service of its own: another desk.
struct Desk {
    explicit Desk(const QString &folder)
    {
        const std::filesystem::path data(folder.toStdString());
        std::filesystem::create_directories(data);
        auto started = test::SampleService::start(data, kEvents);
        if (!started)
            qFatal("%s", started.error().what.c_str());
        service = std::move(*started);
        theme.setAppearance(Appearance::Dark);
        settings = std::make_unique<QSettings>(folder + u"/window.ini"_s, QSettings::IniFormat);
        workspace::SessionOptions options;
        options.dataFolder = data;
        session = std::make_unique<workspace::Session>(options);
        window = std::make_unique<MainWindow>(*session, theme, *settings, test::plainMap);
        window->show();
        // Tests say themselves when a writer pauses.
        pane<BoardPane>(u"board"_s)->editor().setPause(std::chrono::hours(1));
        session->open();
    }
    ~Desk()
    {
        window.reset();
        session.reset();
    }
    [[nodiscard]] bool isReady() const
    {
        return session->state() == workspace::Session::State::Ready &&
               session->selector().isSettled() && !session->selector().visible()->rows.empty();
    }
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(window->dock(dock)->widget());
    }
    void trigger(const QString &command) const { window->commands().action(command)->trigger(); }
    [[nodiscard]] workspace::Investigation &current() const
    {
        return *window->investigations().current();
    }

    std::unique_ptr<test::SampleService> service;
    Theme theme;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<workspace::Session> session;
    std::unique_ptr<MainWindow> window;
};

} // namespace

class TestCase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void stormIsFoundPinnedNotedAndPassedOn();
    void briefingIsStopped();
    void hypothesisWeighsItsEvidence();
    void otherWindowIsShownNotLost();
    void archivedOneIsReadOnly();
    void listFindsWords();
    void everyFieldHasAName();
    void picturesAreTaken();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Desk> m_desk;
};

void TestCase::initTestCase()
{
    m_desk = std::make_unique<Desk>(m_folder.filePath(u"desk"_s));
    m_desk->theme.applyTo(*qApp);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->isReady(), 60'000);
    m_desk->session->undoStack().clear();
}

void TestCase::stormIsFoundPinnedNotedAndPassedOn()
{
    Desk &desk = *m_desk;
    QUndoStack &undo = desk.session->undoStack();
    // Found: the most severe row of the table, by its keys.
    auto *events = desk.pane<EventsPane>(u"events"_s);
    QTRY_VERIFY(events->model().rowCount() > 0);
    QTest::mouseClick(events->table().viewport(), Qt::LeftButton, {},
                      events->table().visualRect(events->model().index(2, 2)).center());
    const qint64 storm = desk.session->focus().selectedEvent();
    QVERIFY(storm != 0);
    QTRY_VERIFY(desk.session->texts().title(storm));
    // Pinned: an investigation begins by itself.
    QCOMPARE(desk.window->commands().action(u"case.pin"_s)->shortcut(), QKeySequence(u"Ctrl+D"_s));
    desk.trigger(u"case.pin"_s);
    QVERIFY(desk.window->investigations().current());
    auto &pins = desk.pane<PinsPane>(u"pins"_s)->model();
    QCOMPARE(pins.rowCount(), 1);
    QCOMPARE(pins.item(pins.index(0))->target.id, storm);
    desk.trigger(u"case.pin"_s);
    QCOMPARE(pins.rowCount(), 1); // it is pinned already
    undo.undo();
    QCOMPARE(pins.rowCount(), 0);
    undo.redo();
    QCOMPARE(pins.rowCount(), 1);
    // Noted, with the pin cited.
    desk.trigger(u"case.note"_s);
    QCOMPARE(desk.window->layouts().current(), u"case"_s);
    auto *board = desk.pane<BoardPane>(u"board"_s);
    auto *text = board->editor().findChild<QPlainTextEdit *>();
    QTest::keyClicks(text, u"It turns north"_s);
    board->editor().commit();
    const auto noted = [&] { return desk.current().items(CaseItemKind::Note); };
    QCOMPARE(noted().size(), std::size_t(1));
    QCOMPARE(noted()[0]->text, std::string("It turns north"));
    const schema::CaseItemId note = noted()[0]->id;
    board->editor().cite({pins.item(pins.index(0))->id}, schema::Bearing::Neutral);
    QCOMPARE(desk.current().linksTo(note).size(), std::size_t(1));
    undo.undo();
    QCOMPARE(desk.current().linksTo(note).size(), std::size_t(0));
    undo.undo();
    QCOMPARE(desk.current().find(note)->text, std::string());
    undo.redo();
    undo.redo();
    QCOMPARE(desk.current().find(note)->text, std::string("It turns north"));
    QCOMPARE(text->toPlainText(), u"It turns north"_s);
    // Saved by itself.
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
    QCOMPARE(desk.service->cases().size(), std::size_t(1));
    // Passed on, to a desk that has never heard of it.
    const QString file = m_folder.filePath(u"storm.chrona"_s);
    desk.window->exportCaseTo(file);
    QTRY_VERIFY(QFile::exists(file));
    // As a page, too.
    const QString page = m_folder.filePath(u"storm.html"_s);
    desk.window->briefCaseTo(page);
    QTRY_VERIFY(QFile::exists(page));
    Desk other(m_folder.filePath(u"other"_s));
    QTRY_VERIFY_WITH_TIMEOUT(other.isReady(), 60'000);
    other.window->importCaseFrom(file);
    QTRY_VERIFY(other.window->investigations().current());
    QTRY_COMPARE(other.current().items(CaseItemKind::Pin).size(), std::size_t(1));
    QCOMPARE(other.current().find(note)->text, std::string("It turns north"));
    QCOMPARE(other.current().linksTo(note).size(), std::size_t(1));
    QCOMPARE(other.current().title(), desk.current().title());
    // And from the pin back to the event.
    auto *list = other.window->dock(u"pins"_s)->findChild<QListView *>();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(other.session->focus().selectedEvent(), storm);
}

void TestCase::briefingIsStopped()
{
    Desk &desk = *m_desk;
    QStatusBar &bar = *desk.window->statusBar();
    desk.window->investigations().create(u"Long"_s);
    desk.service->holdCaseBriefs();
    desk.window->briefCaseTo(m_folder.filePath(u"long.pdf"_s));
    QTRY_VERIFY2(bar.currentMessage().contains(u"3 of 40"_s), qPrintable(bar.currentMessage()));
    auto *stop = bar.findChild<QPushButton *>();
    QCOMPARE(stop->accessibleName(), u"Stop making the briefing of “Long”"_s);
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_COMPARE(desk.service->caseBriefsStopped(), 1);
    QTRY_COMPARE(bar.currentMessage(),
                 u"The briefing of “Long” was stopped; long.pdf was not written."_s);
    QTRY_VERIFY(!bar.findChild<QPushButton *>() &&
                !QFile::exists(m_folder.filePath(u"long.pdf"_s)));
}

void TestCase::hypothesisWeighsItsEvidence()
{
    Desk &desk = *m_desk;
    desk.window->investigations().create(u"Weighing"_s);
    desk.trigger(u"case.pin"_s);
    desk.trigger(u"case.pinWindow"_s);
    auto &pins = desk.pane<PinsPane>(u"pins"_s)->model();
    QCOMPARE(pins.rowCount(), 2);
    desk.trigger(u"case.hypothesis"_s);
    auto *board = desk.pane<BoardPane>(u"board"_s);
    auto *title = board->editor().findChild<QLineEdit *>();
    title->selectAll();
    QTest::keyClicks(title, u"Freight rises"_s);
    QTest::keyClick(title, Qt::Key_Return);
    const auto claims = desk.current().items(CaseItemKind::Hypothesis);
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
        return std::ranges::count(desk.current().linksTo(claim), schema::Bearing::Against,
                                  [](const CaseItem *link) { return link->bearing; });
    };
    QCOMPARE(against(), 2);
    desk.session->undoStack().undo();
    QCOMPARE(against(), 1);
    evidence->setCurrentRow(0);
    QTest::keyClick(evidence, Qt::Key_Delete);
    QCOMPARE(desk.current().linksTo(claim).size(), std::size_t(1));
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
}

void TestCase::otherWindowIsShownNotLost()
{
    Desk &desk = *m_desk;
    desk.window->investigations().create(u"Two windows"_s);
    desk.trigger(u"case.note"_s);
    auto *board = desk.pane<BoardPane>(u"board"_s);
    auto *text = board->editor().findChild<QPlainTextEdit *>();
    const schema::CaseItemId note = desk.current().items(CaseItemKind::Note)[0]->id;
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
    // Heard while nothing is written: shown.
    CaseItem theirs = *desk.current().find(note);
    theirs.text = "theirs";
    desk.service->editElsewhere(desk.current().id(), theirs);
    QTRY_COMPARE(text->toPlainText(), u"theirs"_s);
    // Heard while one writes: both are kept, and a person decides.
    QTest::keyClicks(text, u"mine"_s);
    theirs = *desk.current().find(note);
    theirs.text = "theirs again";
    desk.service->editElsewhere(desk.current().id(), theirs);
    QTRY_COMPARE(desk.current().find(note)->text, std::string("theirs again"));
    QVERIFY2(text->toPlainText().contains(u"mine"_s), "what is being written stays");
    board->editor().commit();
    QCOMPARE(desk.current().conflicts().size(), std::size_t(1));
    QCOMPARE(desk.current().find(note)->text, std::string("theirs again"));
    QPushButton *keep = nullptr;
    for (QPushButton *button : board->editor().findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == u"Keep mine"_s)
            keep = button;
    QVERIFY(keep);
    keep->click();
    QVERIFY(desk.current().conflicts().empty());
    QVERIFY(QString::fromStdString(desk.current().find(note)->text).contains(u"mine"_s));
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
}

void TestCase::archivedOneIsReadOnly()
{
    Desk &desk = *m_desk;
    desk.window->investigations().create(u"To rest"_s);
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
    desk.trigger(u"case.archive"_s);
    QTRY_VERIFY(desk.current().isArchived());
    desk.trigger(u"case.pin"_s);
    QVERIFY(desk.current().items(CaseItemKind::Pin).empty());
    QVERIFY(desk.window->statusBar()->currentMessage().contains(u"archived"_s));
    auto *board = desk.pane<BoardPane>(u"board"_s);
    QPushButton *again = nullptr;
    for (QPushButton *button : board->findChildren<QPushButton *>())
        if (button->text() == u"Open again"_s)
            again = button;
    QVERIFY(again && again->isVisible());
    again->click();
    QTRY_VERIFY(!desk.current().isArchived());
}

void TestCase::listFindsWords()
{
    Desk &desk = *m_desk;
    auto *cases = desk.pane<CaseListPane>(u"cases"_s);
    auto *list = cases->findChild<QListWidget *>();
    QTRY_COMPARE(list->count(), static_cast<int>(desk.service->cases().size()));
    auto *search = cases->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"turns north"_s);
    QTRY_COMPARE(list->count(), 2); // the investigation, and the note in it
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(
        desk.pane<BoardPane>(u"board"_s)->editor().findChild<QPlainTextEdit *>()->toPlainText(),
        u"It turns north"_s);
    search->clear();
    QTRY_COMPARE(list->count(), static_cast<int>(desk.service->cases().size()));
}

void TestCase::everyFieldHasAName()
{
    m_desk->window->layouts().showPerspective(u"case"_s);
    int fields = 0;
    for (QWidget *widget : m_desk->window->findChildren<QWidget *>()) {
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
    Desk &desk = *m_desk;
    workspace::Investigations &book = desk.window->investigations();
    book.create(u"Does the strait close?"_s);
    CaseItem head = *desk.current().head();
    head.text = "Two tankers turned back within a day. Is that weather, or is it policy?";
    desk.current().change(u"Question"_s, {head});
    auto *events = desk.pane<EventsPane>(u"events"_s);
    desk.window->layouts().showPerspective(u"world"_s);
    QTRY_VERIFY(events->model().rowCount() > 40);
    QSet<qint64> chosen;
    for (int row = 0; row < 40; row += 5)
        chosen.insert(events->model().eventAt(row));
    desk.session->focus().select(chosen, *chosen.cbegin());
    QTRY_VERIFY(std::ranges::all_of(
        chosen, [&](qint64 id) { return desk.session->texts().title(id).has_value(); }));
    desk.trigger(u"case.pin"_s);
    desk.trigger(u"case.pinWindow"_s);
    QTRY_VERIFY(desk.current().items(CaseItemKind::Pin).size() == 9);
    auto *board = desk.pane<BoardPane>(u"board"_s);
    const char *notes[] = {"Both ships belong to the same owner; the second waited for the first.",
                           "The gale warning was issued six hours before the turn, so weather "
                           "alone explains the second ship but not the first. Compare the tracks "
                           "with those of last March, when nobody turned.",
                           "Ask who insured them."};
    for (const char *words : notes) {
        CaseItem note = workspace::newCaseItem(CaseItemKind::Note);
        note.text = words;
        note.tags = {"ships"};
        desk.current().change(u"Note"_s, {note});
    }
    const auto pins = desk.current().items(CaseItemKind::Pin);
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
        desk.current().change(u"Claim"_s, {claim});
        board->open(claim.id);
        board->editor().cite({ids[0], ids[1], ids[2], ids[3]}, schema::Bearing::For);
        board->editor().cite({ids[4], ids[5]}, schema::Bearing::Against);
    }
    QTRY_COMPARE(desk.current().unsaved(), std::size_t(0));
    const QString kept = qEnvironmentVariable("CHRONA_PICTURES");
    const QDir folder(kept.isEmpty() ? m_folder.filePath(u"pictures"_s) : kept);
    QVERIFY(folder.mkpath(u"."_s));
    desk.window->layouts().showPerspective(u"case"_s);
    for (const auto &[appearance, word] :
         {std::pair(Appearance::Dark, u"dark"_s), std::pair(Appearance::Light, u"light"_s)})
        for (const QSize &size : {QSize(1440, 900), QSize(2560, 1440)}) {
            desk.theme.setAppearance(appearance);
            desk.window->resize(size);
            desk.window->layouts().resetPerspective();
            const QString path = folder.filePath(
                u"case-%1-%2x%3.png"_s.arg(word).arg(size.width()).arg(size.height()));
            QVERIFY(desk.window->grab().save(path));
        }
}

QTEST_MAIN(TestCase)
#include "tst_case.moc"
