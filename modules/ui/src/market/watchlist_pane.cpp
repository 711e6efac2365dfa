// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/watchlist_pane.h"

#include "chrona/ui/theme.h"
#include "market/sparkline.h"
#include "market/watchlist_model.h"
#include "tables/cell_delegate.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

constexpr std::size_t kSparkDays = 90;
/// A move this large, in standard deviations, is told by weight, not only by its number.
constexpr double kLoudSigma = 2;

class WatchlistDelegate final : public CellDelegate {
public:
    WatchlistDelegate(const Theme &theme, const WatchlistModel &model, QObject *parent)
        : CellDelegate(theme, parent), m_model(model)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const WatchRow &row = m_model.row(index.row());
        const QString text = index.data().toString();
        const bool isLoud = std::abs(row.sigmaMove) >= kLoudSigma;
        switch (index.column()) {
        case WatchlistModel::Symbol:
            return {text, m_theme.font(TextSize::Small, TextWeight::Strong),
                    m_theme.color(Role::Text1)};
        case WatchlistModel::Change:
            return {text, m_theme.font(TextSize::Small),
                    m_theme.color(!std::isfinite(row.changeShare) ? Role::Text3
                                  : row.changeShare < 0           ? Role::Critical
                                                                  : Role::Ok),
                    Qt::AlignRight};
        case WatchlistModel::Sigma:
            return {
                text,
                m_theme.font(TextSize::Small, isLoud ? TextWeight::Strong : TextWeight::Regular),
                m_theme.color(isLoud ? Role::Text1 : Role::Text2), Qt::AlignRight};
        case WatchlistModel::Last:
            return {text, m_theme.font(TextSize::Small), m_theme.color(Role::Text1),
                    Qt::AlignRight};
        case WatchlistModel::Exposure:
            return {text, m_theme.font(TextSize::Tiny), m_theme.color(Role::Text2)};
        default: return {};
        }
    }

    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override
    {
        if (index.column() != WatchlistModel::Spark)
            return;
        const std::vector<double> &closes = m_model.row(index.row()).closes;
        const std::size_t count = std::min(closes.size(), kSparkDays);
        paintSparkline(painter, QRectF(box).adjusted(0, 5, -2, -5), std::span(closes).last(count),
                       m_theme.color(Role::Text2), m_theme.color(Role::Accent));
    }

    QString hint(const QModelIndex &index) const override
    {
        return index.data(Qt::ToolTipRole).toString();
    }

private:
    const WatchlistModel &m_model;
};

} // namespace

WatchlistPane::WatchlistPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session), m_model(new WatchlistModel(this)),
      m_table(new TableView(theme, this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new WatchlistDelegate(theme, *m_model, this));
    m_table->setAccessibleName(tr("Watchlist"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(WatchlistModel::Exposure, 96);
    m_table->setColumnWidth(WatchlistModel::Spark, 96);
    m_table->setExpendableColumns({WatchlistModel::Sigma});
    m_table->setColumnWidth(WatchlistModel::Symbol, 68);
    m_table->setColumnWidth(WatchlistModel::Last, 76);
    m_table->setColumnWidth(WatchlistModel::Change, 76);
    m_table->setColumnWidth(WatchlistModel::Sigma, 68);
    setContent(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &WatchlistPane::choose);
    connect(&session.focus(), &workspace::Focus::targetChanged, this, &WatchlistPane::follow);
    connect(&session, &workspace::Session::stateChanged, this, &WatchlistPane::reload);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &WatchlistPane::reload);
    connect(&session, &workspace::Session::listsOutdated, this, &WatchlistPane::reload);
    reload();
}

const WatchRow *WatchlistPane::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? &m_model->row(current.row()) : nullptr;
}

/// What a person chooses here is the target of every view; what is only shown first is not.
void WatchlistPane::choose()
{
    if (const WatchRow *row = currentRow(); row && !m_isFollowing)
        m_session.focus().setTarget(row->symbol);
    Q_EMIT currentChanged();
}

void WatchlistPane::follow()
{
    const QString &target = m_session.focus().target();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->row(row).symbol != target || m_table->currentIndex().row() == row)
            continue;
        m_isFollowing = true;
        m_table->selectRow(row);
        m_isFollowing = false;
    }
}

void WatchlistPane::reload()
{
    if (m_session.state() != workspace::Session::State::Ready) {
        refreshState();
        return;
    }
    m_session.request(ipc::ExposuresRequest{}, this,
                      [this](const Result<ipc::ExposuresReply> &reply) {
                          if (reply)
                              m_model->setExposures(reply->rules);
                      });
    m_session.request(
        ipc::InstrumentsRequest{}, this,
        [this](const Result<ipc::InstrumentsReply> &reply) { takeInstruments(reply); });
}

void WatchlistPane::takeInstruments(const Result<ipc::InstrumentsReply> &reply)
{
    if (!reply) {
        const FailureText text = failureText(reply.error());
        setError({text.cause, text.remedy, tr("Try again"), [this] { reload(); }});
        return;
    }
    QStringList order;
    for (const schema::Instrument &instrument : reply->instruments) {
        if (instrument.isTarget)
            order += fromUtf8(instrument.symbol);
    }
    m_model->setOrder(order);
    for (const schema::Instrument &instrument : reply->instruments) {
        if (instrument.isTarget)
            askBars(instrument);
    }
    refreshState();
}

void WatchlistPane::askBars(const schema::Instrument &instrument)
{
    ipc::BarQuery query;
    query.symbol = instrument.symbol;
    query.asOf = m_session.focus().asOf();
    ++m_waiting;
    m_session.request(std::move(query), this,
                      [this, instrument](const Result<ipc::WithColumns<ipc::BarQuery>> &reply) {
                          --m_waiting;
                          if (reply)
                              takeBars(instrument, reply->columns);
                          refreshState();
                      });
}

void WatchlistPane::takeBars(const schema::Instrument &instrument, const ipc::BarColumns &bars)
{
    WatchRow row;
    row.symbol = fromUtf8(instrument.symbol);
    row.name = fromUtf8(instrument.name);
    row.currency = fromUtf8(instrument.currency);
    row.isSynthetic = instrument.synthetic;
    for (std::size_t i = 0; i < bars.opensAt.size(); ++i) {
        const double close =
            std::isfinite(bars.adjustedClose[i]) ? bars.adjustedClose[i] : bars.close[i];
        if (!std::isfinite(close) || close <= 0)
            continue;
        row.dayMs.push_back(static_cast<double>(bars.observedAt[i] / 1000));
        row.closes.push_back(close);
    }
    measure(row);
    const bool isCurrent = currentRow() && currentRow()->symbol == row.symbol;
    m_model->setRow(std::move(row));
    if (isCurrent)
        Q_EMIT currentChanged();
}

void WatchlistPane::refreshState()
{
    const bool isReady = m_session.state() == workspace::Session::State::Ready;
    if (m_model->rowCount() > 0) {
        setReady();
        if (m_waiting == 0 && !m_table->currentIndex().isValid()) {
            m_isFollowing = true;
            m_table->selectRow(0);
            m_isFollowing = false;
            follow();
        }
    } else if (isReady && m_waiting == 0) {
        setEmpty({tr("No prices yet"),
                  tr("Load the sample world, or import bars with chronactl import bars."),
                  tr("Load the sample world"), [this] { Q_EMIT sampleWorldWanted(); }});
    } else {
        setLoading(tr("Loading prices…"));
    }
    setHeaderNote(m_model->rowCount() > 0 ? tr("%1 targets").arg(m_model->rowCount()) : QString());
}

} // namespace chrona::ui
