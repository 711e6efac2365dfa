// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scratch_service.h"

#include "chrona/ipc/endpoint.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

using namespace std::chrono_literals;

namespace chrona::bench {
namespace {

constexpr auto kStartMax = 60s;
constexpr auto kPause = 5ms;
constexpr int kStopMsMax = 20'000;

} // namespace

ScratchService::~ScratchService()
{
    stop();
}

std::string ScratchService::dataFolder() const
{
    return m_folder.filePath(QStringLiteral("data")).toStdString();
}

Status ScratchService::start()
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/chronad");
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(program, {QStringLiteral("--data"), QString::fromStdString(dataFolder())});
    if (!m_process.waitForStarted())
        return fail(ErrorCode::Unavailable, "cannot start " + program.toStdString());
    return waitUntilReady();
}

Status ScratchService::waitUntilReady()
{
    const ipc::Endpoint endpoint = ipc::endpointFor(dataFolder());
    ipc::ClientOptions options;
    options.socketPath = QString::fromStdString(endpoint.socket.string());
    options.tokenFile = endpoint.tokenFile.string();
    options.name = "chrona-bench";
    const QDeadlineTimer deadline(kStartMax);
    while (!deadline.hasExpired()) {
        if (!m_client)
            if (auto opened = ipc::BlockingClient::open(options, 1s))
                m_client = std::move(*opened);
        if (m_client) {
            const auto status = m_client->request(ipc::StatusRequest{});
            if (status && status->database.state == ipc::DatabaseState::Ready)
                return {};
        }
        QThread::sleep(kPause);
    }
    return fail(ErrorCode::Timeout, "chronad did not serve");
}

void ScratchService::stop()
{
    m_client.reset();
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(kStopMsMax)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

} // namespace chrona::bench
