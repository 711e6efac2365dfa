// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/web_socket.h"

#include "judged_addresses.h"
#include "system_resolver.h"
#include "web_socket_connection.h"

#include <QPointer>
#include <QThread>
#include <QUrl>

#include <algorithm>

namespace chrona::net {
namespace {

/// The thread of all sockets, and what lives on it.
struct NetworkThread {
    NetworkThread()
    {
        thread.setObjectName(QStringLiteral("streams"));
        context.moveToThread(&thread);
        thread.start();
    }
    ~NetworkThread()
    {
        QMetaObject::invokeMethod(
            &context,
            [this] {
                qDeleteAll(context.children());
                context.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        thread.quit();
        thread.wait();
    }
    NetworkThread(const NetworkThread &) = delete;
    NetworkThread &operator=(const NetworkThread &) = delete;

    QThread thread;
    QObject context;
};

class OpenSocket final : public WebSocket {
public:
    OpenSocket(QObject &context, QPointer<WebSocketConnection> connection,
               std::shared_ptr<Mailbox> mailbox)
        : m_context(context), m_connection(std::move(connection)), m_mailbox(std::move(mailbox))
    {
    }
    ~OpenSocket() override { post(&WebSocketConnection::close); }

    Result<std::optional<Received>> next(std::chrono::milliseconds waitMax,
                                         std::stop_token stop) override
    {
        std::unique_lock lock(m_mailbox->mutex);
        m_mailbox->changed.wait_for(lock, stop, waitMax, [this] {
            return !m_mailbox->waiting.empty() || m_mailbox->ended;
        });
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the stream was cancelled");
        if (m_mailbox->waiting.empty()) {
            if (m_mailbox->ended)
                return std::unexpected(*m_mailbox->ended);
            return std::nullopt;
        }
        std::optional<Received> message = std::move(m_mailbox->waiting.front());
        m_mailbox->waiting.pop_front();
        m_mailbox->waitingBytes -= message->payload.size() + sizeof(Received);
        if (m_mailbox->waiting.empty() && std::exchange(m_mailbox->isFull, false))
            post(&WebSocketConnection::resume);
        return message;
    }

    Status send(std::string_view text) override
    {
        {
            const std::lock_guard lock(m_mailbox->mutex);
            if (m_mailbox->ended)
                return std::unexpected(*m_mailbox->ended);
        }
        QMetaObject::invokeMethod(&m_context,
                                  [connection = m_connection, words = std::string(text)] {
                                      if (connection)
                                          connection->send(words);
                                  });
        return {};
    }

private:
    void post(void (WebSocketConnection::*what)()) const
    {
        QMetaObject::invokeMethod(&m_context, [connection = m_connection, what] {
            if (connection)
                (connection->*what)();
        });
    }

    QObject &m_context;
    QPointer<WebSocketConnection> m_connection; ///< looked at on the network thread only
    std::shared_ptr<Mailbox> m_mailbox;
};

/// "wss://" as the HTTP address that the guards know.
Result<std::string> httpUrl(std::string_view url, AddressPolicy policy)
{
    if (url.starts_with("wss://"))
        return "https" + std::string(url.substr(3));
    if (url.starts_with("ws://") && policy == AddressPolicy::PublicAndLoopback)
        return "http" + std::string(url.substr(2));
    return fail(ErrorCode::InvalidInput, "a stream's address must begin with wss://");
}

std::string pathOf(const std::string &url)
{
    const QUrl parsed(QString::fromStdString(url), QUrl::StrictMode);
    QByteArray path = parsed.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    if (parsed.hasQuery())
        path += "?" + parsed.query(QUrl::FullyEncoded).toLatin1();
    return path.toStdString();
}

class SocketClient final : public WebSocketClient {
public:
    SocketClient(AddressPolicy policy, std::unique_ptr<Resolver> resolver,
                 std::shared_ptr<const Clock> clock)
        : m_policy(policy),
          m_resolver(resolver ? std::move(resolver)
                              : std::make_unique<SystemResolver>(m_thread.context)),
          m_clock(clock ? std::move(clock) : std::make_shared<SystemClock>())
    {
    }

    Result<std::unique_ptr<WebSocket>> open(const StreamRequest &request,
                                            std::stop_token stop) override
    {
        const auto url = httpUrl(request.url, m_policy);
        if (!url)
            return std::unexpected(url.error());
        const auto parts = splitUrl(*url);
        if (!parts)
            return std::unexpected(parts.error());
        if (request.allowHost && !request.allowHost(parts->host, parts->port))
            return fail(ErrorCode::Denied, parts->host + " is no host of this source");
        const auto addresses =
            judgedAddresses(parts->host, {m_policy, *m_resolver, request.resolveMax}, stop);
        if (!addresses)
            return std::unexpected(addresses.error());
        Result<std::unique_ptr<WebSocket>> result =
            fail(ErrorCode::Unavailable, "no address was tried");
        for (std::size_t i = 0; i < std::min(addresses->size(), kAddressesTriedMax); ++i) {
            result = openAt(request, {*parts, (*addresses)[i], pathOf(*url)}, stop);
            if (result || result.error().code != ErrorCode::Unavailable)
                break;
        }
        return result;
    }

private:
    Result<std::unique_ptr<WebSocket>>
    openAt(const StreamRequest &request, WebSocketConnection::Target target, std::stop_token stop)
    {
        auto mailbox = std::make_shared<Mailbox>();
        auto *connection = new WebSocketConnection(request, std::move(target), mailbox, m_clock);
        connection->moveToThread(&m_thread.thread);
        auto socket = std::make_unique<OpenSocket>(
            m_thread.context, QPointer<WebSocketConnection>(connection), mailbox);
        QMetaObject::invokeMethod(&m_thread.context, [this, connection] {
            connection->setParent(&m_thread.context); // goes with it, unless it is closed before
            connection->start();
        });
        std::unique_lock lock(mailbox->mutex);
        // The connection's own timers end it at the latest.
        const bool settled =
            mailbox->changed.wait(lock, stop, [&] { return mailbox->isOpen || mailbox->ended; });
        if (!settled)
            return fail(ErrorCode::Cancelled, "the stream was cancelled");
        if (!mailbox->isOpen)
            return std::unexpected(*mailbox->ended);
        return socket;
    }

    AddressPolicy m_policy;
    NetworkThread m_thread;
    std::unique_ptr<Resolver> m_resolver;
    std::shared_ptr<const Clock> m_clock;
};

} // namespace

std::unique_ptr<WebSocketClient> makeWebSocketClient(AddressPolicy policy,
                                                     std::unique_ptr<Resolver> resolver,
                                                     std::shared_ptr<const Clock> clock)
{
    return std::make_unique<SocketClient>(policy, std::move(resolver), std::move(clock));
}

} // namespace chrona::net
