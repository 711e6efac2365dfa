// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/server.h"

#include "chrona/base/log.h"
#include "chrona/ipc/endpoint.h"
#include "chrona/ipc/frame.h"
#include "server_connection.h"
#include "server_shared.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRandomGenerator>

#include <atomic>
#include <filesystem>
#include <format>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace chrona::ipc {
namespace {

constexpr int kProbeMsMax = 2000;

/// Conflict where somebody answers at the path; a file without a listener is removed.
Status claimPath(const QString &path)
{
    if (!QFile::exists(path))
        return {};
    QLocalSocket probe;
    probe.connectToServer(path);
    if (probe.waitForConnected(kProbeMsMax))
        return fail(ErrorCode::Conflict, "another service listens at " + path.toStdString(),
                    "use that one, or end it first");
    if (probe.error() != QLocalSocket::ConnectionRefusedError
        && probe.error() != QLocalSocket::ServerNotFoundError)
        return fail(ErrorCode::Unavailable,
                    std::format("{}: {}", path.toStdString(), probe.errorString().toStdString()));
    QLocalServer::removeServer(path);
    return {};
}

Status checkPath(const QString &path)
{
    if (!path.startsWith(u'/'))
        return fail(ErrorCode::InvalidInput, "the socket path is not absolute");
    if (static_cast<std::size_t>(QFile::encodeName(path).size()) >= sizeof(sockaddr_un::sun_path))
        return fail(ErrorCode::InvalidInput, "the socket path is too long: " + path.toStdString(),
                    "set XDG_RUNTIME_DIR to a shorter folder");
    return ensurePrivateFolder(std::filesystem::path(path.toStdString()).parent_path());
}

} // namespace

struct Server::State {
    std::shared_ptr<ServerShared> shared;
    QLocalServer listener;
    QList<ServerConnection *> connections;
    std::atomic<bool> pumpPosted{false};
};

Result<std::unique_ptr<Server>> Server::listen(const Options &options, Dispatch dispatch)
{
    if (auto fit = checkPath(options.socketPath); !fit)
        return std::unexpected(fit.error());
    if (auto claimed = claimPath(options.socketPath); !claimed)
        return std::unexpected(claimed.error());
    auto state = std::make_unique<State>();
    state->shared = std::make_shared<ServerShared>(options, std::move(dispatch),
                                                   QRandomGenerator::system()->generate64() >> 1);
    state->listener.setSocketOptions(QLocalServer::UserAccessOption);
    if (!state->listener.listen(options.socketPath))
        return fail(ErrorCode::Unavailable,
                    std::format("cannot listen at {}: {}", options.socketPath.toStdString(),
                                state->listener.errorString().toStdString()));
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : m_state(std::move(state))
{
    connect(&m_state->listener, &QLocalServer::newConnection, this, &Server::acceptConnections);
}

Server::~Server()
{
    m_state->listener.close();
    // Their open requests are told to stop; what handlers answer later goes nowhere.
    for (ServerConnection *connection : std::exchange(m_state->connections, {})) {
        connection->disconnect(this);
        delete connection;
    }
}

void Server::acceptConnections()
{
    while (QLocalSocket *socket = m_state->listener.nextPendingConnection()) {
        const auto user = peerUser(socket->socketDescriptor());
        const auto &admits = m_state->shared->options.admits;
        const bool admitted = user && (admits ? admits(*user) : *user == ::geteuid());
        const bool room = m_state->connections.size() < m_state->shared->options.connectionsMax;
        if (!admitted || !room) {
            ++m_state->shared->refused;
            log::warning("ipc", "a client was refused: {}",
                         admitted ? "too many are connected" : "it belongs to another user");
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto *connection = new ServerConnection(m_state->shared, socket, this);
        m_state->connections.append(connection);
        connect(connection, &ServerConnection::closed, this,
                [this, connection] { m_state->connections.removeOne(connection); });
    }
}

std::uint64_t Server::publishBytes(Topic topic, std::uint16_t type, QByteArray cbor)
{
    Q_ASSERT(static_cast<std::size_t>(cbor.size()) <= kFramePayloadBytesMax);
    const std::uint64_t sequence = m_state->shared->log(topic).append([&](std::uint64_t number) {
        return frameOf({0, FrameKind::Notification, 0, type, number}, bytesOf(cbor));
    });
    pumpLater();
    return sequence;
}

std::uint64_t Server::resync(Topic topic)
{
    const std::uint64_t sequence = m_state->shared->log(topic).forget();
    pumpLater();
    return sequence;
}

void Server::pumpLater()
{
    if (m_state->pumpPosted.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_state->pumpPosted = false;
            const auto connections = m_state->connections;
            for (ServerConnection *connection : connections)
                connection->pump();
        },
        Qt::QueuedConnection);
}

std::uint64_t Server::sequence(Topic topic) const
{
    return m_state->shared->log(topic).newest();
}

std::uint64_t Server::epoch() const
{
    return m_state->shared->epoch;
}

Server::Counters Server::counters() const
{
    const ServerShared &shared = *m_state->shared;
    return {shared.connections, shared.refused,           shared.stalled,
            shared.requestsOpen, shared.outgoingBytesPeak, shared.resyncs};
}

Result<Server::UserId> peerUser(qintptr socketDescriptor)
{
    const auto descriptor = static_cast<int>(socketDescriptor);
#ifdef SO_PEERCRED
    struct ucred peer = {};
    socklen_t size = sizeof peer;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0)
        return peer.uid;
#else
    uid_t user = 0;
    gid_t group = 0;
    if (::getpeereid(descriptor, &user, &group) == 0)
        return user;
#endif
    return fail(ErrorCode::Denied, "the system does not tell who is at the other end");
}

} // namespace chrona::ipc
