// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/client.h"
#include "chrona/ipc/frame.h"

#include <array>
#include <functional>
#include <map>
#include <optional>

namespace chrona::ipc {

/// Bytes that a client takes from its socket at once.
inline constexpr qsizetype kClientReadStep = 256 << 10;

struct TopicSink {
    std::function<Status(std::span<const std::byte> cbor, std::uint64_t sequence)> message;
    std::function<void()> resync;
    std::optional<SubscriptionStart> start;
};

/// The client's half of the protocol without a socket: bytes in, bytes out. One thread.
class ClientCore {
public:
    using RequestId = std::uint64_t;
    /// Sends bytes; returns how many wait to be taken by the socket.
    using Write = std::function<qint64(const QByteArray &)>;

    explicit ClientCore(Write write) : m_write(std::move(write)) {}

    /// A new connection: says hello; `welcomed` is called once with the answer.
    void begin(const Hello &hello, std::function<void(Result<Welcome>)> welcomed);
    /// The connection is gone: every open request ends in `error`.
    void end(const Error &error);
    /// Corrupt: the service does not keep to the protocol; the connection must be closed.
    [[nodiscard]] Status feed(std::span<const std::byte> bytes);
    /// Sends on uploads that wait for the socket. `bytesWaiting` as from Write.
    void pumpUploads(qint64 bytesWaiting);

    RequestId send(std::uint16_t type, const QByteArray &cbor, ReplySink sink);
    void cancel(RequestId request);
    void subscribe(Topic topic, TopicSink sink);
    void unsubscribe(Topic topic);

    [[nodiscard]] bool isWelcomed() const { return m_welcomed; }
    [[nodiscard]] const Welcome &welcome() const { return m_welcome; }

private:
    struct OpenRequest {
        ReplySink sink;
        std::int64_t credit = kCreditBytesInitial;
        bool uploaded = false;
        std::optional<Error> failed{}; ///< what made us cancel; the service only says "cancelled"
    };
    using OpenRequests = std::map<RequestId, OpenRequest>;

    [[nodiscard]] Status take(const Frame &frame);
    [[nodiscard]] Status takeNotification(const Frame &frame);
    void takeWelcome(Result<QByteArray> reply,
                     const std::function<void(Result<Welcome>)> &welcomed);
    void takeBlock(const Frame &frame);
    void finish(RequestId id, Result<QByteArray> reply);
    void sendSubscribe(Topic topic);
    void takeSubscribed(Topic topic, const Result<QByteArray> &reply);
    [[nodiscard]] bool uploadPiece(RequestId id, OpenRequest &request);
    void giveUp(RequestId id, const Error &error);

    Write m_write;
    FrameDecoder m_decoder;
    OpenRequests m_requests;
    std::array<std::optional<TopicSink>, kTopicCount> m_topics;
    Welcome m_welcome;
    bool m_begun = false;
    bool m_welcomed = false;
    RequestId m_nextId = 1;
    qint64 m_bytesWaiting = 0;
};

} // namespace chrona::ipc
