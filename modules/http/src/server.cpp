// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/http/server.h"

#include "server_connection.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QThread>

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::http {
namespace {

constexpr int kAcceptsWaiting = 16;

/// Host and port of a Host header; an IPv6 address keeps no brackets.
struct HostParts {
    std::string name;
    std::optional<std::uint16_t> port;
};

std::optional<HostParts> splitHost(std::string_view host)
{
    HostParts parts;
    std::string_view rest;
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        parts.name = host.substr(1, end - 1);
        rest = host.substr(end + 1);
    } else {
        const std::size_t colon = host.find(':');
        parts.name = host.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view() : host.substr(colon);
    }
    if (rest.empty())
        return parts;
    std::uint16_t port = 0;
    const char *end = rest.data() + rest.size();
    const auto [stopped, error] = std::from_chars(rest.data() + 1, end, port);
    if (rest.front() != ':' || error != std::errc{} || stopped != end)
        return std::nullopt;
    parts.port = port;
    return parts;
}

} // namespace

bool isOurHost(std::string_view host, std::uint16_t port, const std::vector<std::string> &names)
{
    const auto parts = splitHost(host);
    if (!parts)
        return false;
    const QString name = QString::fromStdString(parts->name).toLower();
    const auto isName = [&](const std::string &each) {
        return QString::fromStdString(each).toLower() == name;
    };
    if (std::ranges::any_of(names, isName))
        return true; // behind a container's network the port may be another one
    if (parts->port.value_or(80) != port)
        return false;
    QHostAddress address;
    return name == QStringLiteral("localhost") ||
           (address.setAddress(name) && address.isLoopback());
}

struct Server::State {
    Serving serving;
    QThread thread;
    QObject home;                        ///< lives on the thread; posts reach it
    std::unique_ptr<QTcpServer> sockets; ///< on the thread, as are its connections
    std::string address;

    [[nodiscard]] Status begin();
    void accept();
};

Status Server::State::begin()
{
    QHostAddress wanted;
    if (!wanted.setAddress(QString::fromStdString(serving.options.address)))
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" is no address", serving.options.address),
                    "127.0.0.1 is this machine alone");
    Status listening;
    thread.setObjectName(QStringLiteral("http"));
    thread.start();
    home.moveToThread(&thread);
    QMetaObject::invokeMethod(
        &home,
        [&] {
            sockets = std::make_unique<QTcpServer>();
            sockets->setMaxPendingConnections(kAcceptsWaiting);
            QObject::connect(sockets.get(), &QTcpServer::newConnection, &home,
                             [this] { accept(); });
            if (sockets->listen(wanted, serving.options.port)) {
                serving.port = sockets->serverPort();
                return;
            }
            listening =
                fail(ErrorCode::Unavailable,
                     std::format("cannot listen on {} port {}: {}", serving.options.address,
                                 serving.options.port, sockets->errorString().toStdString()),
                     "choose another port");
        },
        Qt::BlockingQueuedConnection);
    address = serving.options.address;
    return listening;
}

void Server::State::accept()
{
    while (QTcpSocket *socket = sockets->nextPendingConnection()) {
        if (serving.open >= serving.options.limits.connectionsMax) {
            ++serving.refused;
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto *connection = new ServerConnection(socket, serving); // its parent is the server
        connection->setParent(sockets.get());
    }
}

Server::Server(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::listen(Options options, Handler handler)
{
    auto state = std::make_unique<State>();
    state->serving.options = std::move(options);
    state->serving.handler = std::move(handler);
    // From here on the destructor ends the thread.
    std::unique_ptr<Server> server(new Server(std::move(state)));
    if (auto begun = server->m_state->begin(); !begun)
        return std::unexpected(begun.error());
    return server;
}

Server::~Server()
{
    if (m_state->thread.isRunning()) {
        QMetaObject::invokeMethod(
            &m_state->home,
            [this] {
                m_state->sockets.reset(); // with all connections
                m_state->home.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_state->thread.quit();
        m_state->thread.wait();
    }
}

const std::string &Server::address() const
{
    return m_state->address;
}

std::uint16_t Server::port() const
{
    return m_state->serving.port;
}

Server::Counts Server::counts() const
{
    return {m_state->serving.answered, m_state->serving.refused, m_state->serving.open};
}

} // namespace chrona::http
