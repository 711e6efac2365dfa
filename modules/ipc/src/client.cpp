// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/client.h"

#include "chrona/ipc/endpoint.h"
#include "client_core.h"

#include <QLocalSocket>
#include <QTimer>

#include <algorithm>

namespace chrona::ipc {
namespace {

constexpr qint64 kClientBufferBytes = 4 << 20;

} // namespace

struct Client::Private {
    explicit Private(ClientOptions given)
        : options(std::move(given)), core([this](const QByteArray &bytes) {
              socket.write(bytes);
              socket.flush();
              return socket.bytesToWrite();
          }),
          readBuffer(kClientReadStep, Qt::Uninitialized), retry(options.retryFirst)
    {
    }

    ClientOptions options;
    QLocalSocket socket;
    ClientCore core;
    QByteArray readBuffer;
    QTimer retryTimer;
    std::chrono::milliseconds retry;
    State state = State::Closed;
    Error lastError;
    bool reading = false;
};

Client::Client(ClientOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(options)))
{
    d->socket.setReadBufferSize(kClientBufferBytes);
    d->retryTimer.setSingleShot(true);
    connect(&d->retryTimer, &QTimer::timeout, this, &Client::tryConnect);
    connect(&d->socket, &QLocalSocket::readyRead, this, &Client::readAvailable);
    connect(&d->socket, &QLocalSocket::bytesWritten, this,
            [this] { d->core.pumpUploads(d->socket.bytesToWrite()); });
    // Queued: a write may find the connection gone in the midst of the core's work.
    const auto onLoss = [this] {
        lose({ErrorCode::Unavailable, d->socket.errorString().toStdString(), {}, true});
    };
    connect(&d->socket, &QLocalSocket::disconnected, this, onLoss, Qt::QueuedConnection);
    connect(&d->socket, &QLocalSocket::errorOccurred, this, onLoss, Qt::QueuedConnection);
}

Client::~Client()
{
    d->socket.disconnect(this);
    d->core.end({ErrorCode::Cancelled, "the client was closed"});
}

void Client::open()
{
    if (d->state != State::Closed)
        return;
    d->retry = d->options.retryFirst;
    setState(State::Connecting);
    tryConnect();
}

void Client::close()
{
    d->retryTimer.stop();
    setState(State::Closed);
    d->socket.abort();
    d->core.end({ErrorCode::Unavailable, "the client was closed"});
}

void Client::tryConnect()
{
    const auto token = readToken(d->options.tokenFile);
    if (!token)
        return lose(token.error());
    d->socket.connectToServer(d->options.socketPath);
    if (d->state != State::Connecting || d->socket.state() != QLocalSocket::ConnectedState)
        return; // errorOccurred will call lose(); a local socket connects at once or not at all
    Hello hello;
    hello.token = *token;
    hello.clientName = d->options.name;
    hello.clientVersion = d->options.version;
    d->core.begin(hello, [this](const Result<Welcome> &welcome) {
        if (!welcome) {
            d->lastError = welcome.error();
            return;
        }
        d->retry = d->options.retryFirst;
        setState(State::Connected);
    });
}

void Client::readAvailable()
{
    if (d->reading)
        return;
    d->reading = true;
    Status fed;
    while (fed && d->socket.isOpen()) {
        const qint64 count = d->socket.read(d->readBuffer.data(), kClientReadStep);
        if (count <= 0)
            break;
        fed = d->core.feed(bytesOf(d->readBuffer).first(static_cast<std::size_t>(count)));
    }
    d->reading = false;
    if (!fed)
        lose(fed.error());
}

void Client::lose(const Error &error)
{
    // Aborting reports a disconnection, which leads here again.
    if (d->state == State::Closed || d->retryTimer.isActive())
        return;
    // What the service said when it refused us tells more than that it then hung up.
    const bool refused = d->state == State::Connecting && d->lastError.code == ErrorCode::Denied;
    if (!refused)
        d->lastError = error;
    d->retryTimer.start(d->retry);
    d->retry = std::min(d->retry * 2, d->options.retryLast);
    d->socket.abort();
    d->core.end(error);
    setState(State::Connecting);
    Q_EMIT attemptFailed();
}

void Client::setState(State state)
{
    if (std::exchange(d->state, state) != state)
        Q_EMIT stateChanged();
}

Client::State Client::state() const
{
    return d->state;
}

const Welcome &Client::welcome() const
{
    return d->core.welcome();
}

const Error &Client::lastError() const
{
    return d->lastError;
}

Client::RequestId Client::send(std::uint16_t type, const QByteArray &cbor, ReplySink sink)
{
    return d->core.send(type, cbor, std::move(sink));
}

void Client::cancel(RequestId request)
{
    d->core.cancel(request);
}

void Client::subscribeBytes(Topic topic, TakeBytes message, std::function<void()> resync,
                            std::optional<SubscriptionStart> start)
{
    d->core.subscribe(topic, {std::move(message), std::move(resync), start});
}

void Client::unsubscribe(Topic topic)
{
    d->core.unsubscribe(topic);
}

} // namespace chrona::ipc
