// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_search.h"

#include "chrona/ipc/call.h"

#include <QObject>

#include <atomic>
#include <deque>
#include <mutex>

namespace chrona::storage {
class Pool;
}

namespace chrona::service {

class Database;
class EventStream;
class Workers;

/// Keeps the floor of the graph up to date and answers what clients ask of it.
///
/// The floor is laid when somebody first asks, from the event cache's columns and the links in the
/// database; events that are stored later bring their links along, and the next question lays it
/// anew with them. Thread rule: lives on the main thread; questions run on workers.
class GraphService : public QObject {
    Q_OBJECT

public:
    GraphService(Database &database, Workers &workers, EventStream &stream);

    void answer(ipc::GraphNeighboursRequest request,
                ipc::Responder<ipc::GraphNeighboursRequest> responder);
    void answer(ipc::GraphPathsRequest request, ipc::Responder<ipc::GraphPathsRequest> responder);
    void answer(ipc::GraphOverviewRequest request,
                ipc::Responder<ipc::GraphOverviewRequest> responder);
    void answer(ipc::GraphCountsRequest request, ipc::Responder<ipc::GraphCountsRequest> responder);
    void answer(ipc::GraphEventsRequest request, ipc::Responder<ipc::GraphEventsRequest> responder);
    void answer(ipc::GraphTouchedRequest request,
                ipc::Responder<ipc::GraphTouchedRequest> responder);

    /// Names or stories are others: the next question lays the floor anew, on the links it has. Any
    /// thread.
    void markStale();

private:
    using Floor = std::shared_ptr<const GraphFloor>;
    using Links = std::shared_ptr<const storage::EventLinkColumns>;
    using News = std::unordered_map<std::int64_t, std::vector<schema::EventEntity>>;
    using Use = std::function<void(const Result<Floor> &)>;
    struct Laid {
        Links links;
        Floor floor;
    };

    void takeNews(const std::vector<schema::Event> &events);
    void forget();
    /// Calls back on the main thread with a floor that holds everything stored so far.
    void withFloor(Use use);
    void lay(const EventSnapshot &events);
    void finishLaying(Result<Laid> laid, std::uint64_t generation);
    void serveWaiting(const Result<Floor> &floor);
    template <class Request, class Answer>
    void onWorker(Request request, ipc::Responder<Request> responder, Answer answer);
    /// Ties of a scope; the latest few are kept.
    [[nodiscard]] Result<std::shared_ptr<const EntityTies>> tiesOf(const Floor &floor,
                                                                   const ipc::GraphScope &scope,
                                                                   const RowProgress &progress,
                                                                   std::stop_token stop);
    [[nodiscard]] Status nameEvents(ipc::GraphReply &reply, std::stop_token stop) const;
    template <class Request> void send(const ipc::Responder<Request> &to, Result<GraphPart> part);

    struct Kept {
        Floor floor;
        std::optional<Instant> from, to, asOf;
        std::shared_ptr<const EntityTies> ties;
    };

    Database &m_database;
    Workers &m_workers;
    EventStream &m_stream;
    Links m_links; ///< null: not loaded
    News m_news;   ///< stored since m_links were loaded or joined
    Floor m_floor;
    std::vector<Use> m_waiting;
    bool m_isLaying = false;
    std::atomic_bool m_isStale = false;
    std::uint64_t m_generation = 0; ///< what was begun before forget() is thrown away
    std::mutex m_keptMutex;
    std::deque<Kept> m_kept; ///< under the mutex; newest first
};

} // namespace chrona::service
