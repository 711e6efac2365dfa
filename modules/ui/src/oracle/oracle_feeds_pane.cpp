// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_feeds_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "market/sparkline.h"
#include "oracle/oracle_feeds_model.h"
#include "oracle/oracle_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/time_text.h"

#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

class FeedRowDelegate final : public CellDelegate {
public:
    FeedRowDelegate(const Theme &theme, const OracleFeedsModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const ipc::OracleAnswer &answer = m_model.row(index.row()).answer;
        const bool isSound = answer.state == ipc::OracleAnswerState::Sound;
        switch (index.column()) {
        case OracleFeedsModel::Feed:
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(Role::Text1)};
        case OracleFeedsModel::Price:
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(isSound ? Role::Text1 : Role::Text3), Qt::AlignRight};
        case OracleFeedsModel::Confidence:
        case OracleFeedsModel::Sources:
            return {text, m_theme.font(TextSize::Small), m_theme.color(Role::Text2),
                    Qt::AlignRight};
        case OracleFeedsModel::State:
            return {text, m_theme.font(TextSize::Small), m_theme.color(roleOf(answer.state)),
                    Qt::AlignLeft, 14};
        default: return {};
        }
    }

    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        const ipc::OracleFeedEntry &entry = m_model.row(index.row());
        if (index.column() == OracleFeedsModel::State) {
            const bool isSound = entry.answer.state == ipc::OracleAnswerState::Sound;
            paintStanding(painter, QRectF(box.left(), box.top(), 8, box.height()),
                          isSound ? ipc::OracleStanding::Used : ipc::OracleStanding::Silent,
                          m_theme.color(roleOf(entry.answer.state)));
        } else if (index.column() == OracleFeedsModel::Spark) {
            paintSparkline(painter, QRectF(box).adjusted(0, 5, -2, -5), entry.spark,
                           m_theme.color(Role::Text2), m_theme.color(Role::Accent));
        } else if (index.column() == OracleFeedsModel::Band) {
            paintBand(painter, QRectF(box), entry);
        }
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    /// The band as a bar, its middle as a tick, the price as a mark that leaves it at both sides.
    void paintBand(QPainter &painter, const QRectF &box, const ipc::OracleFeedEntry &entry) const
    {
        const QRectF bar(box.left() + box.width() / 4, box.center().y() - 3, box.width() / 2, 6);
        painter.fillRect(bar, m_theme.color(Role::Surface3));
        painter.fillRect(QRectF(bar.center().x() - 0.5, bar.top(), 1, bar.height()),
                         m_theme.color(Role::Text3));
        if (entry.handIn <= 0)
            return;
        const double position = entry.bandPosition;
        const double x = bar.center().x() + std::clamp(position, -2.0, 2.0) * bar.width() / 2;
        const bool isInside = std::abs(position) <= 1;
        painter.fillRect(QRectF(x - 1, bar.top() - 2, 2, bar.height() + 4),
                         m_theme.color(isInside ? Role::Text1 : Role::Warning));
    }

    const OracleFeedsModel &m_model;
};

} // namespace

OracleFeedsPane::OracleFeedsPane(workspace::OracleWatch &watch, workspace::Session &session,
                                 const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new OracleFeedsModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new FeedRowDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Feeds"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(OracleFeedsModel::Spark);
    m_table->setExpendableColumns({OracleFeedsModel::State, OracleFeedsModel::Confidence});
    m_table->setColumnWidth(OracleFeedsModel::Feed, 84);
    m_table->setColumnWidth(OracleFeedsModel::Price, 92);
    m_table->setColumnWidth(OracleFeedsModel::Confidence, 52);
    m_table->setColumnWidth(OracleFeedsModel::Sources, 56);
    m_table->setColumnWidth(OracleFeedsModel::State, 84);
    m_table->setColumnWidth(OracleFeedsModel::Band, 96);
    setContent(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { Q_EMIT currentFeedChanged(currentFeed()); });
    connect(&watch, &workspace::OracleWatch::feedsChanged, this, &OracleFeedsPane::refresh);
    connect(&watch, &workspace::OracleWatch::statusChanged, this, &OracleFeedsPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &OracleFeedsPane::refresh);
    refresh();
}

QString OracleFeedsPane::currentFeed() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? current.siblingAtColumn(OracleFeedsModel::Feed).data().toString()
                             : QString();
}

void OracleFeedsPane::refresh()
{
    const int count = m_model->rowCount();
    const auto &status = m_watch.status();
    const bool isSynthetic = status && status->synthetic;
    setHeaderNote(count == 0    ? QString()
                  : isSynthetic ? tr("%1, synthetic").arg(countText(count))
                                : countText(count));
    if (settle(count > 0) && !m_table->currentIndex().isValid())
        m_table->selectRow(0);
}

} // namespace chrona::ui
