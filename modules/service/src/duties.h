// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "enrichment_desk.h"
#include "feature_trigger.h"
#include "learned_topics.h"
#include "source_keys.h"
#include "status_board.h"

#include "chrona/ipc/messages.h"
#include "chrona/storage/pool.h"

#include <QObject>

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

namespace chrona::connect {
class ConnectorLibrary;
}
namespace chrona::net {
class HttpClient;
}
namespace chrona::sources {
class Acquisition;
struct SourceView;
} // namespace chrona::sources

namespace chrona::service {

class Database;
class EventStream;
class JobRunner;
class Settings;
class Workers;

/// The work that goes on without a client: sources are read and normalised when a person has
/// connected them, and jobs run. Starts when the database is ready. Main thread, unless a function
/// says otherwise.
class Duties : public QObject {
    Q_OBJECT

public:
    struct Parts {
        std::filesystem::path pluginsFolder;
        std::string version;
        Database &database;
        Settings &settings;
        Workers &workers;
        EventStream &stream;
    };
    explicit Duties(Parts parts);
    ~Duties() override;

    /// Asks all work to end and waits for it.
    void stop();
    void setRestraint(const Restraint &restraint);
    void settingsChanged();

    // On a worker thread, with a connection of its own:
    [[nodiscard]] Result<DutyFigures> figures(storage::Connection &connection) const;
    [[nodiscard]] Result<ipc::SourcesReply> sources(storage::Connection &connection) const;
    [[nodiscard]] Result<ipc::Done> command(storage::Connection &connection,
                                            const ipc::SourceCommand &command);
    [[nodiscard]] Result<ipc::SourceAdded> add(storage::Connection &connection,
                                               const ipc::SourceAdd &request);
    [[nodiscard]] Result<ipc::Done> remove(storage::Connection &connection,
                                           const ipc::SourceRemove &request);
    [[nodiscard]] Result<ipc::DraftPublished> publish(const ipc::DraftPublish &request);
    [[nodiscard]] Result<ipc::JobsReply> jobs(storage::Connection &connection,
                                              const ipc::JobsRequest &request) const;
    [[nodiscard]] Result<ipc::Done> command(storage::Connection &connection,
                                            const ipc::JobCommand &command);
    [[nodiscard]] Result<ipc::JobStarted> command(storage::Connection &connection,
                                                  const ipc::JobStart &command);

    [[nodiscard]] Result<ipc::SimilarReply> similar(storage::Connection &connection,
                                                    const ipc::SimilarQuery &asked,
                                                    const std::stop_token &stop)
    {
        return m_enrichment.similar(connection, asked, stop);
    }
    [[nodiscard]] Result<ipc::CasesReply> similarItems(storage::Connection &connection,
                                                       const ipc::CasesRequest &asked,
                                                       const std::stop_token &stop)
    {
        return m_enrichment.similarItems(connection, asked, stop);
    }

    // Any thread:
    void wakeJobs();
    void tell(ipc::BriefingChanged news);

Q_SIGNALS:
    /// Registry or health of a source changed.
    void sourceChanged(const chrona::ipc::SourceEntry &entry);
    void jobChanged(const chrona::ipc::JobEntry &entry);
    /// A briefing or an hourly update is stored.
    void briefingChanged(const chrona::ipc::BriefingChanged &news);

private:
    void databaseChanged();
    void prepareDatabase();
    void refreshFeaturesSoon();
    void beginAcquisition();
    [[nodiscard]] Result<std::unique_ptr<sources::Acquisition>>
    makeAcquisition(std::shared_ptr<storage::Pool> pool);
    void tellSource(const sources::SourceView &view);
    void tell(ipc::SourceEntry entry);
    void tellJob(storage::Connection &connection, schema::JobId job);
    [[nodiscard]] std::vector<JobRunner::Kind> kindsOfJobs();
    [[nodiscard]] std::shared_ptr<sources::Acquisition> acquisition() const;

    Parts m_parts;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::unique_ptr<net::HttpClient> m_http;
    SourceKeys m_keys;
    LearnedTopics m_topics;
    EnrichmentDesk m_enrichment;
    FeatureTrigger m_featureTrigger;
    bool m_acquisitionStarting = false;
    bool m_stopped = false;
    std::atomic<bool> m_isPrepared = false; ///< sources, schedules and watchlists are stored
    mutable std::mutex m_mutex;             ///< of what worker threads look at too
    std::unique_ptr<JobRunner> m_jobs;
    std::shared_ptr<sources::Acquisition> m_acquisition;
    Restraint m_restraint;
};

} // namespace chrona::service
