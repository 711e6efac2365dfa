// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "case/board_pane.h"
#include "case/caption_dialog.h"
#include "case/case_items_model.h"
#include "case/conflict_dialog.h"
#include "case/item_editor.h"
#include "case/pins_pane.h"
#include "chrona/workspace/case_file.h"
#include "chrona/workspace/investigations.h"
#include "graph/graph_pane.h"
#include "shell/file_door.h"
#include "text/plain_words.h"

#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>
#include <QToolTip>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;
using schema::CaseItem;
using schema::CaseItemKind;

/// What a person may lose in an investigation, or not reach: versions, captions, evidence, files.
class TestCaseCare : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }
    void titleChangedTwiceIsDecided();
    void closingKeepsWhatIsUndecided();
    void pinGetsCaptionAndTags();
    void citationLeadsToWhatItCites();
    void nodesOfTheGraphArePinned();
    void droppedInvestigationIsRead();
    void foreignFilesAreNotTaken();
    void wordsAreNeverMarkup();
    void eventsAreFoundByMeaning();

private:
    template <class Dialog> [[nodiscard]] Dialog *dialog() const
    {
        Dialog *found = m_window->findChild<Dialog *>();
        return found && found->isVisible() ? found : nullptr;
    }
    [[nodiscard]] static QPushButton *button(const QWidget &in, const QString &text)
    {
        for (auto *each : in.findChildren<QPushButton *>())
            if (each->text() == text)
                return each;
        return nullptr;
    }
    void pinFirstEvent() const;
    /// Keys go there.
    void focusOn(QWidget &widget) const;
    /// The title as this window and another one wrote it at once.
    void writeTitleTwice() const;
};

void TestCaseCare::initTestCase()
{
    open(2'000);
    pane<BoardPane>(u"board"_s)->editor().setPause(std::chrono::hours(1));
}

void TestCaseCare::init()
{
    m_window->layouts().showPerspective(u"case"_s);
    m_window->investigations().create(u"Care"_s);
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    m_session->undoStack().clear();
}

void TestCaseCare::focusOn(QWidget &widget) const
{
    m_window->activateWindow();
    widget.setFocus();
    QTRY_VERIFY(QApplication::activeWindow() == m_window.get() && widget.hasFocus());
}

void TestCaseCare::pinFirstEvent() const
{
    const qint64 event = m_service->events().front().id.value;
    m_session->focus().select({event}, event);
    trigger(u"case.pin"_s);
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
}

void TestCaseCare::writeTitleTwice() const
{
    CaseItem ours = *currentCase().head();
    CaseItem theirs = ours;
    theirs.title = "Theirs";
    m_service->editElsewhere(currentCase().id(), theirs);
    QTRY_COMPARE(currentCase().title(), u"Theirs"_s);
    ours.title = "Ours";
    currentCase().change(u"Name"_s, {ours}); // made from what was there before
    QCOMPARE(currentCase().conflicts().size(), std::size_t(1));
    QCOMPARE(currentCase().title(), u"Theirs"_s);
}

/// No note or hypothesis, so no editor shows it: the window has to.
void TestCaseCare::titleChangedTwiceIsDecided()
{
    writeTitleTwice();
    QToolButton *way = nullptr;
    for (auto *each : pane<BoardPane>(u"board"_s)->findChildren<QToolButton *>())
        if (each->text().contains(u"1 to decide"_s))
            way = each;
    QVERIFY(way && way->isEnabled());
    way->click();
    auto *shown = dialog<ConflictDialog>();
    QVERIFY(shown);
    QCOMPARE(shown->tree().topLevelItemCount(), 1);
    QCOMPARE(shown->tree().topLevelItem(0)->text(1), u"Ours"_s);
    QCOMPARE(shown->tree().topLevelItem(0)->text(2), u"Theirs"_s);
    button(*shown, u"Keep mine"_s)->click();
    QVERIFY(currentCase().conflicts().empty());
    QCOMPARE(currentCase().title(), u"Ours"_s);
    QVERIFY(!shown->isVisible());
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    m_session->undoStack().undo();
    QCOMPARE(currentCase().title(), u"Theirs"_s);
    trigger(u"case.decide"_s);
    QVERIFY(m_window->statusBar()->currentMessage().contains(u"Nothing was changed twice"_s));
}

void TestCaseCare::closingKeepsWhatIsUndecided()
{
    writeTitleTwice();
    const schema::InvestigationId id = currentCase().id();
    trigger(u"case.close"_s);
    QVERIFY(m_window->investigations().current());
    QCOMPARE(currentCase().id(), id);
    QVERIFY(m_window->statusBar()->currentMessage().contains(u"decided"_s));
    currentCase().resolve({id.value}, workspace::Investigation::Resolution::TakeTheirs, {});
    trigger(u"case.close"_s);
    const auto *after = m_window->investigations().current();
    QVERIFY(!after || after->id() != id);
}

void TestCaseCare::pinGetsCaptionAndTags()
{
    pinFirstEvent();
    auto *pins = pane<PinsPane>(u"pins"_s);
    auto *list = pins->findChild<QListView *>();
    list->setCurrentIndex(pins->model().index(0));
    focusOn(*list);
    QTest::keyClick(list, Qt::Key_F2);
    auto *asked = dialog<CaptionDialog>();
    QVERIFY(asked);
    const auto lines = asked->findChildren<QLineEdit *>();
    QCOMPARE(lines.size(), 2);
    lines[0]->setText(u"The first of them"_s);
    lines[1]->setText(u"storm, gulf,storm, "_s);
    button(*asked, u"Keep"_s)->click();
    const CaseItem *pin = currentCase().items(CaseItemKind::Pin).front();
    QCOMPARE(pin->title, std::string("The first of them"));
    QCOMPARE(pin->tags, (std::vector<std::string>{"gulf", "storm"}));
    QTRY_COMPARE(currentCase().unsaved(), std::size_t(0));
    m_session->undoStack().undo();
    QVERIFY(currentCase().items(CaseItemKind::Pin).front()->tags.empty());
    // Of the investigation itself.
    trigger(u"case.tags"_s);
    asked = dialog<CaptionDialog>();
    QVERIFY(asked);
    asked->findChildren<QLineEdit *>()[1]->setText(u"weather"_s);
    button(*asked, u"Keep"_s)->click();
    QCOMPARE(currentCase().head()->tags, std::vector<std::string>{"weather"});
    QCOMPARE(currentCase().title(), u"Care"_s);
}

void TestCaseCare::citationLeadsToWhatItCites()
{
    pinFirstEvent();
    const qint64 event = m_session->focus().selectedEvent();
    trigger(u"case.note"_s);
    auto &editor = pane<BoardPane>(u"board"_s)->editor();
    editor.cite({currentCase().items(CaseItemKind::Pin).front()->id}, schema::Bearing::Neutral);
    m_session->focus().clearSelection();
    auto *evidence = editor.findChild<QListWidget *>();
    QTRY_COMPARE(evidence->count(), 1);
    evidence->setCurrentRow(0);
    focusOn(*evidence);
    QTest::keyClick(evidence, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_session->focus().selectedEvent(), event);
}

void TestCaseCare::nodesOfTheGraphArePinned()
{
    m_window->layouts().showPerspective(u"graph"_s);
    auto *graph = pane<GraphPane>(u"graph"_s);
    QTRY_VERIFY_WITH_TIMEOUT(graph->model().state().size() > 2 && graph->isSettled(), 30'000);
    m_session->focus().clearSelection();
    QTRY_VERIFY(graph->isSettled() && graph->model().selection().isEmpty());
    trigger(u"case.pinNodes"_s);
    QVERIFY(currentCase().items(CaseItemKind::Pin).empty());
    QVERIFY(m_window->statusBar()->currentMessage().contains(u"Choose"_s));
    graph->model().select({0, 1}, 0U);
    trigger(u"case.pinNodes"_s);
    const auto pins = currentCase().items(CaseItemKind::Pin);
    QCOMPARE(pins.size(), std::size_t(2));
    for (const CaseItem *pin : pins) {
        QVERIFY(pin->target.kind == schema::PinKind::Entity ||
                pin->target.kind == schema::PinKind::Topic);
        QVERIFY(pin->target.key.contains(':'));
        QVERIFY(!pin->target.label.empty());
    }
}

void TestCaseCare::droppedInvestigationIsRead()
{
    pinFirstEvent();
    const QString path = m_folder.filePath(u"care.chrona"_s);
    QVERIFY(workspace::writeCaseFile(path, currentCase().content()));
    const auto before = m_service->cases().size();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &files, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({20, 20}, Qt::CopyAction, &files, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &drop);
    QDialog *read = nullptr;
    const auto isRead = [&] {
        for (auto *each : m_window->findChildren<QDialog *>())
            if (each->isVisible() && each->windowTitle().contains(u"care.chrona"_s))
                read = each;
        return read != nullptr;
    };
    QTRY_VERIFY(isRead());
    QCOMPARE(m_service->cases().size(), before); // it is only shown
    read->reject();
}

void TestCaseCare::foreignFilesAreNotTaken()
{
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(u"/tmp/holiday.png"_s)});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &files, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(!enter.isAccepted());
    m_window->findChild<FileDoor *>()->open(u"/tmp/holiday.png"_s);
    QVERIFY(m_window->statusBar()->currentMessage().contains(u"holiday.png"_s));
}

/// A headline may look like markup that loads a file.
void TestCaseCare::wordsAreNeverMarkup()
{
    QVERIFY(m_window->findChild<PlainWords *>());
    const QString headline = u"<b>Storm</b> <img src='file:///etc/hostname'>"_s;
    QLabel label(headline);
    label.show();
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QToolTip::showText({10, 10}, headline, m_window.get());
    const QLabel *tip = nullptr;
    for (const QWidget *each : QApplication::topLevelWidgets())
        if (each->inherits("QTipLabel"))
            tip = qobject_cast<const QLabel *>(each);
    QVERIFY(tip);
    QCOMPARE(tip->textFormat(), Qt::PlainText);
    QCOMPARE(tip->text(), headline);
    QToolTip::hideText();
    QCOMPARE(tipText(u"a b\nc"_s), u"a b\nc"_s);
    const QString wide = tipText(QString(u"word "_s).repeated(60).trimmed());
    for (const QString &line : wide.split(u'\n'))
        QVERIFY(line.size() <= 80);
    QCOMPARE(QString(wide).replace(u'\n', u' '), QString(u"word "_s).repeated(60).trimmed());
}

void TestCaseCare::eventsAreFoundByMeaning()
{
    m_session->focus().clearSelection();
    CommandPalette &palette = m_window->commandPalette();
    palette.open(u"water where none should be"_s);
    auto *list = palette.findChild<QListView *>();
    QTRY_VERIFY(palette.entryCount() > 0);
    QVERIFY(list->model()->index(0, 0).data().toString().contains(u"mean something like"));
    QTest::keyClick(palette.findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE(m_session->focus().selection().size(), 3); // as many as the service finds
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(u"built-in 1"));
}

QTEST_MAIN(TestCaseCare)
#include "tst_case_care.moc"
