// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_view.h"

#include "instants.h"
#include "oracle_record.h"

#include <algorithm>
#include <cmath>

namespace chrona::service {
namespace {

constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

} // namespace

OracleView::OracleView(const OraclePlan &plan, AlertBook alerts)
    : m_plan(plan), m_alerts(std::move(alerts)), m_feeds(plan.feeds.size())
{
    for (Shown &shown : m_feeds) {
        shown.spark.assign(kSpark, kNoFigure);
        shown.handIn = shown.handInBps = kNoFigure;
        shown.answer.price = shown.answer.confidenceBps = kNoFigure;
    }
}

void OracleView::heardBy(std::uint32_t feed, std::span<const std::uint8_t> collectors)
{
    const std::scoped_lock lock(m_mutex);
    m_feeds[feed].heardBy.assign(collectors.begin(), collectors.end());
}

void OracleView::learned(const DeskReveal &reveal)
{
    const std::scoped_lock lock(m_mutex);
    m_revealedEpoch = std::max(m_revealedEpoch.value_or(reveal.epoch), reveal.epoch);
}

void OracleView::answered(std::uint32_t feed, const oracle::Answer &answer)
{
    const std::scoped_lock lock(m_mutex);
    Shown &shown = m_feeds[feed];
    shown.answer = answer;
    shown.spark[shown.next] = answer.state == oracle::AnswerState::Sound ? answer.price : kNoFigure;
    shown.next = (shown.next + 1) % kSpark;
    m_alerts.observe(m_plan.feeds[feed], answer);
}

void OracleView::epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                            const oracle::BandChoice &choice)
{
    const std::scoped_lock lock(m_mutex);
    const bool isSound = answer.state == oracle::AnswerState::Sound;
    Shown &shown = m_feeds[feed];
    shown.handIn = isSound ? choice.price : kNoFigure;
    shown.handInBps = answer.confidenceBps;
    shown.bandProbability = isSound ? choice.probability : 0;
    shown.revealsLearned = choice.revealsLearned;
    if (!m_rounds.empty() && epoch < m_rounds.back().epoch)
        m_rounds.clear(); // the clock was set back
    if (m_rounds.empty() || m_rounds.back().epoch != epoch) {
        if (m_rounds.size() == kRounds)
            m_rounds.erase(m_rounds.begin());
        m_rounds.push_back({.epoch = epoch, .endsAt = instantOfMillis(answer.atMs)});
    }
    ++(isSound ? m_rounds.back().sound : m_rounds.back().abstained);
}

void OracleView::secondEnded(std::int64_t atMs, std::span<const DeskBar>,
                             std::span<const DeskAnomaly>)
{
    const std::scoped_lock lock(m_mutex);
    m_atMs = atMs;
}

ipc::OracleStatus OracleView::status(Instant now, bool withRounds) const
{
    const std::scoped_lock lock(m_mutex);
    ipc::OracleStatus status;
    status.synthetic = m_plan.isSynthetic;
    status.feeds = static_cast<std::uint32_t>(m_feeds.size());
    status.feedsSound =
        static_cast<std::uint32_t>(std::ranges::count_if(m_feeds, [](const Shown &shown) {
            return shown.answer.state == oracle::AnswerState::Sound;
        }));
    status.venues = static_cast<std::uint32_t>(m_plan.venues.size());
    status.alerts = static_cast<std::uint32_t>(m_alerts.holding());
    status.epochMs = m_plan.epochMs;
    status.revealedEpoch = m_revealedEpoch;
    const std::int64_t nowMs =
        std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    status.epoch = (nowMs - m_plan.epochStartMs) / m_plan.epochMs;
    status.epochEndsAt = instantOfMillis(m_plan.epochStartMs + (status.epoch + 1) * m_plan.epochMs);
    status.mutedUntil = m_alerts.mutedUntil(now);
    status.quietHours = m_alerts.isQuiet(now);
    if (withRounds)
        status.rounds = m_rounds;
    else if (!m_rounds.empty())
        status.rounds.push_back(m_rounds.back());
    return status;
}

ipc::OracleFeedEntry OracleView::tell(std::size_t feed) const
{
    const Shown &shown = m_feeds[feed];
    ipc::OracleFeedEntry entry;
    entry.answer = tellAnswer(m_plan.feeds[feed], shown.answer,
                              {shown.heardBy, m_plan.collectors}, m_plan.isSynthetic);
    const bool isHandedIn = std::isfinite(shown.handIn) && shown.handInBps > 0;
    entry.handIn = isHandedIn ? shown.handIn : 0;
    entry.bandProbability = shown.bandProbability;
    const double off = 1e4 * std::log(shown.answer.price / shown.handIn) / shown.handInBps;
    entry.bandPosition = isHandedIn && std::isfinite(off) ? std::clamp(off, -9.99, 9.99) : 0;
    entry.sparkStepMs = 1'000;
    entry.revealsLearned = shown.revealsLearned;
    for (std::size_t i = 0; i < kSpark; ++i)
        if (const double price = shown.spark[(shown.next + i) % kSpark]; std::isfinite(price))
            entry.spark.push_back(price);
    return entry;
}

ipc::OracleFeedsReply OracleView::feeds(const std::string &feed) const
{
    const std::scoped_lock lock(m_mutex);
    ipc::OracleFeedsReply reply;
    for (std::size_t f = 0; f < m_feeds.size(); ++f)
        if (feed.empty() || m_plan.feeds[f].name == feed)
            reply.feeds.push_back(tell(f));
    return reply;
}

std::optional<ipc::OracleAnswer> OracleView::newest(const std::string &feed,
                                                    std::optional<Instant> at) const
{
    const std::scoped_lock lock(m_mutex);
    for (std::size_t f = 0; f < m_feeds.size(); ++f)
        if (m_plan.feeds[f].name == feed && m_feeds[f].answer.atMs != 0 &&
            (!at || *at >= instantOfMillis(m_feeds[f].answer.atMs)))
            return tellAnswer(m_plan.feeds[f], m_feeds[f].answer,
                              {m_feeds[f].heardBy, m_plan.collectors}, m_plan.isSynthetic);
    return std::nullopt;
}

std::optional<OracleView::SoundPrice> OracleView::soundPrice(const std::string &feed) const
{
    const std::scoped_lock lock(m_mutex);
    for (std::size_t f = 0; f < m_feeds.size(); ++f)
        if (const oracle::Answer &answer = m_feeds[f].answer; m_plan.feeds[f].name == feed)
            return answer.state == oracle::AnswerState::Sound && std::isfinite(answer.price)
                       ? std::optional(SoundPrice{answer.price, answer.atMs})
                       : std::nullopt;
    return std::nullopt;
}

std::vector<ipc::OracleAlert> OracleView::alerts(std::size_t limit) const
{
    const std::scoped_lock lock(m_mutex);
    return m_alerts.all(limit);
}

std::vector<ipc::OracleAlert> OracleView::takeRaised()
{
    const std::scoped_lock lock(m_mutex);
    return m_alerts.takeRaised();
}

void OracleView::observeVenue(const std::string &venue, bool isHeard, std::int64_t atMs)
{
    const std::scoped_lock lock(m_mutex);
    m_alerts.observeVenue(venue, isHeard, atMs);
}

void OracleView::mute(std::optional<Instant> until)
{
    const std::scoped_lock lock(m_mutex);
    m_alerts.mute(until);
}

} // namespace chrona::service
