// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/messages_flare.h"
#include "chrona/ipc/messages_ftso.h"
#include "chrona/ipc/messages_ftso_accuracy.h"
#include "chrona/ipc/messages_ftso_money.h"
#include "chrona/ipc/messages_oracle.h"

#include <QObject>

#include <optional>
#include <vector>

namespace chrona::workspace {

class Session;

/// What the service says of its oracle, as far as somebody looks: the status always, prices while
/// a view is open, venues and alerts every few seconds beside them, and what was handed in on chain
/// twice a minute. Raw values; words are the view's. Thread rule: UI thread.
class OracleWatch : public QObject {
    Q_OBJECT

public:
    explicit OracleWatch(Session &session, QObject *parent = nullptr);

    /// nullopt: not heard yet.
    [[nodiscard]] const std::optional<ipc::OracleStatus> &status() const { return m_status; }
    [[nodiscard]] const std::vector<ipc::OracleFeedEntry> &feeds() const { return m_feeds; }
    [[nodiscard]] const std::vector<ipc::OracleVenueEntry> &venues() const { return m_venues; }
    [[nodiscard]] const std::vector<ipc::OracleAlert> &alerts() const { return m_alerts; }
    /// The chain that is followed; nullopt: not heard yet. And what its provider handed in.
    [[nodiscard]] const std::optional<ipc::FlareStatusReply> &chain() const { return m_chain; }
    [[nodiscard]] const std::vector<ipc::FtsoSubmission> &submissions() const
    {
        return m_submissions;
    }
    /// Its reward epochs and what they brought, and everybody of the newest one by rank: asked for
    /// every few minutes.
    [[nodiscard]] const std::vector<ipc::FtsoProviderEpoch> &history() const { return m_history; }
    [[nodiscard]] const std::optional<ipc::FtsoEconomicsReply> &economics() const
    {
        return m_economics;
    }
    [[nodiscard]] const std::vector<ipc::FtsoProviderEpoch> &ranking() const { return m_ranking; }
    /// Its last rounds by feed; nullopt: not heard yet.
    [[nodiscard]] const std::optional<ipc::FtsoAccuracyReply> &accuracy() const
    {
        return m_accuracy;
    }
    /// Why the last request failed; nullopt when it did not.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }

    /// Views say when they are shown and when they are not.
    void addViewer();
    void removeViewer();
    void refresh();
    void mute(int minutes);
    /// Answered by explained(); an older question's answer is dropped.
    void explain(const QString &feed, std::optional<Instant> at);

Q_SIGNALS:
    void statusChanged();
    void feedsChanged();
    void venuesChanged();
    void alertsChanged();
    void ledgerChanged();
    void providersChanged();
    void explained(const chrona::ipc::OracleAnswer &answer);
    void explainFailed(const chrona::Error &error);
    /// To be announced: not in quiet hours and not muted.
    void alertRaised(const chrona::ipc::OracleAlert &alert);

private:
    void take(const ipc::OracleChanged &news);
    void askStatus();
    void askFeeds();
    void askTheRest();
    void askLedger();
    void askSubmissions();
    void askProviders();

    Session &m_session;
    std::optional<ipc::OracleStatus> m_status;
    std::vector<ipc::OracleFeedEntry> m_feeds;
    std::vector<ipc::OracleVenueEntry> m_venues;
    std::vector<ipc::OracleAlert> m_alerts;
    std::optional<ipc::FlareStatusReply> m_chain;
    std::vector<ipc::FtsoSubmission> m_submissions;
    std::vector<ipc::FtsoProviderEpoch> m_history, m_ranking;
    std::optional<ipc::FtsoEconomicsReply> m_economics;
    std::optional<ipc::FtsoAccuracyReply> m_accuracy;
    std::optional<Error> m_problem;
    int m_viewers = 0;
    int m_secondsUntilRest = 0, m_restsUntilLedger = 0, m_ledgersUntilProviders = 0;
    bool m_isAsking = false; ///< for prices: a slow service is not asked twice
    quint64 m_question = 0;  ///< the newest explain()
};

} // namespace chrona::workspace
