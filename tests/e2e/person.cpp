// SPDX-License-Identifier: AGPL-3.0-or-later
#include "person.h"

#include "chrona/ui/map/map_view.h"
#include "chrona/workspace/session.h"
#include "shell/command_palette.h"
#include "shell/commands.h"
#include "shell/dock.h"
#include "shell/main_window.h"
#include "shell/palette_list.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QSet>
#include <QTimer>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace chrona::e2e {

void Person::sitsDown()
{
    m_window = topLevel<ui::MainWindow>();
    QVERIFY(m_window);
    m_window->activateWindow(); // as a window manager would
    QVERIFY(QTest::qWaitForWindowActive(m_window, 60'000));
    m_map = m_window->findChild<ui::MapView *>();
    QVERIFY(m_map);
}

workspace::Session &Person::session() const
{
    return m_map->session();
}

QWidget *Person::contentOf(const QString &dock) const
{
    return m_window->dock(dock)->widget();
}

void Person::presses(const QString &keys) const
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window, 60'000));
    QTest::keySequence(m_window, QKeySequence(keys));
}

void Person::commands(const QString &words) const
{
    presses(u"Ctrl+K"_s);
    const ui::CommandPalette &palette = m_window->commandPalette();
    auto *line = palette.findChild<QLineEdit *>();
    QVERIFY(palette.isVisible() && line && line->hasFocus());
    QTest::keyClicks(line, words);
    const auto *list = palette.findChild<QListView *>();
    const auto isFirst = [&] {
        const QModelIndex current = list->currentIndex();
        return current.isValid() && current.row() == 0 &&
               static_cast<const ui::PaletteModel *>(list->model())
                   ->entry(0)
                   .title.startsWith(words, Qt::CaseInsensitive);
    };
    JOURNEY_VERIFY(isFirst());
    QTest::keyClick(line, Qt::Key_Return);
}

void Person::willType(const QString &path)
{
    auto *hand = new QTimer(m_window);
    QObject::connect(
        hand, &QTimer::timeout, m_window, [this, hand, path, typed = qsizetype(-1)]() mutable {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            if (!dialog || !dialog->isVisible() || !typesOn(*dialog, path, typed))
                return;
            hand->stop();
            hand->deleteLater();
        });
    hand->start(5);
}

/// A key at a time, because the dialog completes what is typed; true: it was all.
bool Person::typesOn(QFileDialog &dialog, const QString &path, qsizetype &typed)
{
    auto *line = qobject_cast<QLineEdit *>(dialog.focusWidget());
    if (!line) // it has not given itself the keys yet
        return false;
    if (typed < 0)
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    else if (typed < path.size())
        QTest::keyClicks(line, path.sliced(typed, 1));
    if (typed++ < path.size())
        return false;
    QTest::keyClick(line, Qt::Key_Return);
    if (dialog.isVisible()) {
        dialog.reject(); // else nothing would go on
        QTest::qFail("the dialog did not take the file", __FILE__, __LINE__);
        return true;
    }
    ++m_filesGiven;
    return true;
}

void Person::clicks(QWidget &within, const QString &button)
{
    for (QAbstractButton *one : within.findChildren<QAbstractButton *>())
        if ((one->text() == button || one->accessibleName() == button) && one->isVisible()) {
            QTest::mouseClick(one, Qt::LeftButton);
            return;
        }
    QFAIL(qPrintable(u"there is no button “%1”"_s.arg(button)));
}

void Person::drags(QWidget &widget, QPoint from, QPoint to)
{
    QTest::mousePress(&widget, Qt::LeftButton, {}, from);
    QTest::mouseMove(&widget, from + (to - from) / 4);
    QTest::mouseMove(&widget, to);
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

qsizetype Person::coloursOf(const QString &picture, QSize size)
{
    const QImage seen(picture);
    if (seen.size() != size)
        return 0;
    const QImage small = seen.scaled(64, 64);
    QSet<QRgb> colours;
    for (int y = 0; y < small.height(); ++y)
        for (int x = 0; x < small.width(); ++x)
            colours.insert(small.pixel(x, y));
    return colours.size();
}

void Person::turnsWheel(QWidget &widget, int notches)
{
    const QPointF middle(widget.width() / 2.0, widget.height() / 2.0);
    QWheelEvent turn(middle, widget.mapToGlobal(middle), {}, {0, 120 * notches}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &turn);
}

} // namespace chrona::e2e
