// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_venues_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "oracle/oracle_words.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

double heardShare(const ipc::OracleVenueEntry &venue)
{
    double watched = 0, heard = 0;
    for (const ipc::OracleVenueDay &day : venue.days) {
        watched += day.watchedSeconds;
        heard += day.heardSeconds;
    }
    return watched > 0 ? heard / watched : std::nan("");
}

QString deviationOf(const ipc::OracleVote &vote)
{
    return vote.price > 0 ? bpsText(vote.deviationBps) : u"–"_s;
}

/// What a venue should be heard of each day.
constexpr double kHeardGoal = 0.999;

/// Its clock, what was missed or came twice, and how much of each day it was heard.
QStringList healthLines(const ipc::OracleVenueEntry &entry)
{
    QStringList lines;
    lines += VenueMatrixModel::tr("%1 ms under way; clock %2; %3 gaps, %4 refused, %5 twice")
                 .arg(std::lround(entry.latencyMs))
                 .arg(entry.clockOffsetMs
                          ? VenueMatrixModel::tr("%1 ms off").arg(std::lround(*entry.clockOffsetMs))
                          : VenueMatrixModel::tr("not known"))
                 .arg(entry.gaps)
                 .arg(entry.rejected)
                 .arg(entry.duplicates);
    for (const ipc::OracleVenueDay &day : entry.days)
        if (day.watchedSeconds > 0) {
            const double share = day.heardSeconds / day.watchedSeconds;
            const QString text = QLocale().toString(100 * share, 'f', 2);
            lines += share < kHeardGoal
                         ? VenueMatrixModel::tr("%1: heard %2 %, below 99.9 %")
                               .arg(fromUtf8(day.day), text)
                         : VenueMatrixModel::tr("%1: heard %2 %").arg(fromUtf8(day.day), text);
        }
    return lines;
}

/// What went wrong last, and, where it is not simply listened to from here, by whom and how.
QString venueHint(const ipc::OracleVenueEntry &entry)
{
    QStringList lines;
    if (!entry.detail.empty())
        lines += fromUtf8(entry.detail);
    if (entry.links.size() > 1 || !entry.collector.empty())
        for (const ipc::OracleVenueLink &link : entry.links) {
            const QString who = link.collector.empty() ? VenueMatrixModel::tr("this computer")
                                                       : fromUtf8(link.collector);
            lines += VenueMatrixModel::tr("%1: %2, %3 of %4 markets heard%5")
                         .arg(who, nameOf(link.state))
                         .arg(link.marketsHeard)
                         .arg(link.marketsAsked)
                         .arg(link.used ? VenueMatrixModel::tr(" · counts") : QString());
        }
    lines += healthLines(entry);
    return lines.join(u'\n');
}

class VenueDelegate final : public CellDelegate {
public:
    VenueDelegate(const Theme &theme, const VenueMatrixModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const QFont font = m_theme.font(TextSize::Small);
        switch (index.column()) {
        case VenueMatrixModel::Venue:
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(Role::Text1)};
        case VenueMatrixModel::State:
            return {text, font, m_theme.color(roleOf(m_model.venue(index.row()).state))};
        case VenueMatrixModel::Latency:
            return {text, font, m_theme.color(Role::Text2), Qt::AlignRight};
        case VenueMatrixModel::Week: {
            const bool isBelow = heardShare(m_model.venue(index.row())) < kHeardGoal;
            return {text, font, m_theme.color(isBelow ? Role::Warning : Role::Text2),
                    Qt::AlignRight};
        }
        default: break;
        }
        const ipc::OracleVote *vote = m_model.vote(index.row(), index.column());
        const bool counts = vote != nullptr && vote->standing == ipc::OracleStanding::Used;
        return {text, font, m_theme.color(counts ? Role::Text1 : Role::Text3), Qt::AlignRight, 12};
    }

    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        if (const ipc::OracleVote *vote = m_model.vote(index.row(), index.column()))
            paintStanding(painter, QRectF(box.left(), box.top(), 8, box.height()), vote->standing,
                          m_theme.color(roleOf(vote->standing)));
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const VenueMatrixModel &m_model;
};

} // namespace

VenueMatrixModel::VenueMatrixModel(workspace::OracleWatch &watch, QObject *parent)
    : QAbstractTableModel(parent), m_watch(watch)
{
    connect(&watch, &workspace::OracleWatch::feedsChanged, this, &VenueMatrixModel::take);
    connect(&watch, &workspace::OracleWatch::venuesChanged, this, &VenueMatrixModel::take);
    take();
}

int VenueMatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_venues.size());
}

int VenueMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstFeed + static_cast<int>(m_feeds.size());
}

void VenueMatrixModel::take()
{
    const auto &venues = m_watch.venues();
    const auto &feeds = m_watch.feeds();
    const auto sameName = [](const auto &left, const auto &right) {
        if constexpr (requires { left.venue; })
            return left.venue == right.venue;
        else
            return left.answer.feed == right.answer.feed;
    };
    const bool isSame = std::ranges::equal(venues, m_venues, sameName) &&
                        std::ranges::equal(feeds, m_feeds, sameName);
    if (!isSame)
        beginResetModel();
    m_venues = venues;
    m_feeds = feeds;
    if (!isSame)
        endResetModel();
    else if (!m_venues.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const ipc::OracleVote *VenueMatrixModel::vote(int row, int column) const
{
    if (column < FirstFeed)
        return nullptr;
    const auto &votes = m_feeds.at(column - FirstFeed).answer.votes;
    const auto found = std::ranges::find(votes, m_venues.at(row).venue, &ipc::OracleVote::venue);
    return found == votes.end() ? nullptr : &*found;
}

QVariant VenueMatrixModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ipc::OracleVenueEntry &entry = venue(index.row());
    const ipc::OracleVote *voted = vote(index.row(), index.column());
    if (role == Qt::ToolTipRole) {
        if (voted != nullptr)
            return tr("%1: weight %2, basis %3 bp, %4 old")
                .arg(nameOf(voted->standing), QLocale().toString(voted->weight, 'f', 3),
                     bpsText(voted->basisBps), spanText(std::chrono::milliseconds(voted->ageMs)));
        return venueHint(entry);
    }
    if (role == Qt::AccessibleTextRole && voted != nullptr)
        return tr("%1 bp, %2").arg(deviationOf(*voted), nameOf(voted->standing));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Venue: return fromUtf8(entry.venue);
    case State: return nameOf(entry.state);
    case Latency: return tr("%1 ms").arg(std::lround(entry.latencyMs));
    case Week: {
        const double share = heardShare(entry);
        return std::isfinite(share) ? QLocale().toString(100 * share, 'f', 2) + u" %"_s : u"–"_s;
    }
    default: return voted != nullptr ? deviationOf(*voted) : QString();
    }
}

QVariant VenueMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Venue: return tr("Venue");
    case State: return tr("State");
    case Latency: return tr("Latency");
    case Week: return tr("Week");
    default: break;
    }
    const std::size_t feed = static_cast<std::size_t>(section - FirstFeed);
    return feed < m_feeds.size() ? fromUtf8(m_feeds[feed].answer.feed).section(u'/', 0, 0)
                                 : QString();
}

OracleVenuesPane::OracleVenuesPane(workspace::OracleWatch &watch, workspace::Session &session,
                                   const Theme &theme, QWidget *parent)
    : OraclePane(watch, session, theme, parent), m_model(new VenueMatrixModel(watch, this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new VenueDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Venues"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(VenueMatrixModel::Venue, 96);
    m_table->setExpendableColumns({VenueMatrixModel::Week, VenueMatrixModel::Latency});
    setContent(m_table);
    connect(m_model, &QAbstractItemModel::modelReset, this, &OracleVenuesPane::refresh);
    connect(&watch, &workspace::OracleWatch::statusChanged, this, &OracleVenuesPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &OracleVenuesPane::refresh);
    refresh();
}

void OracleVenuesPane::refresh()
{
    m_table->setColumnWidth(VenueMatrixModel::State, 76);
    m_table->setColumnWidth(VenueMatrixModel::Latency, 60);
    m_table->setColumnWidth(VenueMatrixModel::Week, 76);
    for (int column = VenueMatrixModel::FirstFeed; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, 66);
    const auto &status = m_watch.status();
    setHeaderNote(status && status->venues > 0
                      ? tr("%1 of %2 heard").arg(status->venuesHeard).arg(status->venues)
                      : QString());
    settle(m_model->rowCount() > 0);
}

} // namespace chrona::ui
