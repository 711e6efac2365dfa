// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/blocking_client.h"

#include "chrona/ipc/endpoint.h"
#include "client_core.h"

#include <QDeadlineTimer>
#include <QLocalSocket>

namespace chrona::ipc {
namespace {

// How soon Ctrl-C is noticed while nothing comes.
constexpr int kWaitMs = 100;

Error timedOut()
{
    return {ErrorCode::Timeout, "the service did not answer in time", "see its log", true};
}

} // namespace

struct BlockingClient::Private {
    Private()
        : core([this](const QByteArray &bytes) {
              socket.write(bytes);
              socket.flush();
              return socket.bytesToWrite();
          })
    {
    }

    QLocalSocket socket;
    ClientCore core;
    QByteArray readBuffer = QByteArray(kClientReadStep, Qt::Uninitialized);

    /// Waits a moment for bytes and takes them. True: some came.
    [[nodiscard]] Result<bool> step()
    {
        if (socket.bytesToWrite() > 0)
            socket.waitForBytesWritten(kWaitMs);
        core.pumpUploads(socket.bytesToWrite());
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(kWaitMs) &&
            socket.state() != QLocalSocket::ConnectedState)
            return fail(ErrorCode::Unavailable, "the service closed the connection",
                        "look whether it is running");
        bool came = false;
        while (const qint64 count =
                   std::max<qint64>(0, socket.read(readBuffer.data(), kClientReadStep))) {
            came = true;
            const auto bytes = bytesOf(readBuffer).first(static_cast<std::size_t>(count));
            if (auto fed = core.feed(bytes); !fed)
                return std::unexpected(fed.error());
        }
        return came;
    }
};

BlockingClient::BlockingClient(std::unique_ptr<Private> state) : d(std::move(state)) {}
BlockingClient::~BlockingClient() = default;

const Welcome &BlockingClient::welcome() const
{
    return d->core.welcome();
}

Result<std::unique_ptr<BlockingClient>> BlockingClient::open(const ClientOptions &options,
                                                             std::chrono::milliseconds timeout)
{
    const auto token = readToken(options.tokenFile);
    if (!token)
        return std::unexpected(token.error());
    auto state = std::make_unique<Private>();
    state->socket.connectToServer(options.socketPath);
    if (!state->socket.waitForConnected(static_cast<int>(timeout.count())))
        return fail(ErrorCode::Unavailable,
                    "no service answers at " + options.socketPath.toStdString(),
                    "start chronad, or the workstation, which starts it");
    Hello hello;
    hello.token = *token;
    hello.clientName = options.name;
    hello.clientVersion = options.version;
    std::optional<Status> welcomed;
    state->core.begin(hello, [&](const Result<Welcome> &welcome) {
        welcomed = welcome.transform([](const Welcome &) {});
    });
    const QDeadlineTimer deadline(timeout);
    while (!welcomed) {
        if (deadline.hasExpired())
            return std::unexpected(timedOut());
        if (auto came = state->step(); !came && !welcomed)
            return std::unexpected(came.error());
    }
    if (!*welcomed)
        return std::unexpected(welcomed->error());
    return std::unique_ptr<BlockingClient>(new BlockingClient(std::move(state)));
}

void BlockingClient::exchange(std::uint16_t type, const QByteArray &cbor, ReplySink sink,
                              const Limits &limits)
{
    bool ended = false;
    sink.end = [&ended, end = std::move(sink.end)](Result<QByteArray> reply) {
        ended = true;
        end(std::move(reply));
    };
    const auto id = d->core.send(type, cbor, std::move(sink));
    QDeadlineTimer deadline(limits.timeout);
    bool cancelled = false;
    while (!ended) {
        if (limits.stop.stop_requested() && !std::exchange(cancelled, true))
            d->core.cancel(id);
        const auto came = d->step();
        if (!came || deadline.hasExpired()) {
            const Error error = came ? timedOut() : came.error();
            d->socket.abort();
            // Ends the request, so that no callback outlives this call.
            return d->core.end(error);
        }
        if (*came)
            deadline.setRemainingTime(limits.timeout);
    }
}

} // namespace chrona::ipc
