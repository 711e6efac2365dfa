// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_recorder.h"

#include "chrona/base/log.h"
#include "chrona/oracle/recording.h"

#include <utility>

namespace chrona::service {
namespace {

using formats::TickRecord;

} // namespace

std::string aboutPlan(const OraclePlan &plan)
{
    oracle::RecordedPlan about;
    about.feeds = plan.feeds;
    about.collectors = plan.collectors;
    about.epochStartMs = plan.epochStartMs;
    about.epochMs = plan.epochMs;
    about.isSynthetic = plan.isSynthetic;
    std::vector<std::uint32_t> begin;
    for (const PlannedVenue &venue : plan.venues) {
        begin.push_back(static_cast<std::uint32_t>(about.markets.size()));
        for (const PlannedVenue::Market &market : venue.markets)
            about.markets.push_back({venue.name, market.symbol()});
    }
    for (const FeedRoute &route : plan.routes)
        about.routes.push_back({.market = begin[route.venue] + route.market,
                                .feed = route.feed,
                                .venueInFeed = route.venueInFeed,
                                .currency = route.currency,
                                .kind = route.kind});
    return oracle::writePlan(about);
}

OracleRecorder::OracleRecorder(const OraclePlan &plan, TickFolder::Options options)
    : m_folder(options.folder.string()), m_files(std::move(options), aboutPlan(plan)),
      m_writer([this](std::stop_token stop) { write(stop); })
{
    std::uint32_t markets = 0;
    for (const PlannedVenue &venue : plan.venues) {
        m_marketBegin.push_back(markets);
        markets += static_cast<std::uint32_t>(venue.markets.size());
    }
    m_open.reserve(kRecordsMax + 1);
}

OracleRecorder::~OracleRecorder()
{
    handOver();
    m_writer.request_stop();
    m_writer.join();
}

void OracleRecorder::begin(std::int64_t atMs)
{
    m_open.push_back({.kind = TickRecord::Kind::Begin, .atMs = atMs, .heardMs = atMs,
                      .statedMs = atMs});
}

void OracleRecorder::taken(const DeskTick &tick)
{
    m_open.push_back({.kind = TickRecord::Kind::Tick,
                      .isPolled = tick.isPolled,
                      .collector = tick.collector,
                      .market = m_marketBegin[tick.venue] + tick.market,
                      .atMs = tick.receivedMs,
                      .heardMs = tick.heardMs,
                      .statedMs = tick.exchangeMs,
                      .bid = tick.bid,
                      .ask = tick.ask,
                      .last = tick.last,
                      .size = tick.size,
                      .volume24h = tick.volume24h});
    if (m_open.size() >= kRecordsMax)
        handOver();
}

void OracleRecorder::learned(const DeskReveal &reveal)
{
    m_open.push_back({.kind = TickRecord::Kind::Reveal,
                      .market = reveal.feed,
                      .atMs = reveal.knownMs,
                      .heardMs = reveal.knownMs,
                      .statedMs = reveal.epoch,
                      .bid = reveal.q25,
                      .ask = reveal.q75,
                      .last = reveal.median});
}

void OracleRecorder::secondEnded(std::int64_t atMs, std::span<const DeskBar>,
                                 std::span<const DeskAnomaly>)
{
    m_open.push_back({.kind = TickRecord::Kind::Second, .atMs = atMs, .heardMs = atMs,
                      .statedMs = atMs});
    if (m_openedMs == 0 || atMs < m_openedMs) // or the clock was set back
        m_openedMs = atMs;
    if (atMs - m_openedMs >= kBlockMs) {
        handOver();
        m_openedMs = atMs;
    }
}

void OracleRecorder::handOver()
{
    if (m_open.empty())
        return;
    Block fresh;
    fresh.reserve(kRecordsMax + 1);
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::exchange(m_open, std::move(fresh)));
        if (m_waiting.size() > kWaitingMax) {
            m_lost += m_waiting.front().size();
            m_waiting.pop_front();
        }
    }
    m_wake.notify_all();
}

void OracleRecorder::settle()
{
    handOver();
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_waiting.empty() && !m_isWriting; });
}

void OracleRecorder::write(const std::stop_token &stop)
{
    Status done = m_files.open();
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            if (!done && m_problem.empty())
                log::warning("oracle", "ticks are not kept: {}", describe(done.error()));
            m_problem = done ? std::string() : done.error().what;
        }
        const TickFolder::Figures figures = m_files.figures();
        Block block;
        {
            std::unique_lock lock(m_mutex);
            m_figures = figures;
            m_isWriting = false;
            m_wake.notify_all();
            m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
            if (m_waiting.empty())
                return; // told to stop, and all is written
            block = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_isWriting = true;
        }
        done = m_files.append(block);
        if (!done)
            m_lost += block.size();
    }
}

ipc::OracleRecording OracleRecorder::status() const
{
    const std::scoped_lock lock(m_mutex);
    return {.on = true,
            .segments = m_figures.segments,
            .bytes = m_figures.bytes,
            .lostTicks = m_lost,
            .oldest = m_figures.oldest,
            .folder = m_folder,
            .problem = m_problem};
}

} // namespace chrona::service
