// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case/case_items_model.h"

#include "case/case_names.h"
#include "chrona/workspace/investigations.h"
#include "text/names.h"

#include <algorithm>

namespace chrona::ui {

using schema::CaseItem;
using schema::CaseItemId;
using schema::CaseItemKind;
using workspace::Investigations;

CaseItemsModel::CaseItemsModel(Investigations &book, CaseItemKind kind, QObject *parent)
    : QAbstractListModel(parent), m_book(book), m_kind(kind)
{
    connect(&book, &Investigations::currentChanged, this, &CaseItemsModel::refresh);
    connect(&book, &Investigations::currentEdited, this, &CaseItemsModel::refresh);
    refresh();
}

int CaseItemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

const CaseItem *CaseItemsModel::item(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (!index.isValid() || row >= m_ids.size() || !m_book.current())
        return nullptr;
    return m_book.current()->find(m_ids[row]);
}

QVariant CaseItemsModel::data(const QModelIndex &index, int role) const
{
    const CaseItem *one = item(index);
    if (!one)
        return {};
    switch (role) {
    case Qt::DisplayRole: return itemTitle(*one);
    case Qt::AccessibleTextRole:
        return m_kind == CaseItemKind::Pin ? QVariant(pinKindName(one->target.kind) +
                                                      QStringLiteral(": ") + itemTitle(*one))
                                           : QVariant(itemTitle(*one));
    case Qt::ToolTipRole: return one->text.empty() ? targetName(one->target) : fromUtf8(one->text);
    case IdRole: return qint64{one->id.value};
    case OpensGroupRole: {
        const CaseItem *before = index.row() > 0 ? item(this->index(index.row() - 1)) : nullptr;
        return !before || before->target.kind != one->target.kind;
    }
    default: return {};
    }
}

QModelIndex CaseItemsModel::indexOf(CaseItemId id) const
{
    const auto found = std::ranges::find(m_ids, id);
    return found == m_ids.end() ? QModelIndex() : index(static_cast<int>(found - m_ids.begin()));
}

void CaseItemsModel::refresh()
{
    std::vector<CaseItemId> ids;
    if (const workspace::Investigation *current = m_book.current()) {
        auto items = current->items(m_kind);
        if (m_kind == CaseItemKind::Pin)
            std::ranges::stable_sort(items, {},
                                     [](const CaseItem *pin) { return pin->target.kind; });
        for (const CaseItem *one : items)
            ids.push_back(one->id);
    }
    // Rows that are gone, then those that came, each in its place: in one pass, as both lists are
    // in the same order unless a pin changed its kind, which none does.
    for (int row = rowCount() - 1; row >= 0; --row)
        if (!std::ranges::contains(ids, m_ids[static_cast<std::size_t>(row)])) {
            beginRemoveRows({}, row, row);
            m_ids.erase(m_ids.begin() + row);
            endRemoveRows();
        }
    for (std::size_t row = 0; row < ids.size(); ++row)
        if (row >= m_ids.size() || m_ids[row] != ids[row]) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_ids.insert(m_ids.begin() + static_cast<std::ptrdiff_t>(row), ids[row]);
            endInsertRows();
        }
    if (!m_ids.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT refreshed();
}

} // namespace chrona::ui
