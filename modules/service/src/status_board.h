// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "pressure.h"
#include "world_figures.h"

#include "chrona/base/clock.h"
#include "chrona/ipc/call.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace chrona::ipc {
class Server;
}

namespace chrona::service {

class Database;
class Settings;
class Workers;

/// What duties beyond this module contribute to the status page. Called on a worker thread.
struct DutyFigures {
    std::vector<ipc::QueueStatus> queues;
    std::vector<ipc::ConnectorStatus> connectors;
    ipc::EnrichmentStatus enrichment;
    Duration normaliseLag{0};
    std::chrono::milliseconds claimTime{0};
};
using DutyReporter = std::function<Result<DutyFigures>(storage::Connection &connection)>;

/// Gathers the status page and holds the backpressure ladder. Answers while the database still
/// starts, from what is known without it. Main thread.
class StatusBoard : public QObject {
    Q_OBJECT

public:
    struct Parts {
        std::filesystem::path dataFolder;
        std::string version;
        Database &database;
        Settings &settings;
        Workers &workers;
        DutyReporter duties;
        std::function<ipc::OracleState()> oracle{};
    };
    explicit StatusBoard(Parts parts);

    void setServer(ipc::Server *server) { m_server = server; }
    void answer(ipc::Responder<ipc::StatusRequest> responder);
    /// Something worth telling changed; subscribers are told soon, once for many calls.
    void changed();
    /// Figures may be others: whoever asks from now on gets new ones, nobody is told.
    void outdated();

    [[nodiscard]] const Restraint &restraint() const { return m_restraint; }

Q_SIGNALS:
    void restraintChanged();

private:
    struct Gathered {
        WorldFigures world;
        DutyFigures duties;
        std::uint64_t folderBytes = 0;
    };
    using Then = std::function<void()>;
    void gather(Then then);
    void beginGathering();
    void take(Result<Gathered> gathered);
    void measure();
    [[nodiscard]] ipc::StatusReply page() const;

    Parts m_parts;
    ipc::Server *m_server = nullptr;
    SystemClock m_clock;
    Instant m_startedAt;
    Gathered m_gathered;
    std::optional<std::chrono::steady_clock::time_point> m_gatheredAt;
    bool m_gathering = false;
    bool m_changedMeanwhile = false; ///< since the gathering began
    std::vector<Then> m_begun;       ///< answered by the gathering that runs
    std::vector<Then> m_waiting;     ///< asked since it began
    PressureFigures m_pressure;
    Restraint m_restraint;
    QTimer m_measureTimer;
    QTimer m_tellTimer;
};

/// "stop_backfills stop_enrichment": the rungs that hold, as keys; empty when none does.
[[nodiscard]] std::string rungsOf(const Restraint &restraint);

} // namespace chrona::service
