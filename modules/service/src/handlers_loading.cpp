// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "event_stream.h"
#include "handlers.h"
#include "import_pipeline.h"
#include "oracle_pipeline.h"
#include "sample_pipeline.h"
#include "status_board.h"

namespace chrona::service {
namespace {

Error diskIsLow()
{
    return {ErrorCode::Exhausted, "the disk is almost full, so nothing large is taken in",
            "make room on the disk of the data folder"};
}

/// Held while the sample world is written or taken away: one of them at a time.
class SampleTurn {
public:
    explicit SampleTurn(std::shared_ptr<std::atomic_bool> busy)
        : m_busy(busy->exchange(true) ? nullptr : std::move(busy))
    {
    }
    ~SampleTurn()
    {
        if (m_busy)
            *m_busy = false;
    }
    SampleTurn(SampleTurn &&) noexcept = default;
    SampleTurn &operator=(SampleTurn &&) = delete;
    [[nodiscard]] bool isMine() const { return m_busy != nullptr; }

private:
    std::shared_ptr<std::atomic_bool> m_busy;
};

Error sampleIsBusy()
{
    return {ErrorCode::Conflict, "the sample world is being loaded or cleared right now",
            "try again when that has ended"};
}

/// The status page lives on the main thread.
void tellChanged(StatusBoard &status)
{
    QMetaObject::invokeMethod(&status, [&status] { status.changed(); }, Qt::QueuedConnection);
}

} // namespace

void Handlers::handle(ipc::ImportBegin request, Responder<ipc::ImportBegin> responder)
{
    if (m_parts.status.restraint().stopBackfills && !request.dryRun)
        return responder.fail(diskIsLow());
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [begin = std::move(request), &stream = m_parts.stream, &status = m_parts.status](
                 storage::Pool &pool, const Responder<ipc::ImportBegin> &to) {
                 to.finish(runImport(begin, to, pool, stream, [&status] { tellChanged(status); }));
             });
}

void Handlers::handle(ipc::DemoLoad request, Responder<ipc::DemoLoad> responder)
{
    if (m_parts.status.restraint().stopBackfills)
        return responder.fail(diskIsLow());
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [load = request, busy = m_sampleBusy, &stream = m_parts.stream,
              &status = m_parts.status,
              &oracle = m_parts.oracle](storage::Pool &pool, const Responder<ipc::DemoLoad> &to) {
                 const SampleTurn turn(busy);
                 if (!turn.isMine())
                     return to.fail(sampleIsBusy());
                 const auto report = loadSampleWorld(
                     load, pool, [&to](const ipc::Progress &progress) { to.progress(progress); },
                     [&stream](auto events) { stream.filling(std::move(events)); },
                     to.stopToken());
                 stream.cleared();
                 oracle.reconsider();
                 tellChanged(status);
                 to.finish(report);
             });
}

void Handlers::handle(ipc::DemoClear, Responder<ipc::DemoClear> responder)
{
    withPool(m_parts.database, m_parts.workers, Workers::Kind::Long, std::move(responder),
             [busy = m_sampleBusy, &stream = m_parts.stream, &status = m_parts.status,
              &oracle = m_parts.oracle](storage::Pool &pool, const Responder<ipc::DemoClear> &to) {
                 const SampleTurn turn(busy);
                 if (!turn.isMine())
                     return to.fail(sampleIsBusy());
                 oracle.endReplay(); // else it would write after the clearing
                 const auto report = clearSampleWorld(pool);
                 stream.cleared();
                 oracle.reconsider();
                 tellChanged(status);
                 to.finish(report);
             });
}

} // namespace chrona::service
