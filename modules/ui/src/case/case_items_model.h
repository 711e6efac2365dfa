// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QAbstractListModel>

#include <vector>

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

/// The items of one kind of the current investigation; pins by what they point at. Keeps rows where
/// it can, so that views keep their place and their current row. UI thread only.
class CaseItemsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< qint64
        OpensGroupRole,        ///< bool: the first pin of its kind
    };

    CaseItemsModel(workspace::Investigations &book, schema::CaseItemKind kind, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// nullptr where it is gone. Valid until the investigation changes.
    [[nodiscard]] const schema::CaseItem *item(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(schema::CaseItemId id) const;

Q_SIGNALS:
    /// Rows or what they say are new.
    void refreshed();

private:
    void refresh();

    workspace::Investigations &m_book;
    const schema::CaseItemKind m_kind;
    std::vector<schema::CaseItemId> m_ids;
};

} // namespace chrona::ui
