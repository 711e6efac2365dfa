// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "flare_acts.h"
#include "flare_provide.h"
#include "settings.h"

#include "chrona/flare/follower.h"
#include "chrona/ipc/messages.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace chrona::service {

class Database;
class Settings;

/// Which network is followed and what is submitted to it, by the settings; goes on with it when the
/// service starts again. Main thread, unless a function says otherwise.
class FlareDesk : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Database &database;
        Settings &settings;
        OraclePipeline &oracle;
        std::filesystem::path dataFolder;
        std::string version;
    };
    explicit FlareDesk(Parts parts);
    ~FlareDesk() override;

    /// Follows what the settings say, once the database is ready.
    void resume();
    void stop(); ///< waits for the threads
    [[nodiscard]] Status start(const ipc::FlareStart &command);
    [[nodiscard]] Status turnOff();

    /// What needs no database; the rest is added by statusFrom().
    [[nodiscard]] ipc::FlareStatusReply status() const;
    [[nodiscard]] FlareProvide &provide() { return m_provide; }
    [[nodiscard]] std::string identity() const { return m_parts.settings.text("flare.identity"); }
    /// What an action of now needs to know. NotFound for a network that there is not.
    [[nodiscard]] Result<FlareActs> acts(const std::string &network) const;
    [[nodiscard]] std::string networkOr(const std::string &asked) const;

private:
    [[nodiscard]] Result<flare::Follower::Options> options() const;
    [[nodiscard]] flare::ChainAccess::Options access(const flare::NetworkSetup &setup) const;
    [[nodiscard]] flare::FeeRules fees() const;
    [[nodiscard]] std::function<Result<std::unique_ptr<keys::SignerClient>>(std::stop_token)>
    signerStarter() const;
    [[nodiscard]] Status addClaims(flare::Follower::Options &options) const;
    void begin();

    Parts m_parts;
    FlareProvide m_provide;
    std::unique_ptr<flare::Follower> m_follower;
    std::string m_problem;
};

} // namespace chrona::service
