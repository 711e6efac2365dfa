// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/event_background.h"

#include "inspector/related_events.h"
#include "inspector/related_list.h"
#include "text/names.h"
#include "text/time_text.h"

#include <cmath>

using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

/// Who walks through a table with the keys asks nothing for what is passed by.
constexpr auto kStayPause = 150ms;
constexpr std::uint32_t kSimilarMax = 8, kStoriesMax = 5, kSignalsMax = 20;
constexpr std::chrono::days kMarketBefore{45}, kMarketAfter{45};

} // namespace

EventBackground::EventBackground(workspace::Session &session, QObject *parent)
    : QObject(parent), m_session(session)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kStayPause);
    connect(&m_pause, &QTimer::timeout, this, &EventBackground::ask);
    connect(&session.focus(), &workspace::Focus::targetChanged, this, [this] {
        chooseTargets();
        refresh();
    });
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &EventBackground::refresh);
    chooseTargets();
}

void EventBackground::chooseTargets()
{
    const QString &target = m_session.focus().target();
    if (target.isEmpty())
        return;
    m_targets.removeAll(target);
    m_targets.prepend(target);
    m_targets = m_targets.first(std::min(m_targets.size(), kTargetsMax));
}

void EventBackground::follow(const schema::Event &event)
{
    if (m_event == event.id.value)
        return;
    clear();
    m_event = event.id.value;
    m_followed = event;
    m_at = event.times.observedAt.time_since_epoch().count();
    m_pause.start();
}

void EventBackground::clear()
{
    ++m_asked;
    m_open = 0;
    m_event = 0;
    m_pause.stop();
    m_history.reset();
    m_stories.clear();
    m_signals.clear();
    m_similar.clear();
    m_similarBy.clear();
    m_market.clear();
    m_neighbours.reset();
}

void EventBackground::refresh()
{
    if (m_event != 0)
        m_pause.start();
}

template <class Request, class Take> void EventBackground::put(Request request, Take take)
{
    ++m_open;
    m_session.request<Request>(
        std::move(request), this,
        [this, asked = m_asked, take = std::move(take)](Result<ipc::Answer<Request>> reply) {
            if (asked != m_asked)
                return;
            take(reply);
            finishOne();
        });
}

void EventBackground::ask()
{
    ++m_asked;
    m_open = 0;
    const schema::EventId id{m_event};
    const auto asOf = m_session.focus().asOf();
    put(ipc::EventHistoryRequest{id}, [this](Result<ipc::EventHistoryReply> &reply) {
        m_history.reset();
        if (reply)
            m_history = std::move(*reply);
    });
    ipc::ClusterQuery stories;
    stories.events = {id};
    stories.asOf = asOf;
    stories.limit = kStoriesMax;
    put(std::move(stories), [this](Result<ipc::ClusterQueryReply> &reply) {
        m_stories.clear();
        if (reply)
            m_stories = std::move(reply->clusters);
    });
    ipc::SignalQuery signalsAsked;
    signalsAsked.events = {id};
    signalsAsked.asOf = asOf;
    signalsAsked.limit = kSignalsMax;
    put(std::move(signalsAsked), [this](Result<ipc::SignalQueryReply> &reply) {
        m_signals.clear();
        if (reply)
            m_signals = std::move(reply->signals);
    });
    ipc::SimilarQuery similar;
    similar.event = id;
    similar.limit = kSimilarMax;
    put(std::move(similar), [this](Result<ipc::SimilarReply> &reply) {
        m_similar.clear();
        m_similarBy.clear();
        if (!reply)
            return;
        m_similar = std::move(reply->events);
        m_similarBy = fromUtf8(reply->model);
    });
    askNeighbours();
    askMarket();
}

void EventBackground::askNeighbours()
{
    const auto loaded = m_session.events().snapshot();
    m_neighbours.reset();
    if (!loaded || rowOf(*loaded, m_followed))
        return;
    for (const auto order : {ipc::RowOrder::NewestFirst, ipc::RowOrder::OldestFirst})
        put(nearbyQuery(m_followed, order, m_session.focus().asOf(), kNeighboursMax),
            [this](Result<ipc::EventRowsReply> &reply) {
                NeighboursFound &found = m_neighbours ? *m_neighbours : m_neighbours.emplace();
                if (reply)
                    found.rows.append(reply->rows);
                else
                    found.problem = reply.error();
            });
}

/// Without a choice, the first of the watchlist.
void EventBackground::askMarket()
{
    m_market.clear();
    if (!m_targets.isEmpty()) {
        for (const QString &symbol : m_targets)
            askBars(symbol);
        return;
    }
    put(ipc::InstrumentsRequest{}, [this](Result<ipc::InstrumentsReply> &reply) {
        if (!reply)
            return;
        qsizetype count = 0;
        for (const schema::Instrument &instrument : reply->instruments)
            if (instrument.isTarget && count++ < kTargetsMax)
                askBars(fromUtf8(instrument.symbol));
    });
}

void EventBackground::askBars(const QString &symbol)
{
    ipc::BarQuery query;
    query.symbol = symbol.toStdString();
    query.from = instantFromMicros(m_at) - kMarketBefore;
    query.to = instantFromMicros(m_at) + kMarketAfter;
    query.asOf = m_session.focus().asOf();
    put(std::move(query), [this, symbol](Result<ipc::WithColumns<ipc::BarQuery>> &reply) {
        if (!reply)
            return;
        const ipc::BarColumns &bars = reply->columns;
        MarketAround around{symbol, {}, {}};
        for (std::size_t i = 0; i < bars.observedAt.size(); ++i) {
            const double close =
                std::isfinite(bars.adjustedClose[i]) ? bars.adjustedClose[i] : bars.close[i];
            if (!std::isfinite(close) || close <= 0)
                continue;
            around.closes.push_back(close);
            around.days.push_back(bars.observedAt[i]);
        }
        if (around.closes.size() >= 2)
            m_market.push_back(std::move(around));
    });
}

void EventBackground::finishOne()
{
    if (--m_open == 0)
        Q_EMIT arrived();
}

} // namespace chrona::ui
