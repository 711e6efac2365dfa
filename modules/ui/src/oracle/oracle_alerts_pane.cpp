// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_alerts_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/oracle_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

class AlertDelegate final : public CellDelegate {
public:
    AlertDelegate(const Theme &theme, const OracleAlertsModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const bool holds = !m_model.alert(index.row()).endedAt;
        const bool isFirst = index.column() == OracleAlertsModel::What;
        return {index.data().toString(),
                m_theme.font(TextSize::Small,
                             isFirst && holds ? TextWeight::Strong : TextWeight::Regular),
                m_theme.color(holds && isFirst ? Role::Text1 : Role::Text2),
                isFirst ? Qt::AlignLeft : Qt::AlignRight, isFirst ? 14 : 0};
    }

    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        if (index.column() != OracleAlertsModel::What)
            return;
        const bool holds = !m_model.alert(index.row()).endedAt;
        paintStanding(painter, QRectF(box.left(), box.top(), 8, box.height()),
                      holds ? ipc::OracleStanding::Deviating : ipc::OracleStanding::Silent,
                      m_theme.color(holds ? Role::Warning : Role::Text3));
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const OracleAlertsModel &m_model;
};

} // namespace

OracleAlertsModel::OracleAlertsModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch), m_alerts(watch.alerts())
{
    connect(&watch, &workspace::OracleWatch::alertsChanged, this, [this] {
        if (m_watch.alerts() == m_alerts)
            return;
        beginResetModel();
        m_alerts = m_watch.alerts();
        endResetModel();
    });
}

void OracleAlertsModel::setTimeText(const TimeText &times)
{
    m_times = times;
    if (!m_alerts.empty())
        Q_EMIT dataChanged(index(0, Raised), index(rowCount() - 1, Ended));
}

int OracleAlertsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

int OracleAlertsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OracleAlertsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::OracleAlert &told = alert(index.row());
    if (role == Qt::ToolTipRole)
        return index.column() == What     ? sentenceOf(told)
               : index.column() == Raised ? m_times.second(told.raisedAt)
               : told.endedAt             ? m_times.second(*told.endedAt)
                                          : QString();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case What:
        return told.quiet ? tr("%1 (not announced)").arg(sentenceOf(told)) : sentenceOf(told);
    case Raised: return m_times.clock(told.raisedAt);
    case Ended: return told.endedAt ? m_times.clock(*told.endedAt) : tr("holds");
    default: return {};
    }
}

QVariant OracleAlertsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What: return tr("Alert");
    case Raised: return tr("Raised");
    case Ended: return tr("Ended");
    default: return {};
    }
}

OracleAlertsPane::OracleAlertsPane(workspace::OracleWatch &watch, workspace::Session &session,
                                   const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new OracleAlertsModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AlertDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Alerts"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(OracleAlertsModel::What);
    m_table->setColumnWidth(OracleAlertsModel::Raised, 56);
    m_table->setColumnWidth(OracleAlertsModel::Ended, 56);
    setContent(m_table);
    connect(m_model, &QAbstractItemModel::modelReset, this, &OracleAlertsPane::refresh);
    connect(&watch, &workspace::OracleWatch::statusChanged, this, &OracleAlertsPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &OracleAlertsPane::refresh);
    refresh();
}

void OracleAlertsPane::refresh()
{
    const auto &status = m_watch.status();
    const bool isRunning = status && status->mode != ipc::OracleMode::Off;
    const int count = m_model->rowCount();
    setHeaderNote(count > 0 ? countText(count) : QString());
    if (isRunning && count == 0)
        return setEmpty(
            {tr("No alerts"),
             tr("Deviating venues, stale or thin feeds and disagreement are told here."),
             {},
             {}});
    settle(count > 0);
}

} // namespace chrona::ui
