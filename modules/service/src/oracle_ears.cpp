// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_ears.h"

#include "oracle_health.h"

#include "chrona/base/log.h"
#include "chrona/connect/connector_library.h"

#include <algorithm>

namespace chrona::service {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTicksWaitingMax = 200'000; ///< the desk takes a million in a second
constexpr std::chrono::milliseconds kEarTurn{100};
constexpr Duration kUnwatchedMax = 30s; ///< a longer step was a sleep
constexpr std::size_t kDaysKept = 7;

const connect::ConnectorLibrary::Entry *venueOf(const connect::ConnectorLibrary &library,
                                                std::string_view name)
{
    const auto *entry = library.find(name);
    return entry != nullptr && entry->venue != nullptr && !entry->description.sources.empty()
               ? entry
               : nullptr;
}

std::vector<sources::VenueCollector::MarketName> namesOf(const PlannedVenue &planned)
{
    std::vector<sources::VenueCollector::MarketName> names;
    for (const PlannedVenue::Market &market : planned.markets)
        names.push_back({market.base, market.quote});
    return names;
}

DeskTick tickOf(std::uint32_t venue, std::uint8_t collector, const sources::VenueRow &row)
{
    return {.receivedMs = row.receivedMs,
            .exchangeMs = row.exchangeMs,
            .heardMs = row.heardMs == 0 ? row.receivedMs : row.heardMs,
            .venue = venue,
            .market = row.market,
            .collector = collector,
            .isPolled = row.isPolled,
            .bid = row.bid,
            .ask = row.ask,
            .last = row.last,
            .size = row.size,
            .volume24h = row.volume24h};
}

bool isHeard(const sources::VenueHealth &health)
{
    return health.state == sources::VenueState::Streaming ||
           health.state == sources::VenueState::Polling;
}

} // namespace

OracleEars::OracleEars(Parts parts) : m_parts(std::move(parts))
{
    const OraclePlan &plan = m_parts.plan;
    for (const PlannedVenue &planned : plan.venues) {
        Venue &venue = m_venues.emplace_back();
        for (std::size_t c = 0; c < plan.collectors.size(); ++c)
            venue.order.push_back(static_cast<std::uint8_t>(c));
        const auto preferred = m_parts.preferred.find(planned.name);
        if (preferred != m_parts.preferred.end()) {
            const auto found = std::ranges::find(plan.collectors, preferred->second);
            if (found != plan.collectors.end())
                std::rotate(venue.order.begin(),
                            venue.order.begin() + (found - plan.collectors.begin()),
                            venue.order.begin() + (found - plan.collectors.begin()) + 1);
        }
        venue.choice = std::make_unique<VenueChoice>(venue.order.size(), planned.markets.size());
    }
    listenHere();
    listenElsewhere();
}

OracleEars::~OracleEars()
{
    m_elsewhere.clear();
    for (Venue &venue : m_venues)
        venue.here.reset();
}

void OracleEars::listenHere()
{
    std::size_t asked = 0;
    for (std::uint32_t v = 0; v < m_venues.size(); ++v) {
        const PlannedVenue &planned = m_parts.plan.venues[v];
        const auto *entry = venueOf(m_parts.venues, planned.name);
        if (entry == nullptr || planned.markets.empty())
            continue;
        ++asked;
        m_venues[v].here =
            std::make_unique<sources::VenueCollector>(sources::VenueCollector::Parts{
                .venue = *entry->venue,
                .source = entry->description.sources.front(),
                .http = m_parts.http,
                .streams = m_parts.streams,
                .markets = namesOf(planned),
                .rows = [this, v](std::span<const sources::VenueRow> rows) { put(v, 0, rows); },
                .clock = m_parts.clock,
                .seed = 0x9E3779B97F4A7C15 * (v + 1)});
    }
    log::info("oracle", "{} venues are asked for {} feeds", asked, m_parts.plan.feeds.size());
}

void OracleEars::listenElsewhere()
{
    std::vector<sources::AssignedVenue> assigned;
    for (std::uint32_t v = 0; v < m_venues.size(); ++v)
        if (const PlannedVenue &planned = m_parts.plan.venues[v]; !planned.markets.empty()) {
            assigned.push_back({planned.name, namesOf(planned)});
            m_assigned.push_back(v);
        }
    for (std::size_t c = 0; c < m_parts.elsewhere.size(); ++c) {
        const PairedCollector &paired = m_parts.elsewhere[c];
        const auto address = net::readLinkAddress(paired.address);
        if (!address) {
            m_elsewhere.push_back(nullptr);
            continue;
        }
        const auto number = static_cast<std::uint8_t>(c + 1);
        m_elsewhere.push_back(
            std::make_unique<sources::RemoteCollector>(sources::RemoteCollector::Parts{
                .address = *address,
                .pairing = paired.pairing,
                .venues = assigned,
                .rows =
                    [this, number](std::size_t venue, std::span<const sources::VenueRow> rows) {
                        put(m_assigned[venue], number, rows);
                    },
                .clock = m_parts.clock,
                .seed = 0x9E3779B97F4A7C15 * (c + 101)}));
    }
}

/// On a collector's thread.
void OracleEars::put(std::uint32_t v, std::uint8_t collector,
                     std::span<const sources::VenueRow> rows)
{
    {
        const std::scoped_lock lock(m_mutex);
        Venue &venue = m_venues[v];
        const auto place = static_cast<std::size_t>(
            std::ranges::find(venue.order, collector) - venue.order.begin());
        if (rows.empty() || !venue.choice->hear(place, rows.back().receivedMs))
            return;
        for (const sources::VenueRow &row : rows) {
            if (venue.choice->isToldTwice(row.market, row.size > 0, row.exchangeMs,
                                          row.receivedMs))
                continue;
            if (m_waiting.size() < kTicksWaitingMax)
                m_waiting.push_back(tickOf(v, collector, row));
            else
                ++m_dropped;
        }
    }
    m_wake.notify_one();
}

void OracleEars::take(std::vector<DeskTick> &ticks, const std::stop_token &stop)
{
    ticks.clear();
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, kEarTurn, [this] { return !m_waiting.empty(); });
    std::swap(ticks, m_waiting);
}

/// Of each venue, what each collector of the plan says of it; nothing of those that say nothing.
std::vector<std::vector<sources::VenueHealth>> OracleEars::healthOfAll() const
{
    std::vector<std::vector<sources::VenueHealth>> all(m_venues.size());
    for (std::size_t v = 0; v < m_venues.size(); ++v) {
        all[v].resize(1 + m_elsewhere.size());
        for (sources::VenueHealth &health : all[v])
            health.state = sources::VenueState::Silent;
        if (m_venues[v].here)
            all[v][0] = m_venues[v].here->health();
    }
    for (std::size_t c = 0; c < m_elsewhere.size(); ++c) {
        if (!m_elsewhere[c])
            continue;
        const sources::CollectorHealth health = m_elsewhere[c]->health();
        for (std::size_t i = 0; i < std::min(health.venues.size(), m_assigned.size()); ++i)
            all[m_assigned[i]][c + 1] = health.venues[i];
    }
    return all;
}

std::vector<OracleEars::Heard> OracleEars::watch(Instant now)
{
    const auto all = healthOfAll();
    const Date today = std::chrono::floor<std::chrono::days>(now);
    const std::scoped_lock lock(m_mutex);
    const Duration passed = now - m_watchedAt.value_or(now);
    m_watchedAt = now;
    const bool isWatched = passed >= Duration{0} && passed <= kUnwatchedMax;
    const double seconds = isWatched ? std::chrono::duration<double>(passed).count() : 0;
    std::vector<Heard> heard;
    for (std::uint32_t v = 0; v < m_venues.size(); ++v) {
        if (!m_venues[v].here && m_elsewhere.empty())
            continue;
        Heard one;
        one.venue = v;
        one.isHeard = std::ranges::any_of(all[v], isHeard);
        one.isNew = all[v].front().state == sources::VenueState::Connecting;
        auto &days = m_venues[v].days;
        if (days.empty() || days.back().day != today) {
            if (days.size() == kDaysKept)
                days.erase(days.begin());
            days.push_back({.day = today});
        }
        days.back().watchedSeconds += seconds;
        days.back().heardSeconds += one.isHeard ? seconds : 0;
        one.today = days.back();
        heard.push_back(one);
    }
    return heard;
}

std::uint32_t OracleEars::venuesHeard() const
{
    const auto all = healthOfAll();
    return static_cast<std::uint32_t>(std::ranges::count_if(
        all, [](const auto &venue) { return std::ranges::any_of(venue, isHeard); }));
}

std::vector<ipc::OracleVenueEntry> OracleEars::venues() const
{
    const auto all = healthOfAll();
    std::vector<ipc::OracleVenueEntry> entries;
    const std::scoped_lock lock(m_mutex);
    for (std::size_t v = 0; v < m_venues.size(); ++v) {
        const Venue &venue = m_venues[v];
        if (!venue.here && m_elsewhere.empty())
            continue;
        const std::uint8_t used = venue.order[venue.choice->current()];
        ipc::OracleVenueEntry entry = tellVenue(m_parts.plan.venues[v].name, all[v][used]);
        entry.collector = m_parts.plan.collectors[used];
        entry.days.clear();
        for (const sources::VenueDay &day : venue.days)
            entry.days.push_back({formatDate(day.day), day.watchedSeconds, day.heardSeconds});
        entry.links.clear();
        for (std::size_t c = 0; c < all[v].size(); ++c)
            tellLinks(all[v][c], m_parts.plan.collectors[c], c == used, entry.links);
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<ipc::OracleCollectorEntry> OracleEars::collectors() const
{
    std::vector<ipc::OracleCollectorEntry> entries;
    for (std::size_t c = 0; c < m_elsewhere.size(); ++c) {
        sources::CollectorHealth health;
        health.state = sources::CollectorState::Refused;
        health.detail = "its address cannot be read";
        if (m_elsewhere[c])
            health = m_elsewhere[c]->health();
        ipc::OracleCollectorEntry entry = tellCollector(health);
        entry.name = m_parts.elsewhere[c].name;
        entry.address = m_parts.elsewhere[c].address;
        const std::scoped_lock lock(m_mutex);
        entry.venuesUsed = static_cast<std::uint32_t>(
            std::ranges::count_if(m_venues, [&](const Venue &venue) {
                return venue.order[venue.choice->current()] == c + 1;
            }));
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace chrona::service
