// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/calendar_pane.h"

#include "chrona/workspace/session.h"
#include "market/calendar_model.h"
#include "tables/cell_delegate.h"
#include "text/names.h"

#include <QPainter>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

class CalendarDelegate final : public CellDelegate {
public:
    CalendarDelegate(const Theme &theme, const CalendarModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }
    void setTimeText(const TimeText &times) { m_times = times; }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const ComingUp &one = m_model.entry(index.row());
        const bool isSoon = one.at - m_model.now() < 1h;
        switch (index.column()) {
        case CalendarModel::Countdown:
            return {index.data().toString(),
                    m_theme.font(TextSize::Small,
                                 isSoon ? TextWeight::Strong : TextWeight::Regular),
                    m_theme.color(isSoon ? Role::Text1 : Role::Text2), Qt::AlignRight};
        case CalendarModel::What:
            return {index.data().toString(), m_theme.font(TextSize::Small),
                    m_theme.color(Role::Text1), Qt::AlignLeft, 14};
        default:
            return {m_times.minute(one.at), m_theme.mono(TextSize::Tiny),
                    m_theme.color(Role::Text2)};
        }
    }
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        const ComingUp &one = m_model.entry(index.row());
        if (index.column() != CalendarModel::What)
            return;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.category(one.kind == ComingUp::Kind::Event
                                              ? categoryOfNumber(one.type)
                                              : schema::EventCategory::Markets));
        painter.drawEllipse(QPointF(box.left() + 4, box.center().y() + 0.5), 3.5, 3.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }

private:
    const CalendarModel &m_model;
    TimeText m_times;
};

CalendarPane::CalendarPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session), m_model(new CalendarModel(session, this)),
      m_delegate(new CalendarDelegate(theme, *m_model, this)), m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("Calendar"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(CalendarModel::What, 120);
    m_table->setColumnWidth(CalendarModel::Countdown, 100);
    m_table->setColumnWidth(CalendarModel::When, 124);
    m_table->setExpendableColumns({CalendarModel::When});
    setContent(m_table);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (const qint64 event = m_model->entry(index.row()).event; event != 0)
            m_session.focus().select({event}, event);
    });
    connect(m_table, &QTableView::activated, m_table, &QTableView::clicked);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, m_model, &CalendarModel::refresh);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        setHeaderNote(tr("next %1").arg(countText(m_model->rowCount())));
    });
    setHeaderNote(tr("next %1").arg(countText(m_model->rowCount())));
    setReady(); // there is always a next session
}

void CalendarPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_table->viewport()->update();
}

/// Nobody wakes up for what is not seen.
void CalendarPane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    m_model->refresh();
    m_minute.start();
}

void CalendarPane::hideEvent(QHideEvent *event)
{
    m_minute.stop();
    Pane::hideEvent(event);
}

} // namespace chrona::ui
