// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/stream_script.h"
#include "chrona/net/web_socket_frames.h"

#include <QObject>
#include <QTcpSocket>

#include <functional>

namespace chrona::net {

/// One client's WebSocket, played by a script. A child of its socket.
class StreamSession : public QObject {
    Q_OBJECT

public:
    using Heard = std::function<void(const std::string &text)>;
    StreamSession(QTcpSocket &socket, StreamScript script, Heard heard);

    void begin(std::string_view key);
    void say(const std::string &text);

private:
    void read();
    void play();
    [[nodiscard]] bool playOne(const StreamStep &step);
    void write(const WebSocketMessage &message);

    QTcpSocket &m_socket;
    StreamScript m_script;
    Heard m_heard;
    WebSocketReader m_reader{WebSocketRole::Server, 1 << 20};
    std::size_t m_step = 0;
    std::string m_unexpected; ///< what the client said and no step has waited for
};

/// A reset instead of an orderly end.
void resetSocket(QTcpSocket &socket);

} // namespace chrona::net
