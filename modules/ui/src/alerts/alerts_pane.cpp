// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alerts/alerts_pane.h"

#include "alerts/alert_words.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

class AlertCellDelegate final : public CellDelegate {
public:
    AlertCellDelegate(const Theme &theme, const AlertsModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const bool isWhat = index.column() == AlertsModel::What;
        const bool isRaised = index.column() == AlertsModel::Raised;
        return {index.data().toString(), m_theme.font(TextSize::Small),
                m_theme.color(isWhat ? Role::Text1 : Role::Text2),
                isRaised ? Qt::AlignRight : Qt::AlignLeft, isWhat ? 14 : 0};
    }

    /// Told by shape first: a ring, a triangle, a filled triangle.
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        if (index.column() != AlertsModel::What)
            return;
        const schema::Alert &alert = m_model.alert(index.row());
        const QColor color = m_theme.color(roleOf(alert.urgency));
        const QPointF centre(box.left() + 4, box.center().y() + 0.5);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1.2));
        painter.setBrush(alert.urgency == schema::AlertUrgency::Critical ? QBrush(color)
                                                                         : QBrush(Qt::NoBrush));
        if (alert.urgency == schema::AlertUrgency::Notice)
            painter.drawEllipse(centre, 3, 3);
        else
            painter.drawPolygon(QPolygonF{centre + QPointF(0, -4), centre + QPointF(4, 3.5),
                                          centre + QPointF(-4, 3.5)});
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const AlertsModel &m_model;
};

QString allCrossings(const schema::Alert &alert)
{
    QStringList lines;
    for (const schema::AlertCrossing &one : alert.crossings)
        lines += crossingText(alert.watch, one);
    return lines.join(u'\n');
}

} // namespace

AlertsModel::AlertsModel(const workspace::AlertBook &book, QObject *parent)
    : QAbstractTableModel(parent), m_book(book), m_alerts(book.alerts())
{
    connect(&book, &workspace::AlertBook::alertsChanged, this, [this] {
        if (m_book.alerts() == m_alerts)
            return;
        beginResetModel();
        m_alerts = m_book.alerts();
        endResetModel();
    });
}

void AlertsModel::setTimeText(const TimeText &times)
{
    m_times = times;
    if (!m_alerts.empty())
        Q_EMIT dataChanged(index(0, Raised), index(rowCount() - 1, Raised));
}

int AlertsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

int AlertsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AlertsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const schema::Alert &told = alert(index.row());
    if (role == Qt::ToolTipRole)
        return index.column() == Raised ? m_times.second(told.raisedAt) : allCrossings(told);
    if (role == Qt::AccessibleTextRole && index.column() == What)
        return tr("%1: %2").arg(nameOf(told.urgency), sentenceOf(told));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case What:
        return told.announcedAt ? sentenceOf(told)
                                : tr("%1 (waits for the end of quiet hours)").arg(sentenceOf(told));
    case Rule: return fromUtf8(told.name);
    case Raised: return m_times.minute(told.raisedAt);
    default: return {};
    }
}

QVariant AlertsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What: return tr("Alert");
    case Rule: return tr("Rule");
    case Raised: return tr("Raised");
    default: return {};
    }
}

AlertsPane::AlertsPane(workspace::AlertBook &book, workspace::Session &session, const Theme &theme,
                       QWidget *parent)
    : Pane(theme, parent), m_book(book), m_session(session), m_model(new AlertsModel(book, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AlertCellDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Alerts of your rules"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(AlertsModel::What);
    m_table->setColumnWidth(AlertsModel::Rule, 130);
    m_table->setColumnWidth(AlertsModel::Raised, 116);
    m_table->setExpendableColumns({AlertsModel::Rule});
    setContent(m_table);
    auto *rules = new QToolButton(this);
    rules->setText(tr("Rules…"));
    rules->setToolTip(tr("What alerts you, and when"));
    connect(rules, &QToolButton::clicked, this, &AlertsPane::rulesWanted);
    addHeaderTool(rules);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { follow(current.row()); });
    connect(m_table, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { follow(index.row()); });
    connect(&book, &workspace::AlertBook::alertsChanged, this, &AlertsPane::refresh);
    connect(&book, &workspace::AlertBook::rulesChanged, this, &AlertsPane::refresh);
    refresh();
}

void AlertsPane::setTimeText(const TimeText &times)
{
    m_model->setTimeText(times);
}

void AlertsPane::refresh()
{
    const int count = m_model->rowCount();
    setHeaderNote(count == 0 ? QString() : countText(count));
    if (count > 0)
        return setReady();
    if (m_book.state() == workspace::ListState::Loading)
        return setLoading(tr("Loading alerts…"));
    if (m_book.state() == workspace::ListState::Failed && m_book.problem()) {
        const FailureText text = failureText(*m_book.problem());
        return setError({text.cause, text.remedy, tr("Try again"), [this] { m_book.refresh(); }});
    }
    setEmpty({tr("No alerts"),
              tr("%n rule(s) are looked at as events come and each hour.", nullptr,
                 static_cast<int>(m_book.rules().size())),
              tr("Rules…"), [this] { Q_EMIT rulesWanted(); }});
}

void AlertsPane::follow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    QSet<qint64> events;
    qint64 current = 0;
    for (const schema::AlertCrossing &one : m_model->alert(row).crossings) {
        if (one.kind == schema::EvidenceKind::Signal)
            return Q_EMIT signalWanted(one.id);
        if (one.kind != schema::EvidenceKind::Event)
            continue;
        events.insert(one.id);
        current = current == 0 ? one.id : current;
    }
    if (current != 0)
        m_session.focus().select(events, current);
}

} // namespace chrona::ui
