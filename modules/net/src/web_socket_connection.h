// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/web_socket.h"
#include "chrona/net/web_socket_frames.h"

#include <QSslSocket>
#include <QTimer>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace chrona::net {

/// Messages on their way from the socket's thread to who takes them, and how it ended.
struct Mailbox {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<Received> waiting;
    std::size_t waitingBytes = 0;
    bool isOpen = false;
    bool isFull = false; ///< the socket is not read until some were taken
    std::optional<Error> ended;
};

/// One WebSocket. Lives on the clients' network thread; ends by itself, and is deleted by close().
class WebSocketConnection : public QObject {
    Q_OBJECT

public:
    struct Target {
        UrlParts parts;
        std::string address; ///< judged
        std::string path;    ///< with the query
    };
    WebSocketConnection(const StreamRequest &request, Target target,
                        std::shared_ptr<Mailbox> mailbox, std::shared_ptr<const Clock> clock);

    void start();
    void send(const std::string &text);
    void resume();
    void close();

private:
    void connected();
    void read();
    void readHandshake();
    void readFrames(std::string_view bytes);
    [[nodiscard]] bool isFull();
    void take(WebSocketMessage message);
    void put(WebSocketMessage message);
    void write(const WebSocketMessage &message);
    void socketFailed(QAbstractSocket::SocketError error);
    void silent();
    void end(Error error);

    StreamRequest m_request;
    Target m_target;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<const Clock> m_clock;
    QSslSocket m_socket{this};
    QTimer m_timer{this}; ///< of the phase, then of silence
    const char *m_phase = "connecting";
    std::string m_key;
    std::string m_head; ///< of the handshake's answer, as far as it came
    WebSocketReader m_reader;
    Instant m_readAt;
    bool m_isOpen = false, m_isPinged = false, m_hasEnded = false;
};

} // namespace chrona::net
