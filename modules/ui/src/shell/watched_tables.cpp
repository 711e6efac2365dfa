// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/watched_tables.h"

#include "shell/view_history.h"
#include "signals/evidence_charts.h"
#include "signals/small_table.h"

#include <QCoreApplication>
#include <QSlider>

namespace chrona::ui {

namespace {

QString stepText(const char *text)
{
    return QCoreApplication::translate("WatchedTables", text);
}

} // namespace

void watchTables(ViewHistory &history, const QWidget &window)
{
    for (TableView *table : window.findChildren<TableView *>()) {
        if (qobject_cast<SmallTable *>(table))
            continue; // facts of one thing: nothing in them is arranged
        history.add({table, stepText(QT_TRANSLATE_NOOP("WatchedTables", "Arrange the table")),
                     [table] { return table->arrangement(); },
                     [table](const QList<double> &state) { table->setArrangement(state); }});
        QObject::connect(
            table, &TableView::rearranged, &history,
            [&history, table](const QList<double> &before) { history.moved(table, before); });
    }
}

void watchLag(ViewHistory &history, EvidenceCharts &charts)
{
    history.add({&charts, stepText(QT_TRANSLATE_NOOP("WatchedTables", "Move the lag")),
                 [&charts] {
                     return QList<double>{double(charts.signalId()),
                                          double(charts.lagSlider().value())};
                 },
                 [&charts](const QList<double> &at) {
                     if (double(charts.signalId()) == at[0])
                         charts.lagSlider().setValue(int(at[1]));
                 }});
}

} // namespace chrona::ui
