// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

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
    [[nodiscard]] std::string networkOr(const std::string &asked) const;

private:
    [[nodiscard]] Result<flare::Follower::Options> options() const;
    void begin();

    Parts m_parts;
    std::unique_ptr<flare::Follower> m_follower;
    std::string m_problem;
};

} // namespace chrona::service
