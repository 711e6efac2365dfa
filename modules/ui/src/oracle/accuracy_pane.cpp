// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/accuracy_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/chain_words.h"
#include "oracle/oracle_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

/// Where the last value lies: the wider band as a bar, the quartiles as a stronger one in it, the
/// median as a tick, the value as a mark that may leave it at both sides.
void paintPlace(QPainter &painter, const QRectF &box, const ipc::FtsoFeedAccuracy &feed,
                const Theme &theme)
{
    const double low = std::min(feed.low, feed.quartile1);
    const double high = std::max(feed.high, feed.quartile3);
    if (!(high > low))
        return;
    const QRectF bar(box.left() + box.width() / 6, box.center().y() - 3, box.width() * 2 / 3, 6);
    const auto at = [&](double value) {
        return bar.left() + std::clamp((value - low) / (high - low), -0.2, 1.2) * bar.width();
    };
    painter.fillRect(QRectF(at(feed.low), bar.top(), at(feed.high) - at(feed.low), bar.height()),
                     theme.color(Role::Surface3));
    painter.fillRect(QRectF(at(feed.quartile1), bar.top(), at(feed.quartile3) - at(feed.quartile1),
                            bar.height()),
                     theme.color(Role::Accent, 0.45));
    painter.fillRect(QRectF(at(feed.median) - 0.5, bar.top(), 1, bar.height()),
                     theme.color(Role::Text3));
    if (!feed.value)
        return;
    const bool isInside = *feed.value > feed.low && *feed.value < feed.high;
    painter.fillRect(QRectF(at(*feed.value) - 1, bar.top() - 2, 2, bar.height() + 4),
                     theme.color(isInside ? Role::Text1 : Role::Warning));
}

class AccuracyDelegate final : public CellDelegate {
public:
    AccuracyDelegate(const Theme &theme, const AccuracyModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const bool isName = index.column() == AccuracyModel::Feed;
        return {index.data().toString(),
                m_theme.font(TextSize::Small, isName ? TextWeight::Strong : TextWeight::Regular),
                m_theme.color(isName ? Role::Text1 : Role::Text2),
                isName ? Qt::AlignLeft : Qt::AlignRight};
    }
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        if (index.column() == AccuracyModel::Place)
            paintPlace(painter, QRectF(box), m_model.feed(index.row()), m_theme);
    }
    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const AccuracyModel &m_model;
};

QString placeText(const ipc::FtsoFeedAccuracy &feed)
{
    if (!feed.value)
        return AccuracyModel::tr("no value");
    if (*feed.value < feed.quartile1)
        return AccuracyModel::tr("below the quartiles");
    return *feed.value > feed.quartile3 ? AccuracyModel::tr("above the quartiles")
                                        : AccuracyModel::tr("between the quartiles");
}

} // namespace

AccuracyModel::AccuracyModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch)
{
    connect(&watch, &workspace::OracleWatch::providersChanged, this, &AccuracyModel::take);
    take();
}

void AccuracyModel::take()
{
    const auto rows =
        m_watch.accuracy() ? m_watch.accuracy()->feeds : std::vector<ipc::FtsoFeedAccuracy>{};
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int AccuracyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AccuracyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AccuracyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::FtsoFeedAccuracy &each = feed(index.row());
    if (role == Qt::ToolTipRole) {
        if (index.column() == Place)
            return tr("Round %1: %2 was given, %3 is the median, the quartiles are %4 and %5")
                .arg(each.lastRound)
                .arg(each.value ? priceText(*each.value) : u"–"_s, priceText(each.median),
                     priceText(each.quartile1), priceText(each.quartile3));
        if (index.column() == Others)
            return tr("All others had %1 of their values in the primary band, %2 in the wider one")
                .arg(percentText(each.othersPrimary), percentText(each.othersSecondary));
        return tr("%1 of %2 rounds with a value").arg(each.values).arg(each.rounds);
    }
    if (role == Qt::AccessibleTextRole && index.column() == Place)
        return placeText(each);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Feed: return fromUtf8(each.feed);
    case Primary: return shareText(each.primary, each.values);
    case Secondary: return shareText(each.secondary, each.values);
    case Near: return shareText(each.near, each.values);
    case Others: return percentText(each.othersPrimary);
    case Rank: return each.rank > 0 ? u"%1/%2"_s.arg(each.rank).arg(each.voters) : u"–"_s;
    default: return {};
    }
}

QVariant AccuracyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Feed: return tr("Feed");
    case Primary: return tr("IQR");
    case Secondary: return tr("Band");
    case Near: return tr("0.5 %");
    case Others: return tr("Others' IQR");
    case Rank: return tr("Rank");
    case Place: return tr("Last value");
    default: return {};
    }
}

AccuracyPane::AccuracyPane(workspace::OracleWatch &watch, workspace::Session &session,
                           const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new AccuracyModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AccuracyDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Accuracy by feed"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(AccuracyModel::Place, 80);
    m_table->setExpendableColumns({AccuracyModel::Near, AccuracyModel::Others});
    m_table->setColumnWidth(AccuracyModel::Feed, 84);
    for (int column = AccuracyModel::Primary; column < AccuracyModel::Place; ++column)
        m_table->setColumnWidth(column, column == AccuracyModel::Others ? 78 : 60);
    setContent(m_table);
    connect(m_model, &QAbstractItemModel::modelReset, this, &AccuracyPane::refresh);
    connect(&watch, &workspace::OracleWatch::ledgerChanged, this, &AccuracyPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &AccuracyPane::refresh);
    refresh();
}

void AccuracyPane::refresh()
{
    const auto &accuracy = m_watch.accuracy();
    const bool isKnown = accuracy && !accuracy->feeds.empty();
    setHeaderNote(isKnown ? tr("rounds %1 to %2").arg(accuracy->firstRound).arg(accuracy->lastRound)
                          : QString());
    if (m_model->rowCount() > 0)
        settle(true);
    else
        setEmpty(
            {tr("No values yet"),
             tr("How close a provider's values came, feed by feed, is told here when its chain "
                "is followed: chronactl flare watch --identity ADDRESS."),
             {},
             {}});
}

} // namespace chrona::ui
