// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/exposure_book.h"

#include <QAbstractTableModel>

#include <vector>

namespace chrona::ui {

/// The rules that have a text in one of their words, and where each comes from. UI thread only.
class ExposureModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : std::uint8_t { From, To, Weight, Origin, Why, ColumnCount };

    explicit ExposureModel(const workspace::ExposureBook &book, QObject *parent);

    void setSearch(const QString &text);
    [[nodiscard]] const workspace::ExposureRule &rule(int row) const;
    /// -1: it is not among those that are shown.
    [[nodiscard]] int rowOf(const std::string &from, const std::string &to) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// "ships", "changed, ships with 0.80", "switched off, ships with 0.80", "own".
    [[nodiscard]] static QString originText(const workspace::ExposureRule &rule);

private:
    void refresh();

    const workspace::ExposureBook &m_book;
    QString m_search;
    std::vector<workspace::ExposureRule> m_rules;
};

} // namespace chrona::ui
