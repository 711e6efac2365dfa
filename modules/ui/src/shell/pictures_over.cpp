// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures of what opens over the window.
#include "events/events_pane.h"
#include "operations/import_dialog.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/pictures.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Prices as another program writes them, under names of its own.
constexpr QByteArrayView kForeignPrices = "Date,Ticker,Open,High,Low,Closing price,Remark\n"
                                          "2026-01-05,ACME,10.10,10.90,9.80,10.50,\n"
                                          "2026-01-06,ACME,10.50,10.70,10.20,10.30,split\n"
                                          "2026-01-07,ACME,10.30,11.40,10.30,11.20,\n";

void closePopups()
{
    while (QWidget *popup = QApplication::activePopupWidget())
        if (!popup->close())
            break;
}

} // namespace

void Pictures::planOver(const QString &suffix)
{
    auto *events = qobject_cast<EventsPane *>(m_window.dock(u"events"_s)->widget());
    add({}, [this] { m_window.layouts().showPerspective(u"world"_s); });
    add(u"filter-"_s + suffix, [this, events] {
        m_window.activateWindow(); // lists of completion open where the keys go
        events->typeFilter(u"type:"_s);
    });
    add({}, [events] {
        closePopups();
        events->clearFilter();
    });
    // A menu has an event loop of its own, in which the picture is taken. macOS has it in its bar.
    if (QAction *menu = m_window.commands().action(u"help.menu"_s)) {
        add(u"menu-"_s + suffix, [menu] { QTimer::singleShot(0, menu, &QAction::trigger); });
        add({}, closePopups);
    }
    add(
        u"import-"_s + suffix,
        [this] {
            QFile file(m_files.filePath(u"prices.csv"_s));
            if (file.open(QIODevice::WriteOnly))
                file.write(kForeignPrices.toByteArray());
            file.close();
            m_window.importFile(file.fileName());
        },
        [this]() -> QWidget * { return m_window.findChild<ImportDialog *>(); });
}

QPixmap Pictures::windowAsSeen() const
{
    QPixmap picture = m_window.grab();
    QPainter painter(&picture);
    for (QWidget *over : QApplication::topLevelWidgets())
        if (over->isVisible() && over->windowType() == Qt::Popup)
            painter.drawPixmap(m_window.mapFromGlobal(over->pos()), over->grab());
    return picture;
}

} // namespace chrona::ui
