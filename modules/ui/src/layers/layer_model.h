// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_selector.h"
#include "chrona/workspace/event_store.h"
#include "chrona/workspace/focus.h"

#include <QAbstractListModel>

#include <array>

namespace chrona::ui {

/// One line per category, and one per type below a category that is unfolded. Check states drive
/// the type mask of Focus; counts are those of the time window, whether the layer is shown or not.
class LayerModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role : int { CategoryRole = Qt::UserRole, IsTypeRole, CountRole, IsOpenRole };

    LayerModel(workspace::Focus &focus, workspace::EventStore &store, QObject *parent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    void toggle(const QModelIndex &index);
    /// Shows this one alone; again: shows all.
    void solo(const QModelIndex &index);
    void setOpen(const QModelIndex &index, Qt::CheckState open);
    [[nodiscard]] qint64 total() const { return m_total; }

Q_SIGNALS:
    void countsChanged();

private:
    struct Row {
        schema::EventCategory category;
        std::optional<schema::EventType> type; ///< nullopt: the category itself
    };
    [[nodiscard]] std::uint32_t maskOf(const Row &row) const;
    [[nodiscard]] qint64 countOf(const Row &row) const;
    void rebuild();
    void recount();
    void refreshAll();

    workspace::Focus &m_focus;
    workspace::EventStore &m_store;
    std::vector<Row> m_rows;
    std::array<bool, schema::kEventCategoryCount> m_isOpen{};
    std::array<qint64, 256> m_counts{};
    qint64 m_total = 0;
};

} // namespace chrona::ui
