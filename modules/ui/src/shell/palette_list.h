// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/command_palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace chrona::ui {

/// The palette's lines, best first.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setEntries(QList<PaletteLine> entries);
    [[nodiscard]] const PaletteLine &entry(int row) const { return m_entries[row]; }
    [[nodiscard]] const QList<PaletteLine> &entries() const { return m_entries; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<PaletteLine> m_entries;
};

class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    PaletteDelegate(const Theme &theme, const PaletteModel &model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    const PaletteModel &m_model;
};

} // namespace chrona::ui
