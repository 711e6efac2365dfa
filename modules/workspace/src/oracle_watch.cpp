// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/oracle_watch.h"

#include "chrona/workspace/session.h"

#include <algorithm>
#include <limits>

namespace chrona::workspace {
namespace {

constexpr int kRestEverySeconds = 3;
constexpr int kLedgerEveryRests = 10;
constexpr int kProvidersEveryLedgers = 10;
constexpr std::uint32_t kRewardEpochs = 30;
constexpr std::uint32_t kSubmissions = 60; ///< an hour and a half of rounds

} // namespace

OracleWatch::OracleWatch(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::oracleChanged, this, &OracleWatch::take);
    connect(&session, &Session::listsOutdated, this, &OracleWatch::refresh);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

void OracleWatch::addViewer()
{
    if (m_viewers++ == 0)
        refresh();
}

void OracleWatch::removeViewer()
{
    m_viewers = std::max(m_viewers - 1, 0);
}

void OracleWatch::refresh()
{
    askStatus();
    if (m_viewers == 0)
        return;
    askFeeds();
    m_restsUntilLedger = 0;
    askTheRest();
}

void OracleWatch::take(const ipc::OracleChanged &news)
{
    // A second's news carries the round that ended last; the others are kept.
    std::vector<ipc::OracleRound> rounds =
        m_status ? std::move(m_status->rounds) : std::vector<ipc::OracleRound>{};
    for (const ipc::OracleRound &round : news.status.rounds) {
        if (!rounds.empty() && rounds.back().epoch == round.epoch)
            rounds.pop_back();
        rounds.push_back(round);
    }
    constexpr std::size_t kRoundsKept = 40;
    if (rounds.size() > kRoundsKept)
        rounds.erase(rounds.begin(), rounds.end() - kRoundsKept);
    const bool isOther = !m_status || m_status->mode != news.status.mode;
    m_status = news.status;
    m_status->rounds = std::move(rounds);
    Q_EMIT statusChanged();
    for (const ipc::OracleAlert &alert : news.raised)
        Q_EMIT alertRaised(alert);
    if (m_viewers == 0)
        return;
    askFeeds();
    if (isOther)
        m_restsUntilLedger = 0;
    if (isOther || !news.raised.empty() || --m_secondsUntilRest <= 0)
        askTheRest();
}

void OracleWatch::askStatus()
{
    m_session.request<ipc::OracleStatusRequest>({}, this, [this](Result<ipc::OracleStatus> reply) {
        m_problem = reply ? std::nullopt : std::optional(reply.error());
        if (reply)
            m_status = std::move(*reply);
        Q_EMIT statusChanged();
    });
}

void OracleWatch::askFeeds()
{
    if (std::exchange(m_isAsking, true))
        return;
    m_session.request<ipc::OracleFeedsRequest>(
        {}, this, [this](Result<ipc::OracleFeedsReply> reply) {
            m_isAsking = false;
            m_problem = reply ? std::nullopt : std::optional(reply.error());
            if (reply)
                m_feeds = std::move(reply->feeds);
            Q_EMIT feedsChanged();
        });
}

void OracleWatch::askTheRest()
{
    m_secondsUntilRest = kRestEverySeconds;
    if (--m_restsUntilLedger <= 0)
        askLedger();
    m_session.request<ipc::OracleVenuesRequest>({}, this,
                                                [this](Result<ipc::OracleVenuesReply> reply) {
                                                    if (!reply)
                                                        return;
                                                    m_venues = std::move(reply->venues);
                                                    Q_EMIT venuesChanged();
                                                });
    m_session.request<ipc::OracleAlertsRequest>({}, this,
                                                [this](Result<ipc::OracleAlertsReply> reply) {
                                                    if (!reply)
                                                        return;
                                                    m_alerts = std::move(reply->alerts);
                                                    Q_EMIT alertsChanged();
                                                });
}

void OracleWatch::askLedger()
{
    m_restsUntilLedger = kLedgerEveryRests;
    m_session.request<ipc::FlareStatusRequest>(
        {}, this, [this](Result<ipc::FlareStatusReply> reply) {
            if (!reply)
                return;
            const bool isOther = !m_chain || m_chain->identity != reply->identity ||
                                 m_chain->network != reply->network;
            m_chain = std::move(*reply);
            if (isOther) {
                m_ledgersUntilProviders = 0;
                m_submissions.clear();
                m_history.clear();
                m_ranking.clear();
                m_economics.reset();
                m_accuracy.reset();
                Q_EMIT providersChanged();
            }
            Q_EMIT ledgerChanged();
            if (m_chain->mode == "off")
                return;
            if (!m_chain->identity.empty())
                askSubmissions();
            if (--m_ledgersUntilProviders <= 0)
                askProviders();
        });
}

/// Sums over every round of some reward epochs: not for every half minute.
void OracleWatch::askProviders()
{
    m_ledgersUntilProviders = kProvidersEveryLedgers;
    ipc::FtsoProvidersQuery everybody;
    everybody.network = m_chain->network;
    m_session.request<ipc::FtsoProvidersQuery>(
        everybody, this, [this](Result<ipc::FtsoProvidersReply> reply) {
            if (!reply)
                return;
            m_ranking = std::move(reply->providers);
            // The newest reward epoch alone; who has no values comes last.
            const std::int64_t newest = m_ranking.empty() ? 0 : m_ranking.front().rewardEpoch;
            std::erase_if(m_ranking, [newest](const ipc::FtsoProviderEpoch &each) {
                return each.rewardEpoch != newest;
            });
            std::ranges::stable_sort(m_ranking, {}, [](const ipc::FtsoProviderEpoch &each) {
                return each.rank > 0 ? each.rank : std::numeric_limits<std::int32_t>::max();
            });
            Q_EMIT providersChanged();
        });
    if (m_chain->identity.empty())
        return;
    ipc::FtsoProvidersQuery own;
    own.network = m_chain->network;
    own.identity = m_chain->identity;
    own.limit = kRewardEpochs;
    m_session.request<ipc::FtsoProvidersQuery>(own, this,
                                               [this](Result<ipc::FtsoProvidersReply> reply) {
                                                   if (!reply)
                                                       return;
                                                   m_history = std::move(reply->providers);
                                                   Q_EMIT providersChanged();
                                               });
    m_session.request<ipc::FtsoEconomicsQuery>(
        {.network = m_chain->network, .identity = m_chain->identity, .limit = kRewardEpochs}, this,
        [this](Result<ipc::FtsoEconomicsReply> reply) {
            if (!reply)
                return;
            m_economics = std::move(*reply);
            Q_EMIT providersChanged();
        });
    m_session.request<ipc::FtsoAccuracyQuery>(
        {.network = m_chain->network, .identity = m_chain->identity}, this,
        [this](Result<ipc::FtsoAccuracyReply> reply) {
            if (!reply)
                return;
            m_accuracy = std::move(*reply);
            Q_EMIT providersChanged();
        });
}

void OracleWatch::askSubmissions()
{
    ipc::FtsoSubmissionsQuery query;
    query.network = m_chain->network;
    query.identity = m_chain->identity;
    query.limit = kSubmissions;
    m_session.request<ipc::FtsoSubmissionsQuery>(query, this,
                                                 [this](Result<ipc::FtsoSubmissionsReply> reply) {
                                                     if (!reply)
                                                         return;
                                                     m_submissions = std::move(reply->submissions);
                                                     Q_EMIT ledgerChanged();
                                                 });
}

void OracleWatch::mute(int minutes)
{
    m_session.request<ipc::OracleMute>({.minutes = minutes}, this,
                                       [this](const Result<ipc::Done> &) { askStatus(); });
}

void OracleWatch::explain(const QString &feed, std::optional<Instant> at)
{
    const quint64 question = ++m_question;
    m_session.request<ipc::OracleExplain>({.feed = feed.toStdString(), .at = at}, this,
                                          [this, question](Result<ipc::OracleExplainReply> reply) {
                                              if (question != m_question)
                                                  return;
                                              if (reply)
                                                  Q_EMIT explained(reply->answer);
                                              else
                                                  Q_EMIT explainFailed(reply.error());
                                          });
}

} // namespace chrona::workspace
