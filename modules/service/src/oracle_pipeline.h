// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_reveals.h"
#include "oracle_run.h"
#include "provider_alerts.h"
#include "venue_clients.h"

#include "chrona/ipc/messages_oracle_collectors.h"
#include "chrona/ipc/messages_status.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace chrona::service {

class Database;
class Settings;
class Workers;
struct OracleWish;

/// Decides whether there is an oracle, and from what: live venues where a person wants them, else
/// the sample world's ticks where they are loaded, else none. The rest is OracleRun's.
///
/// Main thread, unless a function says otherwise.
class OraclePipeline : public QObject {
    Q_OBJECT

public:
    struct Parts {
        std::filesystem::path venuesFolder;
        std::string version;
        Database &database;
        Settings &settings;
        Workers &workers;
        std::filesystem::path dataFolder{}; ///< for collectors and kept ticks
    };
    explicit OraclePipeline(Parts parts);
    ~OraclePipeline() override;

    /// Looks again: settings changed, or the sample world came or went. Any thread.
    void reconsider();
    /// Ends what runs and waits for it.
    void stop();
    /// Ends the playing of the sample world's ticks, before they go. Any thread but the main one.
    void endReplay();

    // Any thread:
    [[nodiscard]] ipc::OracleStatus status() const;
    [[nodiscard]] ipc::OracleState state() const; ///< for the status page
    /// nullptr: there is none now.
    [[nodiscard]] std::shared_ptr<OracleRun> run() const;
    [[nodiscard]] Result<ipc::OracleVenuesReply> venues(storage::Connection &connection) const;
    [[nodiscard]] Result<ipc::OracleExplainReply> explain(storage::Connection &connection,
                                                          const ipc::OracleExplain &asked) const;
    /// Those that hold, then the newest that ended; of prices and of the provider on chain.
    [[nodiscard]] std::vector<ipc::OracleAlert> alerts(std::size_t limit) const;
    void mute(std::optional<Instant> until);
    /// How the provider that is followed stands. Announces what an operator should hear of.
    void observe(const ProviderFacts &provider);
    [[nodiscard]] std::vector<ipc::OracleCollectorEntry> collectors() const; ///< by name
    [[nodiscard]] Status addCollector(const ipc::OracleCollectorAdd &asked);
    [[nodiscard]] Status removeCollector(const std::string &name);

Q_SIGNALS:
    void changed(const chrona::ipc::OracleChanged &news);

private:
    void look();
    void followReveals();
    void readReveals();
    void begin(const OracleWish &wanted, std::shared_ptr<storage::Pool> pool);
    [[nodiscard]] Result<std::shared_ptr<OracleRun>> make(const OracleWish &wanted,
                                                          std::shared_ptr<storage::Pool> pool);
    [[nodiscard]] Result<OracleRun::Parts> liveParts(const OracleWish &wanted);
    void tell(ipc::OracleChanged news);

    Parts m_parts;
    std::optional<VenueClients> m_clients;
    QTimer m_revealTimer;
    std::shared_ptr<OracleReveals> m_reveals;
    std::string m_revealsOf; ///< the network
    bool m_isReading = false;
    std::string m_running; ///< the wish that runs or is being made, as one text
    bool m_isBusy = false, m_lookAgain = false, m_isStopped = false;
    bool m_isFresh = true; ///< nothing was looked for yet
    mutable std::mutex m_mutex;
    std::shared_ptr<OracleRun> m_run;
    std::string m_problem;
    AlertBook m_providerAlerts{{}, {}, kProviderAlertIds};
};

} // namespace chrona::service
