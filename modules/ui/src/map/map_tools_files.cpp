// SPDX-License-Identifier: AGPL-3.0-or-later
// The map as files, from its tools.
#include "map_tools.h"

#include "event_file.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/ui/map/map_view.h"

#include <QFileDialog>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace chrona::ui {

void MapTools::fillFileMenu(QMenu &menu)
{
    menu.addAction(tr("Picture (PNG)…"), this, [this] { save(u"png"_s); });
    menu.addAction(tr("Page (PDF)…"), this, [this] { save(u"pdf"_s); });
    menu.addAction(tr("Events in view (GeoJSON)…"), this, [this] { save(u"geojson"_s); });
}

void MapTools::save(const QString &kind)
{
    const QString path = QFileDialog::getSaveFileName(&m_view, tr("Save the map"),
                                                      u"map."_s + kind, u"*."_s + kind);
    if (path.isEmpty())
        return;
    if (kind == u"geojson")
        return saveEvents(path);
    tellSaved(path, kind == u"pdf" ? m_view.exportPdf(path) : m_view.exportPng(path));
}

void MapTools::tellSaved(const QString &path, const Status &saved)
{
    if (saved)
        return say(tr("Saved as %1").arg(path));
    const FailureText text = failureText(saved.error());
    say(tr("Not saved: %1 %2").arg(text.cause, text.remedy));
}

/// Titles of many events take a while to come: how far it is is said, and Escape ends it.
void MapTools::saveEvents(const QString &path)
{
    stopFile();
    m_view.exportGeoJson(path, [this, path](const Status &saved) { tellSaved(path, saved); });
    if (auto *file = m_view.findChild<EventFile *>())
        connect(file, &EventFile::progressed, this, [this](qint64 done, qint64 total) {
            say(tr("Reading titles: %1 (Escape stops)").arg(countOfText(done, total)));
        });
}

bool MapTools::stopFile()
{
    auto *file = m_view.findChild<EventFile *>();
    if (!file)
        return false;
    // It may be telling how far it is just now.
    file->disconnect();
    file->setParent(nullptr);
    file->deleteLater();
    say(tr("Not saved: it was stopped."));
    return true;
}

} // namespace chrona::ui
