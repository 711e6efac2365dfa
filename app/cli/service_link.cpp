// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service_link.h"

#include "chrona/ipc/endpoint.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QProcess>
#include <QThread>

#include <format>

using namespace std::chrono_literals;

namespace chrona::cli {
namespace {

constexpr auto kConnectTimeout = 5s;
/// First start on a slow disk; the service answers long before its database is ready.
constexpr auto kStartTimeout = 15s;
constexpr auto kRetryPause = 20ms;

Result<std::unique_ptr<ipc::BlockingClient>> connect(const std::filesystem::path &dataFolder)
{
    const ipc::Endpoint endpoint = ipc::endpointFor(dataFolder);
    ipc::ClientOptions options;
    options.socketPath = QString::fromStdString(endpoint.socket.string());
    options.tokenFile = endpoint.tokenFile.string();
    options.name = "chronactl";
    options.version = CHRONA_VERSION;
    return ipc::BlockingClient::open(options, kConnectTimeout);
}

std::filesystem::path serviceProgram()
{
    return std::filesystem::path(QCoreApplication::applicationDirPath().toStdString()) / "chronad";
}

Result<std::unique_ptr<ipc::BlockingClient>>
startAndConnect(const std::filesystem::path &dataFolder)
{
    const auto program = serviceProgram();
    QProcess service;
    service.setProgram(QString::fromStdString(program.string()));
    service.setArguments({QStringLiteral("--data"), QString::fromStdString(dataFolder.string())});
    // It outlives us: a script that reads what we print must not wait for its end.
    service.setStandardInputFile(QProcess::nullDevice());
    service.setStandardOutputFile(QProcess::nullDevice());
    service.setStandardErrorFile(QProcess::nullDevice());
    if (!service.startDetached())
        return fail(ErrorCode::Unavailable, std::format("cannot start {}", program.string()));
    const QDeadlineTimer deadline(kStartTimeout);
    while (true) {
        auto client = connect(dataFolder);
        if (client || deadline.hasExpired())
            return client;
        QThread::sleep(kRetryPause);
    }
}

} // namespace

std::expected<ServiceLink, ExitCode> ServiceLink::open(Invocation &invocation)
{
    auto client = connect(invocation.dataFolder);
    if (!client && client.error().code != ErrorCode::Denied && invocation.mayStartService)
        client = startAndConnect(invocation.dataFolder);
    if (!client && client.error().code == ErrorCode::Denied)
        return std::unexpected(invocation.failed(client.error()));
    if (!client) {
        // Started in vain, it says why only where somebody can read it.
        const char *advice = invocation.mayStartService ? "see why it does not start" : "start it";
        invocation.err() << std::format("chronactl {}: the service of {} does not answer; {} "
                                        "with: chronad --data {}{}\n",
                                        invocation.command, invocation.dataFolder.string(), advice,
                                        invocation.dataFolder.string(),
                                        invocation.mayStartService ? "" : " (or give --start)");
        return std::unexpected(ExitCode::Unreachable);
    }
    ServiceLink link;
    link.m_interrupt = std::make_unique<Interrupt>();
    link.m_client = std::move(*client);
    return link;
}

} // namespace chrona::cli
