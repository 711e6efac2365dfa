// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/saved_filters.h"

#include "chrona/workspace/filter_language.h"
#include "chrona/workspace/session.h"
#include "events/events_pane.h"

#include <QMenu>
#include <QSettings>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr auto kFiltersKey = "filters"_L1;

/// Names may hold what separates groups in the file.
QString filterKey(const QString &name)
{
    return kFiltersKey + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

workspace::FilterNames namesIn(workspace::Session &session)
{
    const auto snapshot = session.events().snapshot();
    return {snapshot->regions, snapshot->sources};
}

} // namespace

SavedFilters::SavedFilters(workspace::Session &session, EventsPane &events, QSettings &settings,
                           QObject *parent)
    : QObject(parent), m_session(session), m_events(events), m_settings(settings)
{
}

QStringList SavedFilters::names() const
{
    m_settings.beginGroup(kFiltersKey);
    const QStringList keys = m_settings.childKeys();
    m_settings.endGroup();
    QStringList names;
    for (const QString &key : keys)
        names += QUrl::fromPercentEncoding(key.toLatin1());
    names.sort(Qt::CaseInsensitive);
    return names;
}

QString SavedFilters::text(const QString &name) const
{
    return m_settings.value(filterKey(name)).toString();
}

void SavedFilters::save(const QString &name)
{
    m_settings.setValue(filterKey(name),
                        workspace::filterText(m_session.focus().filter(), namesIn(m_session)));
}

void SavedFilters::apply(const QString &name)
{
    if (const auto filter = workspace::parseFilter(text(name), namesIn(m_session)))
        m_session.focus().setFilter(*filter);
    else
        m_events.typeFilter(text(name));
}

void SavedFilters::remove(const QString &name)
{
    m_settings.remove(filterKey(name));
}

void SavedFilters::offer(QMenu &menu)
{
    const QStringList all = names();
    if (all.isEmpty())
        return;
    menu.addSeparator();
    for (const QString &name : all)
        menu.addAction(name, this, [this, name] { apply(name); });
    QMenu *removal = menu.addMenu(tr("Delete"));
    for (const QString &name : all)
        removal->addAction(name, this, [this, name] { remove(name); });
}

QList<PaletteLine> SavedFilters::linesFor(const QString &query)
{
    QList<PaletteLine> lines;
    for (const QString &name : names())
        if (name.contains(query, Qt::CaseInsensitive))
            lines.append({tr("Filter"),
                          name,
                          text(name),
                          u"filter"_s,
                          {},
                          [this, name] { apply(name); },
                          0.6});
    return lines;
}

} // namespace chrona::ui
