// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/event_columns_model.h"

#include "text/names.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace chrona::ui {

QVariant EventColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? title(section, role) : QVariant();
}

QVariant EventColumnsModel::title(int column, int role)
{
    const bool isNumber = column == Severity || column == Confidence;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Time: return tr("Observed");
    case Type: return tr("Type");
    case Title: return tr("Headline");
    case Region: return tr("Region");
    case Source: return tr("Source");
    case Severity: return tr("Severity %");
    case Confidence: return tr("Confidence %");
    default: return {};
    }
}

QVariant EventColumnsModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::AccessibleTextRole)
        return EventTableModel::data(index, role);
    return spoken(index.column(), EventTableModel::data(index, Qt::DisplayRole));
}

QString EventColumnsModel::spoken(int column, const QVariant &value)
{
    switch (value.isNull() ? Title : column) {
    case Time: return value.toDateTime().toString(Qt::ISODate);
    case Type: return typeName(static_cast<std::uint8_t>(value.toInt()));
    default: return value.toString();
    }
}

} // namespace chrona::ui
