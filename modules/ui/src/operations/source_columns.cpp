// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/source_columns.h"

#include "shell/status_mark.h"
#include "text/names.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace chrona::ui {

QVariant SourceColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == LastSuccess || section == NextRun || section == Items
                                        ? Qt::AlignRight
                                        : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Source");
    case State: return tr("State");
    case LastSuccess: return tr("Age");
    case NextRun: return tr("Next");
    case Items: return tr("Items");
    case Licence: return tr("Licence");
    case Mode: return tr("Kept");
    default: return {};
    }
}

Role roleOf(schema::SourceState state)
{
    switch (state) {
    case schema::SourceState::Idle: return Role::Ok;
    case schema::SourceState::Running: return Role::Accent;
    case schema::SourceState::Late: return Role::Watch;
    case schema::SourceState::Failing: return Role::Critical;
    case schema::SourceState::Disabled: return Role::Text3;
    case schema::SourceState::NeedsKey: return Role::Watch;
    case schema::SourceState::Refused: return Role::Watch;
    }
    return Role::Text3;
}

SourceDelegate::SourceDelegate(const Theme &theme, const SourceColumnsModel &model,
                               QObject *parent) :
    CellDelegate(theme, parent),
    m_model(model)
{
}

Cell SourceDelegate::cell(const QModelIndex &index) const
{
    const ipc::SourceEntry &entry = m_model.entry(index.row());
    const QFont body = m_theme.font(TextSize::Small);
    const QColor second = m_theme.color(Role::Text2);
    using Model = workspace::SourcesModel;
    switch (index.column()) {
    case Model::Name:
        return {fromUtf8(entry.source.name), body,
                m_theme.color(entry.source.enabled ? Role::Text1 : Role::Text3)};
    case Model::State: return {stateName(entry.health.state), body, second, Qt::AlignLeft, 14};
    case Model::LastSuccess:
        return {entry.health.lastSuccessAt ? ageText(nowInstant() - *entry.health.lastSuccessAt)
                                           : u"–"_s,
                body, second, Qt::AlignRight};
    case Model::NextRun: {
        if (!entry.health.nextRunAt || !entry.source.enabled)
            return {u"–"_s, body, second, Qt::AlignRight};
        const Duration wait = *entry.health.nextRunAt - nowInstant();
        return {wait.count() <= 0 ? tr("due") : spanText(wait), body, second, Qt::AlignRight};
    }
    case Model::Items:
        return {shortCountText(static_cast<qint64>(entry.health.itemsTotal)), body, second,
                Qt::AlignRight};
    case Model::Mode: return {modeName(entry.source.mode), body, second};
    case Model::Licence: return {fromUtf8(entry.source.licence), body, second};
    default: return {index.data().toString(), body, second};
    }
}

void SourceDelegate::paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    if (index.column() != workspace::SourcesModel::State)
        return;
    const Role role = roleOf(m_model.entry(index.row()).health.state);
    paintMark(painter, QRectF(box.left(), box.center().y() - 3.5, 8, 8), markShapeOf(role),
              m_theme.color(role));
}

QString SourceDelegate::hint(const QModelIndex &index) const
{
    const ipc::SourceEntry &entry = m_model.entry(index.row());
    using Model = workspace::SourcesModel;
    if (index.column() == Model::State)
        return fromUtf8(entry.health.lastError);
    const auto &moment = index.column() == Model::LastSuccess ? entry.health.lastSuccessAt
                                                              : entry.health.nextRunAt;
    const bool isTime = index.column() == Model::LastSuccess || index.column() == Model::NextRun;
    return isTime && moment ? m_times.second(*moment) + u' ' + m_times.zoneName() : QString();
}

} // namespace chrona::ui
