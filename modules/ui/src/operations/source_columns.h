// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/sources_model.h"
#include "tables/cell_delegate.h"
#include "text/time_text.h"

namespace chrona::ui {

/// The workspace's sources with our column titles and spoken texts.
class SourceColumnsModel final : public workspace::SourcesModel {
    Q_OBJECT
public:
    using SourcesModel::SourcesModel;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

/// The colour that goes with a source's state; its shape and word go with it.
[[nodiscard]] Role roleOf(schema::SourceState state);

class SourceDelegate final : public CellDelegate {
    Q_OBJECT
public:
    SourceDelegate(const Theme &theme, const SourceColumnsModel &model, QObject *parent);
    void setTimeText(const TimeText &times) { m_times = times; }

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override;
    [[nodiscard]] QString hint(const QModelIndex &index) const override;

private:
    const SourceColumnsModel &m_model;
    TimeText m_times;
};

} // namespace chrona::ui
