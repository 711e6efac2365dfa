// SPDX-License-Identifier: AGPL-3.0-or-later
// What leads from the table of events elsewhere: jumps, copies, files, saved filters.
#include "chrona/ui/map/map_view.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/event_csv.h"
#include "events/events_pane.h"
#include "events/stored_csv.h"
#include "events/stored_view.h"
#include "graph/graph_pane.h"
#include "map/event_file.h"
#include "map/map_tools.h"
#include "operations/import_dialog.h"
#include "shell/ask_text.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"
#include "shell/saved_filters.h"
#include "shell/stop_button.h"
#include "text/names.h"
#include "text/time_text.h"
#include "timeline/timeline_pane.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kJumpDegrees = 4; ///< to each side of an event that is jumped to

schema::GeoBox around(float longitude, float latitude)
{
    const auto east = static_cast<double>(longitude), north = static_cast<double>(latitude);
    return {std::max(east - kJumpDegrees, -180.0), std::max(north - kJumpDegrees / 2, -85.0),
            std::min(east + kJumpDegrees, 180.0), std::min(north + kJumpDegrees / 2, 85.0)};
}

using EventPlace = workspace::StoredEventsModel::Place;

/// Where an event is that is loaded, or looked at in the table of the whole database.
std::optional<EventPlace> whereIs(qint64 event, const workspace::EventStore &loaded,
                             const workspace::StoredEventsModel &stored)
{
    const auto row = loaded.rowOf(event);
    if (!row)
        return stored.placeOf(event);
    const schema::EventColumns &columns = loaded.snapshot()->columns;
    return EventPlace{columns.observedAt[*row],
                 (columns.flags[*row] & schema::EventColumns::kHasPlace) != 0,
                 columns.longitude[*row], columns.latitude[*row]};
}

/// All that the filter lets pass in the database, whether it was scrolled to or not.
void exportStored(StoredCsv &file, const QString &name, QStatusBar &bar)
{
    QObject::connect(&offerStop(bar, file, MainWindow::tr("Stop exporting %1").arg(name)),
                     &QPushButton::clicked, &file, &StoredCsv::stop);
    QObject::connect(&file, &StoredCsv::progressed, &bar, [&bar](qint64 rows) {
        bar.showMessage(MainWindow::tr("Exporting events: %1").arg(countText(rows)));
    });
    QObject::connect(&file, &StoredCsv::finished, &bar, [&bar, name](qint64 rows) {
        bar.showMessage(MainWindow::tr("%1 rows exported to %2").arg(countText(rows), name), 5000);
    });
    file.start();
}

} // namespace

void MainWindow::makeTableCommands()
{
    const auto add = [this](const QString &id, const QString &text, const QString &group,
                            const QKeySequence &keys, const QString &icon,
                            std::function<void()> run) {
        return m_commands.add({id, text, group, keys, icon}, *this, std::move(run));
    };
    QAction *copy = add(u"edit.copyRows"_s, tr("Copy the selected rows"), tr("Edit"),
                        {}, u"table"_s, [this] {
                            if (const QString rows = m_events->selectedAsText(); !rows.isEmpty())
                                QApplication::clipboard()->setText(rows);
                        });
    add(u"data.import"_s, tr("Import a file…"), tr("Data"), QKeySequence(u"Ctrl+Shift+O"_s),
        u"import"_s, [this] {
            const QString path = QFileDialog::getOpenFileName(
                this, tr("Import a file of your own"), {},
                tr("Tables and maps (*.csv *.geojson *.topojson *.json)"));
            if (!path.isEmpty())
                importFile(path);
        });
    QAction *save = add(u"data.eventsCsv"_s, tr("Export the events as CSV…"), tr("Data"), {},
                        u"export"_s, [this] {
                            const QString path = QFileDialog::getSaveFileName(
                                this, tr("Export the events as CSV"), u"events.csv"_s,
                                tr("Comma-separated values (*.csv)"));
                            if (!path.isEmpty())
                                exportEventsTo(path);
                        });
    const auto saveMap = [this](const QString &kind) {
        return [this, kind] {
            if (auto *view = qobject_cast<MapView *>(dock(u"map"_s)->widget()))
                view->tools().save(kind);
        };
    };
    add(u"data.mapPng"_s, tr("Export the map as a picture…"), tr("Data"), {}, u"export"_s,
        saveMap(u"png"_s));
    add(u"data.mapPdf"_s, tr("Export the map as a page…"), tr("Data"), {}, u"export"_s,
        saveMap(u"pdf"_s));
    add(u"data.mapGeoJson"_s, tr("Export the events on the map as GeoJSON…"), tr("Data"), {},
        u"export"_s, saveMap(u"geojson"_s));
    QAction *map = add(u"jump.map"_s, tr("Show the event on the map"), tr("View"),
                       QKeySequence(u"Ctrl+Alt+O"_s), u"globe"_s, [this] { jumpTo(u"map"_s); });
    QAction *graph = add(u"jump.graph"_s, tr("Show the event in the graph"), tr("View"),
                         QKeySequence(u"Ctrl+Alt+N"_s), u"graph"_s, [this] { jumpTo(u"graph"_s); });
    QAction *timeline =
        add(u"jump.timeline"_s, tr("Show the event on the timeline"), tr("View"),
            QKeySequence(u"Ctrl+Alt+T"_s), u"timeline"_s, [this] { jumpTo(u"timeline"_s); });
    add(u"edit.saveFilter"_s, tr("Save the filter as…"), tr("Edit"), {}, u"note"_s, [this] {
        askText(*this, {tr("Save the filter"), tr("Name of the filter")},
                [this](const QString &name) {
                    m_filters->save(name);
                    statusBar()->showMessage(tr("Saved as “%1”").arg(name), 5000);
                });
    });
    m_events->table().addActions({copy, map, graph, timeline, save});
    m_events->stored().setContextMenuPolicy(Qt::ActionsContextMenu);
    m_events->stored().addActions({copy, map, graph, timeline, save});
    m_filters = new SavedFilters(m_session, *m_events, m_settings, this);
    auto *menu = new QMenu(&m_events->savedFilters());
    m_events->savedFilters().setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addAction(m_commands.action(u"edit.saveFilter"_s));
        menu->addAction(m_commands.action(u"alerts.filter"_s));
        m_filters->offer(*menu);
    });
}

void MainWindow::jumpTo(const QString &view)
{
    const qint64 event = m_session.focus().selectedEvent();
    const auto place = event != 0 ? whereIs(event, m_session.events(), m_events->stored().stored())
                                  : std::nullopt;
    if (!place)
        return;
    if (view == "graph"_L1) {
        m_layouts->showPerspective(u"graph"_s);
        m_graph->add({ipc::GraphNodeKind::Event, event});
    } else if (view == "timeline"_L1) {
        reveal(*dock(view));
        m_timeline->showAround(place->observedAt);
        m_timeline->view().setFocus(Qt::ShortcutFocusReason);
    } else if (!place->hasPlace) {
        statusBar()->showMessage(tr("The source does not say where it was."), 5000);
    } else {
        m_layouts->showPerspective(u"world"_s);
        if (auto *map = qobject_cast<MapView *>(dock(u"map"_s)->widget()))
            map->fitTo(around(place->longitude, place->latitude));
    }
}

void MainWindow::importFile(const QString &path)
{
    auto *dialog = new ImportDialog(m_session, m_theme, path, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, [this, dialog](const ipc::ImportReport &report) {
        statusBar()->showMessage(tr("%1 rows imported").arg(countText(report.accepted)), 8000);
        if (dialog->boundarySet().isEmpty())
            return;
        // Whoever imports outlines wants to see them.
        workspace::MapLayers layers = m_session.focus().layers();
        layers.boundarySet = dialog->boundarySet();
        layers.showBoundaries = true;
        m_session.focus().setLayers(std::move(layers));
    });
    dialog->open();
}

void MainWindow::exportEventsTo(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    if (m_events->scope() == EventsPane::Scope::Database) {
        const auto &stored = m_events->stored().stored();
        auto *all = new StoredCsv(m_session, *stored.pick(), stored.sortOrder(), path, this);
        connect(all, &StoredCsv::failed, this, &MainWindow::report);
        return exportStored(*all, name, *statusBar());
    }
    const EventColumnsModel &table = m_events->model();
    auto *file = new EventCsv(m_session, table.snapshot(), table.snapshotRows(), this);
    connect(&offerStop(*statusBar(), *file, tr("Stop exporting %1").arg(name)),
            &QPushButton::clicked, file, &EventCsv::stop);
    connect(file, &EventCsv::progressed, this, [this](qint64 done, qint64 total) {
        statusBar()->showMessage(
            tr("Exporting events: %1").arg(countOfText(done, total)));
    });
    connect(file, &EventCsv::finished, this, [this, path, name](const QByteArray &csv) {
        if (const Status written = EventFile::write(path, csv); !written)
            report(written.error());
        else
            statusBar()->showMessage(tr("Exported to %1").arg(name), 5000);
    });
    file->start();
}

} // namespace chrona::ui
