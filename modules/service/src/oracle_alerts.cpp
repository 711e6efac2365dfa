// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_alerts.h"

#include "instants.h"

#include "chrona/schema/quiet_hours.h"

#include <algorithm>
#include <cmath>

namespace chrona::service {
namespace {

using Kind = ipc::OracleAlertKind;

constexpr std::int64_t kSilenceMsMax = 30'000; ///< between two answers

} // namespace

bool QuietHours::holdAt(Instant at) const
{
    constexpr int kMinutes = 60;
    return schema::QuietHours{from * kMinutes, to * kMinutes}.covers(
        at, fromUtc ? Duration(fromUtc(at)) : Duration{0});
}

void AlertBook::observe(const oracle::FeedSetup &feed, const oracle::Answer &answer)
{
    const bool isSound = answer.state == oracle::AnswerState::Sound;
    const std::int64_t at = answer.atMs;
    Seen &seen = m_seen.try_emplace(feed.name, Seen{at, at}).first->second;
    // While the computer slept, or before its clock was set, nobody was late.
    if (isSound || at < seen.anyMs || at - seen.anyMs > kSilenceMsMax)
        seen.soundMs = at;
    seen.anyMs = at;
    const double age = static_cast<double>(at - seen.soundMs);
    const auto stale = static_cast<double>(m_rules.staleMs);
    judge({Kind::Staleness, feed.name, {}},
          {age / 1e3, stale / 1e3, age >= stale, isSound && age <= stale * m_rules.rearmShare}, at);
    const bool isThin = answer.sources <= m_rules.thinSources;
    judge({Kind::Thin, feed.name, {}},
          {static_cast<double>(answer.sources), static_cast<double>(m_rules.thinSources),
           isSound && isThin, !isThin},
          at);
    const double band = answer.confidenceBps;
    judge({Kind::Disagreement, feed.name, {}},
          {band, m_rules.disagreementBps, isSound && band > m_rules.disagreementBps,
           !(band > m_rules.disagreementBps * m_rules.rearmShare)},
          at);
    for (std::size_t v = 0; v < answer.venues.size(); ++v) {
        const oracle::VenueView &view = answer.venues[v];
        const double off = std::abs(view.deviationBps);
        const bool isOut = view.standing == oracle::VenueStanding::Deviating ||
                           view.standing == oracle::VenueStanding::Frozen;
        judge({Kind::Deviation, feed.name, feed.venues[v].name},
              {view.deviationBps, m_rules.deviationBps,
               isSound && isOut && off > m_rules.deviationBps,
               !(off > m_rules.deviationBps * m_rules.rearmShare)},
              at);
    }
}

void AlertBook::observeVenue(const std::string &venue, bool isHeard, std::int64_t atMs)
{
    judge({Kind::VenueDown, {}, venue}, {isHeard ? 0.0 : 1.0, 1, !isHeard, isHeard}, atMs);
}

void AlertBook::judge(const Key &key, const Measure &measure, std::int64_t atMs)
{
    auto found = m_watches.find(key);
    if (found == m_watches.end()) {
        if (!measure.isOver)
            return;
        found = m_watches.try_emplace(key).first;
    }
    Watch &watch = found->second;
    if (measure.isOver)
        watch.overSinceMs = std::min(watch.overSinceMs.value_or(atMs), atMs);
    else
        watch.overSinceMs.reset();
    if (measure.isClear)
        watch.underSinceMs = std::min(watch.underSinceMs.value_or(atMs), atMs);
    else
        watch.underSinceMs.reset();
    if (!watch.alert) {
        if (watch.overSinceMs && atMs - *watch.overSinceMs >= m_rules.holdMs)
            raise(key, watch, measure, instantOfMillis(atMs));
        else if (!watch.overSinceMs)
            m_watches.erase(found);
        return;
    }
    if (!watch.underSinceMs || atMs - *watch.underSinceMs < m_rules.rearmMs)
        return;
    watch.alert->endedAt = instantOfMillis(*watch.underSinceMs);
    m_ended.push_front(std::move(*watch.alert));
    if (m_ended.size() > kEndedKept)
        m_ended.pop_back();
    m_watches.erase(found);
}

void AlertBook::raise(const Key &key, Watch &watch, const Measure &measure, Instant at)
{
    const auto &[kind, feed, whose] = key;
    const bool isQuiet = m_quiet.holdAt(at) || mutedUntil(at).has_value();
    const bool isOfProvider = kind > Kind::VenueDown;
    watch.alert = ipc::OracleAlert{.id = m_nextId++,
                                   .kind = kind,
                                   .feed = feed,
                                   .venue = isOfProvider ? std::string() : whose,
                                   .subject = isOfProvider ? whose : std::string(),
                                   .raisedAt = at,
                                   .endedAt = {},
                                   .measured = measure.value,
                                   .limit = measure.limit,
                                   .quiet = isQuiet};
    if (!isQuiet)
        m_raised.push_back(*watch.alert);
}

std::optional<Instant> AlertBook::mutedUntil(Instant now) const
{
    return m_mutedUntil && now < *m_mutedUntil ? m_mutedUntil : std::nullopt;
}

std::vector<ipc::OracleAlert> AlertBook::takeRaised()
{
    return std::exchange(m_raised, {});
}

std::size_t AlertBook::holding() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_watches, [](const auto &each) { return each.second.alert.has_value(); }));
}

std::vector<ipc::OracleAlert> AlertBook::all(std::size_t limit) const
{
    std::vector<ipc::OracleAlert> alerts;
    for (const auto &[key, watch] : m_watches)
        if (watch.alert)
            alerts.push_back(*watch.alert);
    std::ranges::sort(alerts, std::greater{}, &ipc::OracleAlert::id);
    alerts.insert(alerts.end(), m_ended.begin(), m_ended.end());
    if (alerts.size() > limit)
        alerts.resize(limit);
    return alerts;
}

} // namespace chrona::service
