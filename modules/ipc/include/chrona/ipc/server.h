// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace chrona::ipc {

/// The service's end: lets clients of this user in, hands their requests to `Dispatch`, streams
/// rows under credit, and keeps notifications for those who come back.
///
/// Thread rule: create, and destroy, on one thread with an event loop; publish(), resync() and
/// counters() on any. A client that does not read costs at most `outgoingBytesMax` and is then put
/// off.
class Server : public QObject {
    Q_OBJECT

public:
    using UserId = std::uint32_t;
    struct Options {
        QString socketPath; ///< absolute; its folder is made 0700 or must be so
        std::string token;  ///< see ensureToken()
        std::string version;
        int connectionsMax = 16;
        int requestsMax = 64; ///< open at one time, of one client
        std::chrono::milliseconds helloTimeout{5000};
        qint64 outgoingBytesMax = 40 << 20;   ///< not yet taken by one client; above it is cut off
        std::size_t replayBytesMax = 8 << 20; ///< notifications kept, of one topic
        std::function<bool(UserId)> admits{}; ///< empty: this process' own user only
    };
    struct Counters {
        std::int64_t connections = 0; ///< let in and open
        std::int64_t refused = 0;     ///< wrong user, token, version, or garbage
        std::int64_t stalled = 0;     ///< cut off because they did not read
        std::int64_t requestsOpen = 0;
        std::int64_t outgoingBytesPeak = 0; ///< most that ever waited for one client
        std::int64_t resyncs = 0;           ///< notifications that were dropped for a slow client
    };

    /// Conflict: another process serves this socket. A dead one's file is replaced.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(const Options &options,
                                                                Dispatch dispatch);
    ~Server() override;

    /// Tells all who subscribed to the message's topic; returns its sequence number there.
    template <class Message> std::uint64_t publish(const Message &message)
    {
        return publishBytes(Message::kTopic, Message::kType, encode(message));
    }
    /// Subscribers are told to ask for the state again: it changed in a way that notifications
    /// cannot say (everything was deleted, reloaded).
    std::uint64_t resync(Topic topic);
    /// Of the newest notification. A snapshot that carries this number must include what it told.
    [[nodiscard]] std::uint64_t sequence(Topic topic) const;
    [[nodiscard]] std::uint64_t epoch() const;
    [[nodiscard]] Counters counters() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::uint64_t publishBytes(Topic topic, std::uint16_t type, QByteArray cbor);
    void acceptConnections();
    void pumpLater();

    std::unique_ptr<State> m_state;
};

/// The user at the other end of a connected local socket, as the kernel tells it.
[[nodiscard]] Result<Server::UserId> peerUser(qintptr socketDescriptor);

} // namespace chrona::ipc
