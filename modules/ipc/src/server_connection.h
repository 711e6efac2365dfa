// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/frame.h"
#include "server_call.h"
#include "server_shared.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

class QLocalSocket;

namespace chrona::ipc {

/// One client. Lives on the server's thread. What is sent in bulk (rows, notifications) is taken
/// from its source only while little waits in the socket, so that a client that does not read costs
/// little.
class ServerConnection : public QObject {
    Q_OBJECT

public:
    /// Takes the socket over. The user at its other end was checked.
    ServerConnection(std::shared_ptr<ServerShared> shared, QLocalSocket *socket, QObject *parent);
    ~ServerConnection() override;

    void sendProgress(std::uint64_t correlation, const QByteArray &cbor);
    void finish(std::uint64_t correlation, std::uint16_t type, QByteArray cbor, BlockSource blocks);
    void finishBadly(std::uint64_t correlation, const Error &error);
    void grantCredit(std::uint64_t correlation, std::size_t bytes);
    /// Sends what may be sent now: rows under credit, notifications.
    void pump();

Q_SIGNALS:
    void closed();

private:
    struct OpenRequest {
        std::stop_source stop;
        std::shared_ptr<ChunkQueue> upload;
        // Set when the handler has answered with rows:
        BlockSource blocks;
        std::uint16_t replyType = 0;
        QByteArray reply;
        std::int64_t credit = kCreditBytesInitial;
    };
    using OpenRequests = std::map<std::uint64_t, OpenRequest>;

    void readAvailable();
    /// False: the client broke the protocol, and the connection is closing.
    [[nodiscard]] bool take(Frame frame);
    [[nodiscard]] bool takeHello(const Frame &frame);
    [[nodiscard]] bool takeRequest(const Frame &frame);
    [[nodiscard]] bool takeChunk(Frame frame);
    [[nodiscard]] bool takeCredit(const Frame &frame);
    void cancel(std::uint64_t correlation);
    [[nodiscard]] bool answerSessionRequest(const Frame &frame);
    [[nodiscard]] Subscribed subscribe(const Subscribe &request);
    [[nodiscard]] std::shared_ptr<Call> openCall(std::uint64_t correlation);

    [[nodiscard]] bool pumpRows();
    [[nodiscard]] bool pumpNotifications(Topic topic);
    template <class Message> void answer(std::uint64_t correlation, const Message &message);
    void send(FrameHeader header, const QByteArray &payload = {});
    void write(const QByteArray &frame);
    void sendFailure(std::uint64_t correlation, const Error &error);
    void refuse(std::uint64_t correlation, const Error &error);
    void breakOff(const std::string &reason);
    void shut();

    std::shared_ptr<ServerShared> m_shared;
    QLocalSocket *m_socket;
    std::shared_ptr<Mailbox> m_mailbox;
    FrameDecoder m_decoder;
    QTimer m_helloTimer;
    OpenRequests m_requests;
    std::array<std::optional<std::uint64_t>, kTopicCount> m_nextNotification;
    QByteArray m_readBuffer;
    std::span<const std::byte> m_unread; ///< in m_readBuffer
    bool m_reading = false;
    bool m_pumping = false;
    bool m_letIn = false;
    bool m_closing = false;
};

} // namespace chrona::ipc
