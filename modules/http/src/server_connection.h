// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/http/server.h"

#include <QTcpSocket>
#include <QTimer>

#include <atomic>

namespace chrona::http {

/// What all connections of a server share.
struct Serving {
    Server::Options options;
    Server::Handler handler;
    std::uint16_t port = 0;
    std::atomic<std::uint64_t> answered{0}, refused{0}, open{0};
};

/// One peer: one request at a time, each with its deadline. Lives on the server's thread and goes
/// by itself when the peer does.
class ServerConnection : public QObject {
public:
    ServerConnection(QTcpSocket *socket, Serving &serving);
    ~ServerConnection() override;

private:
    void takeBytes();
    void handleAll();
    [[nodiscard]] bool handleOne(); ///< false: nothing more can be done now
    [[nodiscard]] std::optional<Refusal> judge(const Request &request) const;
    void refuse(const Refusal &refusal);
    void send(const Response &response, AfterResponse after);
    void sent();
    void close();
    void wait(std::chrono::milliseconds time);

    QTcpSocket *m_socket;
    Serving &m_serving;
    RequestReader m_reader;
    QTimer m_deadline;
    std::size_t m_requests = 0;
    bool m_isRequestBegun = false, m_isSending = false, m_isClosing = false;
};

} // namespace chrona::http
