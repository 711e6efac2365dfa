// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/signals_model.h"
#include "chrona/workspace/refused_model.h"
#include "tables/cell_delegate.h"

namespace chrona::ui {

/// The workspace's signals with our column titles.
class SignalColumnsModel final : public workspace::SignalsModel {
    Q_OBJECT
public:
    using SignalsModel::SignalsModel;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

/// Rows of signals: effect with the inner half of its blocks as a bar, stability as a bar, a badge
/// where the feature stands out now.
class SignalDelegate final : public CellDelegate {
    Q_OBJECT
public:
    SignalDelegate(const Theme &theme, const workspace::SignalsModel &model, QObject *parent);

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override;
    [[nodiscard]] QString hint(const QModelIndex &index) const override;

private:
    const workspace::SignalsModel &m_model;
};

class RefusedColumnsModel final : public workspace::RefusedModel {
    Q_OBJECT
public:
    using RefusedModel::RefusedModel;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

class RefusedDelegate final : public CellDelegate {
    Q_OBJECT
public:
    RefusedDelegate(const Theme &theme, const workspace::RefusedModel &model, QObject *parent);

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    [[nodiscard]] QString hint(const QModelIndex &index) const override;

private:
    const workspace::RefusedModel &m_model;
};

} // namespace chrona::ui
