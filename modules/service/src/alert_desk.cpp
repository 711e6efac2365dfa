// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_desk.h"

#include "database.h"
#include "event_stream.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"

#include <algorithm>
#include <iterator>

namespace chrona::service {
namespace {

constexpr std::chrono::minutes kQuietLooked{1}; ///< how late the end of quiet hours is noticed
/// A writer whose clock was read before another's may commit after it.
constexpr std::chrono::minutes kCommitMax{10};
constexpr auto kNewsAge = std::chrono::hours(26);
constexpr std::size_t kTellMax = 100;

} // namespace

AlertDesk::AlertDesk(Parts parts) : m_parts(parts), m_since(SystemClock().now())
{
    connect(&m_parts.stream, &EventStream::eventsStored, this, &AlertDesk::take);
    connect(&m_minute, &QTimer::timeout, this, &AlertDesk::work);
    m_minute.start(kQuietLooked);
}

void AlertDesk::look()
{
    QMetaObject::invokeMethod(this, &AlertDesk::work, Qt::QueuedConnection);
}

void AlertDesk::rulesChanged()
{
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT changed({.announced = {}, .rulesChanged = true}); },
        Qt::QueuedConnection);
}

void AlertDesk::take(const std::vector<schema::Event> &events)
{
    // A history that is read in is no news, and is not copied.
    const Instant since = SystemClock().now() - kNewsAge;
    std::ranges::copy_if(events, std::back_inserter(m_came), [since](const schema::Event &event) {
        return event.times.availableAt() >= since;
    });
    if (!m_came.empty())
        work();
}

/// One at a time; what comes meanwhile is looked at together.
void AlertDesk::work()
{
    const auto pool = m_parts.database.pool();
    if (!pool || m_parts.database.isPaused())
        return;
    if (m_isWorking) {
        m_again = true;
        return;
    }
    m_isWorking = true;
    m_again = false;
    m_parts.workers.run(Workers::Kind::Query, [this, pool, came = std::exchange(m_came, {})] {
        if (auto lease = pool->take())
            workOn(**lease, came);
        else
            log::warning("alerts", "{}", describe(lease.error()));
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isWorking = false;
                if (m_again || !m_came.empty())
                    work();
            },
            Qt::QueuedConnection);
    });
}

void AlertDesk::workOn(storage::Connection &connection, const std::vector<schema::Event> &came)
{
    const Instant now = SystemClock().now();
    if (!came.empty())
        if (const auto found = checkCame(connection, m_parts.settings, came, now, m_usual); !found)
            log::warning("alerts", "{}", describe(found.error()));
    if (const auto done = announceWaiting(connection, m_parts.settings, now); !done)
        log::warning("alerts", "{}", describe(done.error()));
    auto alerts = storage::loadAlerts(connection, {.announcedAfter = m_since, .limit = kTellMax});
    if (!alerts)
        return log::warning("alerts", "{}", describe(alerts.error()));
    std::erase_if(*alerts,
                  [this](const schema::Alert &alert) { return !m_told.insert(alert.id).second; });
    m_since = std::max(m_since, now - kCommitMax);
    if (alerts->empty())
        return;
    std::ranges::reverse(*alerts); // newest first in the list, oldest first when told
    tell({.announced = std::move(*alerts), .rulesChanged = false});
}

void AlertDesk::tell(ipc::AlertsChanged news)
{
    QMetaObject::invokeMethod(
        this, [this, news = std::move(news)] { Q_EMIT changed(news); }, Qt::QueuedConnection);
}

} // namespace chrona::service
