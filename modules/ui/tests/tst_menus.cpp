// SPDX-License-Identifier: AGPL-3.0-or-later
#include "window_fixture.h"

#include "chrona/workspace/investigations.h"
#include "events/event_columns_model.h"
#include "events/events_pane.h"

#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// The menus that every desktop program has, as macOS users expect them: Edit and Window. They are
/// the same here, behind the brand.
class TestMenus : public QObject, private test::WindowFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void editMenuEditsTheFieldInFocus();
    void undoOfAFieldIsItsOwn();
    void readOnlyTextIsOnlyCopied();
    void listsAndTablesCopyTheirRows();
    void nothingOfTheSystemIsTaken();
    void rolesAreWhereMacOsPutsThem();
    void windowMenuBringsForward();
    void windowMenuListsTheOpenCases();

private:
    [[nodiscard]] QMenu *menu(const QString &title) const
    {
        for (QMenu *one : m_window->findChildren<QMenu *>())
            if (one->title() == title)
                return one;
        return nullptr;
    }
    /// As a person meets it: the menu is about to be shown.
    [[nodiscard]] QAction *entry(const QString &title, const QString &text) const
    {
        QMenu *shown = menu(title);
        Q_EMIT shown->aboutToShow();
        for (QAction *action : shown->actions())
            if (action->text() == text)
                return action;
        return nullptr;
    }
    [[nodiscard]] QAction *command(const QString &id) const
    {
        return m_window->commands().action(id);
    }
    template <class Field> Field &focused()
    {
        auto *field = new Field(m_bench.get());
        m_bench->layout()->addWidget(field);
        field->show();
        field->setFocus();
        return *field;
    }

    std::unique_ptr<QWidget> m_bench; ///< a dialog over the window, with the field of a test
};

void TestMenus::initTestCase()
{
    open(2'000);
}

void TestMenus::init()
{
    m_bench = std::make_unique<QWidget>(m_window.get(), Qt::Dialog);
    m_bench->setWindowTitle(u"Bench"_s);
    new QVBoxLayout(m_bench.get());
    m_bench->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_bench.get()));
    m_bench->activateWindow();
    QTRY_VERIFY(m_bench->isActiveWindow());
    QApplication::clipboard()->clear();
    m_session->undoStack().clear();
}

void TestMenus::editMenuEditsTheFieldInFocus()
{
    auto &line = focused<QLineEdit>();
    QTRY_COMPARE(QApplication::focusWidget(), &line);
    line.setText(u"strait of"_s);
    QVERIFY(!entry(u"Edit"_s, u"Cut"_s)->isEnabled());
    QVERIFY(!entry(u"Edit"_s, u"Paste"_s)->isEnabled());
    entry(u"Edit"_s, u"Select all"_s)->trigger();
    QCOMPARE(line.selectedText(), u"strait of"_s);
    entry(u"Edit"_s, u"Copy"_s)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"strait of"_s);
    entry(u"Edit"_s, u"Cut"_s)->trigger();
    QCOMPARE(line.text(), QString());
    entry(u"Edit"_s, u"Paste"_s)->trigger();
    QCOMPARE(line.text(), u"strait of"_s);
}

void TestMenus::undoOfAFieldIsItsOwn()
{
    m_session->undoStack().push(new QUndoCommand(u"Pin"_s));
    auto &text = focused<QPlainTextEdit>();
    QTRY_COMPARE(QApplication::focusWidget(), &text);
    QVERIFY2(!entry(u"Edit"_s, u"Undo"_s)->isEnabled(), "nothing was typed");
    QTest::keyClicks(&text, u"note"_s);
    entry(u"Edit"_s, u"Undo"_s)->trigger();
    QCOMPARE(text.toPlainText(), QString());
    QCOMPARE(m_session->undoStack().index(), 1);
    entry(u"Edit"_s, u"Redo"_s)->trigger();
    QCOMPARE(text.toPlainText(), u"note"_s);
    // Outside of it, the session's steps are meant, and named.
    auto &list = focused<QListWidget>();
    QTRY_COMPARE(QApplication::focusWidget(), &list);
    QVERIFY(entry(u"Edit"_s, u"Undo Pin"_s));
    entry(u"Edit"_s, u"Undo Pin"_s)->trigger();
    QCOMPARE(m_session->undoStack().index(), 0);
    QCOMPARE(text.toPlainText(), u"note"_s);
    entry(u"Edit"_s, u"Redo Pin"_s)->trigger();
    QCOMPARE(m_session->undoStack().index(), 1);
}

void TestMenus::readOnlyTextIsOnlyCopied()
{
    QApplication::clipboard()->setText(u"other"_s);
    auto &text = focused<QPlainTextEdit>();
    text.setPlainText(u"evidence"_s);
    text.setReadOnly(true);
    QTRY_COMPARE(QApplication::focusWidget(), &text);
    entry(u"Edit"_s, u"Select all"_s)->trigger();
    QVERIFY(!entry(u"Edit"_s, u"Cut"_s)->isEnabled());
    QVERIFY(!entry(u"Edit"_s, u"Paste"_s)->isEnabled());
    entry(u"Edit"_s, u"Copy"_s)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"evidence"_s);
}

void TestMenus::listsAndTablesCopyTheirRows()
{
    auto &list = focused<QListWidget>();
    list.setSelectionMode(QAbstractItemView::ExtendedSelection);
    list.addItems({u"one"_s, u"two"_s, u"three"_s});
    QTRY_COMPARE(QApplication::focusWidget(), &list);
    entry(u"Edit"_s, u"Select all"_s)->trigger();
    entry(u"Edit"_s, u"Copy"_s)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"one\ntwo\nthree"_s);
    // The events' table knows itself how its rows read.
    auto *events = qobject_cast<EventsPane *>(m_window->dock(u"events"_s)->widget());
    m_window->layouts().showPerspective(u"world"_s);
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
    events->table().setFocus();
    QTRY_COMPARE(QApplication::focusWidget(), &events->table());
    events->table().selectRow(1);
    entry(u"Edit"_s, u"Copy"_s)->trigger();
    QVERIFY(!events->selectedAsText().isEmpty());
    QCOMPARE(QApplication::clipboard()->text(), events->selectedAsText());
}

void TestMenus::nothingOfTheSystemIsTaken()
{
    // What macOS keeps for itself, by Qt's names of its keys: Hide, Quit, Minimise, the switcher.
    const QList<QKeySequence> kept{QKeySequence(Qt::CTRL | Qt::Key_H),
                                   QKeySequence(Qt::CTRL | Qt::Key_Tab),
                                   QKeySequence(Qt::CTRL | Qt::Key_M)};
    for (const QAction *action : m_window->commands().all())
        QVERIFY2(!action->text().contains(u'&'), qPrintable(action->text())); // no mnemonics there
    for (const QAction *action : m_window->commands().all())
        for (const QKeySequence &key : action->shortcuts())
            QVERIFY2(!kept.contains(key), qPrintable(action->text()));
    const auto hasKey = [this](const QString &id, QKeySequence::StandardKey key) {
        return QKeySequence::keyBindings(key).contains(command(id)->shortcut());
    };
    QVERIFY(hasKey(u"edit.undo"_s, QKeySequence::Undo));
    QVERIFY(hasKey(u"edit.redo"_s, QKeySequence::Redo));
    QVERIFY(hasKey(u"edit.cut"_s, QKeySequence::Cut));
    QVERIFY(hasKey(u"edit.copyHere"_s, QKeySequence::Copy));
    QVERIFY(hasKey(u"edit.paste"_s, QKeySequence::Paste));
    QVERIFY(hasKey(u"edit.selectAll"_s, QKeySequence::SelectAll));
    QVERIFY(hasKey(u"file.close"_s, QKeySequence::Close));
    QVERIFY(hasKey(u"edit.filter"_s, QKeySequence::Find));
}

void TestMenus::rolesAreWhereMacOsPutsThem()
{
    const QHash<QString, QAction::MenuRole> wanted{{u"help.about"_s, QAction::AboutRole},
                                                   {u"file.settings"_s, QAction::PreferencesRole},
                                                   {u"file.quit"_s, QAction::QuitRole}};
    // Without a role of its own, a text such as "Settings of …" would be taken away by Qt's guess.
    for (const QAction *action : m_window->commands().all())
        QCOMPARE(action->menuRole(), wanted.value(action->objectName(), QAction::NoRole));
    QStringList titles;
    for (const QMenu *one : m_window->findChildren<QMenu *>())
        titles += one->title();
    QVERIFY(titles.contains(u"Edit"_s) && titles.contains(u"Window"_s) &&
            titles.contains(u"Help"_s));
    QVERIFY(titles.indexOf(u"Window"_s) < titles.indexOf(u"Help"_s));
}

void TestMenus::windowMenuBringsForward()
{
    QVERIFY(entry(u"Window"_s, u"Bench"_s)->isChecked());
    QVERIFY(!entry(u"Window"_s, m_window->windowTitle())->isChecked());
    entry(u"Window"_s, m_window->windowTitle())->trigger();
    QTRY_VERIFY(m_window->isActiveWindow());
    QVERIFY(entry(u"Window"_s, m_window->windowTitle())->isChecked());
    entry(u"Window"_s, u"Bench"_s)->trigger();
    QTRY_VERIFY(m_bench->isActiveWindow());
    entry(u"Window"_s, u"Bring all to front"_s)->trigger();
    QTRY_VERIFY(m_window->isActiveWindow());
    QVERIFY(m_bench->isVisible());
    entry(u"Window"_s, u"Zoom"_s)->trigger();
    QVERIFY(m_window->isMaximized());
    entry(u"Window"_s, u"Zoom"_s)->trigger();
    QVERIFY(!m_window->isMaximized());
    entry(u"Window"_s, u"Minimise"_s)->trigger();
    QVERIFY(m_window->isMinimized());
    entry(u"Window"_s, m_window->windowTitle())->trigger();
    QVERIFY(!m_window->isMinimized());
    m_bench.reset();
    QVERIFY(!entry(u"Window"_s, u"Bench"_s));
}

void TestMenus::windowMenuListsTheOpenCases()
{
    workspace::Investigations &cases = m_window->investigations();
    const auto first = cases.create(u"Oil & gas"_s)->id();
    const auto second = cases.create(u"Strait"_s)->id();
    QVERIFY(entry(u"Window"_s, u"Strait"_s)->isChecked());
    QVERIFY(!entry(u"Window"_s, u"Oil && gas"_s)->isChecked());
    entry(u"Window"_s, u"Oil && gas"_s)->trigger();
    QCOMPARE(cases.current()->id(), first);
    QCOMPARE(m_window->layouts().current(), u"case"_s);
    QTRY_COMPARE(cases.current()->unsaved(), std::size_t(0));
    QVERIFY(cases.close(first));
    QVERIFY(!entry(u"Window"_s, u"Oil && gas"_s));
    QCOMPARE(cases.current()->id(), second);
}

QTEST_MAIN(TestMenus)
#include "tst_menus.moc"
