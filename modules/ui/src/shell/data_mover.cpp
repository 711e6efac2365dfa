// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/data_mover.h"

#include <QTimer>

using namespace std::chrono_literals;

namespace chrona::ui {

namespace {

/// A service writes its checkpoint before it ends.
constexpr auto kServiceEnds = 60s;
constexpr auto kAttemptPause = 250ms;

} // namespace

DataMover::DataMover(std::filesystem::path from, std::filesystem::path to, QObject *parent)
    : QObject(parent), m_from(std::move(from)), m_to(std::move(to))
{
    m_pool.setMaxThreadCount(1);
}

DataMover::~DataMover()
{
    stop();
    m_pool.waitForDone();
}

void DataMover::start()
{
    m_since.start();
    attempt();
}

void DataMover::attempt()
{
    m_pool.start([this] {
        Status outcome = workspace::moveDataFolder(
            m_from, m_to,
            [this](const workspace::MoveProgress &news) {
                Q_EMIT progressed(news.doneBytes, news.totalBytes);
            },
            m_stop.get_token());
        QMetaObject::invokeMethod(this, [this, outcome = std::move(outcome)]() mutable {
            const bool isInUse = !outcome && outcome.error().code == ErrorCode::Conflict;
            if (isInUse && !m_stop.stop_requested() && m_since.durationElapsed() < kServiceEnds) {
                QTimer::singleShot(kAttemptPause, this, &DataMover::attempt);
                return;
            }
            m_outcome = std::move(outcome);
            Q_EMIT finished();
        });
    });
}

} // namespace chrona::ui
