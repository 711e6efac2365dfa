// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/jobs_model.h"
#include "tables/cell_delegate.h"
#include "text/time_text.h"

namespace chrona::ui {

/// The workspace's jobs with our column titles.
class JobColumnsModel final : public workspace::JobsModel {
    Q_OBJECT
public:
    using JobsModel::JobsModel;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
};

[[nodiscard]] QString stateName(ipc::JobState state);
[[nodiscard]] Role roleOf(ipc::JobState state);
/// "demo.load" → "Load the sample world"; an unknown kind as words.
[[nodiscard]] QString jobKindName(std::string_view kind);
[[nodiscard]] bool canCancel(ipc::JobState state);
[[nodiscard]] bool canRetry(ipc::JobState state);

class JobDelegate final : public CellDelegate {
    Q_OBJECT
public:
    JobDelegate(const Theme &theme, const JobColumnsModel &model, QObject *parent);
    void setTimeText(const TimeText &times) { m_times = times; }

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override;
    [[nodiscard]] QString hint(const QModelIndex &index) const override;

private:
    const JobColumnsModel &m_model;
    TimeText m_times;
};

} // namespace chrona::ui
