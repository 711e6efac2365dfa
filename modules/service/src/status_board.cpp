// SPDX-License-Identifier: AGPL-3.0-or-later
#include "status_board.h"

#include "database.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"
#include "chrona/ipc/server.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <unistd.h>
#include <utility>

using namespace std::chrono_literals;

namespace chrona::service {
namespace {

/// Counting is not free, and a page that is asked for every second need not be that fresh.
constexpr auto kFiguresAge = 3s;
constexpr auto kMeasurePause = 15s;
constexpr auto kTellDelay = 200ms;
constexpr auto kFolderAge = 60s;

} // namespace

std::string rungsOf(const Restraint &restraint)
{
    const std::pair<bool, std::string_view> rungs[] = {
        {restraint.stretchPolls, "stretch_polls"},
        {restraint.deferEnrichment, "defer_enrichment"},
        {restraint.pauseAnalysis, "pause_analysis"},
        {restraint.stopBackfills, "stop_backfills"},
        {restraint.stopEnrichment, "stop_enrichment"},
        {restraint.stopAcquisition, "stop_acquisition"},
        {restraint.stopWriting, "stop_writing"},
        {restraint.stopReading, "stop_reading"},
    };
    std::string held;
    for (const auto &[holds, name] : rungs)
        if (holds)
            held += (held.empty() ? "" : " ") + std::string(name);
    return held;
}

StatusBoard::StatusBoard(Parts parts) : m_parts(std::move(parts)), m_startedAt(m_clock.now())
{
    connect(&m_parts.database, &Database::stateChanged, this, [this] {
        m_gatheredAt.reset();
        changed();
    });
    connect(&m_parts.database, &Database::pausedChanged, this, &StatusBoard::measure);
    m_measureTimer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_measureTimer, &QTimer::timeout, this, &StatusBoard::measure);
    m_measureTimer.start(kMeasurePause);
    m_tellTimer.setSingleShot(true);
    connect(&m_tellTimer, &QTimer::timeout, this, [this] {
        gather([this] {
            if (m_server)
                m_server->publish(ipc::StatusChanged{.status = page()});
        });
    });
    measure();
}

void StatusBoard::answer(ipc::Responder<ipc::StatusRequest> responder)
{
    const bool fresh =
        m_gatheredAt && std::chrono::steady_clock::now() - *m_gatheredAt < kFiguresAge;
    if (fresh || !m_parts.database.pool())
        return responder.reply(page());
    gather([this, responder] { responder.reply(page()); });
}

void StatusBoard::outdated()
{
    m_gatheredAt.reset();
    m_changedMeanwhile = m_gathering;
}

void StatusBoard::changed()
{
    outdated();
    if (!m_tellTimer.isActive())
        m_tellTimer.start(kTellDelay);
}

void StatusBoard::gather(Then then)
{
    m_waiting.push_back(std::move(then));
    if (!m_gathering)
        beginGathering();
}

void StatusBoard::beginGathering()
{
    m_begun = std::exchange(m_waiting, {});
    auto pool = m_parts.database.pool();
    m_gathering = pool != nullptr;
    if (!pool) {
        for (const Then &then : std::exchange(m_begun, {}))
            then();
        return;
    }
    m_parts.workers.run(Workers::Kind::Query, [this, pool] {
        const auto read = [&]() -> Result<Gathered> {
            auto lease = pool->take();
            if (!lease)
                return std::unexpected(lease.error());
            auto world = loadWorldFigures(**lease);
            if (!world)
                return std::unexpected(world.error());
            auto duties = m_parts.duties(**lease);
            if (!duties)
                return std::unexpected(duties.error());
            return Gathered{*world, std::move(*duties), folderBytes(m_parts.dataFolder)};
        };
        auto gathered = std::make_shared<Result<Gathered>>(read());
        QMetaObject::invokeMethod(
            this, [this, gathered] { take(std::move(*gathered)); }, Qt::QueuedConnection);
    });
}

void StatusBoard::take(Result<Gathered> gathered)
{
    m_gathering = false;
    const bool isOutdated = std::exchange(m_changedMeanwhile, false);
    if (gathered) {
        m_gathered = std::move(*gathered);
        if (!isOutdated)
            m_gatheredAt = std::chrono::steady_clock::now();
        m_pressure.normaliseLag = m_gathered.duties.normaliseLag;
        m_pressure.claimTime = m_gathered.duties.claimTime;
        m_pressure.folderBytes = m_gathered.folderBytes;
        for (const ipc::QueueStatus &queue : m_gathered.duties.queues)
            if (queue.name == "enrichment")
                m_pressure.enrichmentDepth = queue.ready;
    } else {
        log::warning("status", "{}", describe(gathered.error()));
    }
    // What was read before a change must not answer those who asked after it: they wait for the
    // next reading. Those who asked before it do not, however often something changes.
    auto answered = std::exchange(m_begun, {});
    if (!isOutdated)
        std::ranges::move(std::exchange(m_waiting, {}), std::back_inserter(answered));
    if (!m_waiting.empty())
        beginGathering();
    for (const Then &then : answered)
        then();
}

void StatusBoard::measure()
{
    m_pressure.machine = measureMachine(m_parts.dataFolder);
    m_pressure.isDatabasePaused = m_parts.database.isPaused();
    // Nobody may be asking for the page, and a budget must hold all the same.
    const bool isOld =
        !m_gatheredAt || std::chrono::steady_clock::now() - *m_gatheredAt > kFolderAge;
    if (m_parts.settings.number("storage.budget_gib") > 0 && isOld)
        gather([] {});
    const Restraint now =
        restraintFor(m_pressure, PressureLimits::from(m_parts.settings), m_restraint);
    if (now == m_restraint)
        return;
    log::warning("pressure", "held back: {}", now == Restraint{} ? "nothing" : rungsOf(now));
    m_restraint = now;
    Q_EMIT restraintChanged();
    if (m_server)
        changed();
}

ipc::StatusReply StatusBoard::page() const
{
    const MachineFigures machine = measureMachine(m_parts.dataFolder);
    const WorldFigures &world = m_gathered.world;
    ipc::StatusReply page;
    page.version = m_parts.version;
    page.processId = ::getpid();
    page.startedAt = m_startedAt;
    page.uptime = m_clock.now() - m_startedAt;
    page.dataFolder = m_parts.dataFolder.string();
    page.database = m_parts.database.status();
    page.database.sizeBytes = world.sizeBytes;
    if (page.database.problem.empty() && world.damagedReads > 0)
        page.database.problem = std::format("the disk gave {} damaged blocks; the log names the "
                                            "tables: check the disk, then restore a backup",
                                            world.damagedReads);
    page.queues = m_gathered.duties.queues;
    page.connectors = m_gathered.duties.connectors;
    page.enrichment = m_gathered.duties.enrichment;
    if (m_parts.oracle)
        page.oracle = m_parts.oracle();
    page.freeDiskBytes = static_cast<std::int64_t>(machine.diskFreeBytes);
    page.folderBytes = static_cast<std::int64_t>(m_gathered.folderBytes);
    page.memoryBytes = static_cast<std::int64_t>(machine.memoryBytes);
    page.eventCount = world.events;
    page.entityCount = world.entities;
    page.newestObservedAt = world.newestObservedAt;
    page.newestIngestedAt = world.newestIngestedAt;
    page.sampleWorldLoaded = world.hasSynthetic;
    page.lastBriefingAt = world.lastBriefingAt;
    page.liveSourcesEnabled = m_parts.settings.flag("sources.live");
    page.firstRunDone = m_parts.settings.flag("workstation.first_run_done");
    page.pressure = rungsOf(m_restraint);
    return page;
}

} // namespace chrona::service
